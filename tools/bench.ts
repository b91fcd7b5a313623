/**
 * `npm run bench`: every benchmark of bench/ at small size, one after another; `-- --full` at full size, other
 * arguments choose by name (`npm run bench -- registration --full`). Exits 1 when one found wrong results.
 */
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import process from 'node:process'
import { projectRoot } from '../src/platform/root.ts'
import { build } from './build.ts'

const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'))
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

await build()
const [processor] = cpus()
console.log(
  `${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}\n`,
)
const failed: string[] = []
for (const file of benchmarks()) {
  if ((await run(file)) !== 0) failed.push(basename(file))
  console.log()
}
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0

/** A benchmark says in its head how to call it; what has no usage is a part of others. */
function benchmarks(): string[] {
  return globSync('bench/*.ts', { cwd: projectRoot })
    .filter((file) => /^ \* .*Usage: node/m.test(readFileSync(join(projectRoot, file), 'utf8')))
    .filter((file) => names.length === 0 || names.some((name) => basename(file).includes(name)))
    .sort()
}

function run(file: string): Promise<number> {
  const argv = ['--import', './tools/tsx.ts', '--expose-gc', '--disable-warning=ExperimentalWarning', file, ...flags]
  const child = spawn(process.execPath, argv, { cwd: projectRoot, stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status) => resolve(status ?? 1))
  })
}
