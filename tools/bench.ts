/**
 * `npm run bench`: every benchmark of bench/ at small size, one after another, and one table of all results.
 * Other arguments choose by name, options go on to the benchmarks: `npm run bench -- registration --full`.
 * `--write` keeps the results in docs/BENCHMARKS.md; `--check` only finds out, at the smallest size, whether the
 * benchmarks work. Exits 1 when one found wrong results.
 */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import process from 'node:process'
import { projectRoot } from '../src/platform/root.ts'
import { build } from './build.ts'
import { runAll } from './results.ts'

const argv = process.argv.slice(2)
const names = argv.filter((argument, n) => !argument.startsWith('--') && !takesValue(argv[n - 1]))
const options = argv.filter(
  (argument, n) => argument !== '--write' && (argument.startsWith('--') || takesValue(argv[n - 1])),
)
await build()
const runs = benchmarks().map((name) => {
  const command = ['npm run bench --', name, ...options].join(' ')
  return { name, script: `bench/${name}.ts`, options, command }
})
process.exitCode = await runAll('benchmarks', runs, argv.includes('--write'))

/** --full, --check and --write stand alone; all other options have a value behind them. */
function takesValue(argument = ''): boolean {
  return argument.startsWith('--') && !['--full', '--check', '--write'].includes(argument)
}

/** A benchmark says in its head how to call it; what has no usage is a part of others. @returns names without `.ts`. */
function benchmarks(): string[] {
  return globSync('bench/*.ts', { cwd: projectRoot })
    .filter((file) => /^ \* .*Usage: node/m.test(readFileSync(join(projectRoot, file), 'utf8')))
    .map((file) => basename(file, '.ts'))
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .sort()
}
