/** Promises that tests keep already: they run again here, some with more inputs, and their outcome is the trial's. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { projectRoot } from '../../src/platform/root.ts'

export type TestsReport = { tests: number }

/** @param paths parts of the paths of test files, as `npm test` takes them */
export async function trialOfTests(paths: string[], env: Record<string, string> = {}): Promise<TestsReport> {
  const child = spawn(process.execPath, ['tools/test.ts', ...paths], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const said = await text(child.stdout)
  assert.equal(await ended, 0, said)
  const tests = [...said.matchAll(/^ℹ pass (\d+)$/gm)].reduce((sum, [, passed]) => sum + Number(passed), 0)
  assert.ok(tests > 0, `no test ran: ${said}`)
  return { tests }
}
