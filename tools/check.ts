/** `npm run check`: everything that can be known without running the portal. Each check proves itself in a test or once by hand. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { projectRoot } from '../src/platform/root.ts'

const bin = (name: string) => join(projectRoot, 'node_modules', '.bin', name)
const node = process.execPath

const checks: [name: string, command: string, args: string[]][] = [
  ['types', bin('tsc'), ['--noEmit']],
  ['lint and format', bin('biome'), ['ci', '--diagnostic-level=warn', '--colors=off']],
  ['unused code', bin('knip'), ['--no-progress']],
  ['imports and tables', node, ['tools/check-imports.ts']],
  ['texts', node, ['tools/check-messages.ts']],
  ['database types', node, ['tools/generate-db-types.ts', '--check']],
]

/** Runs all checks, two at a time. @returns whether all passed. */
export async function check(): Promise<boolean> {
  const waiting = [...checks]
  const outcomes: boolean[] = []
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(await runCheck(...next))
  }
  await Promise.all([work(), work()])
  return outcomes.every(Boolean)
}

async function runCheck(name: string, command: string, args: string[]): Promise<boolean> {
  const begun = performance.now()
  const { status, output } = await run(command, args)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✔' : '✖'} ${name} (${seconds} s)`)
  if (status !== 0) console.log(output)
  return status === 0
}

function run(command: string, args: string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, output }))
  })
}

if (import.meta.main) process.exitCode = (await check()) ? 0 : 1
