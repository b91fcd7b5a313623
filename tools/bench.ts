/**
 * `npm run bench`: every benchmark of bench/ at small size, one after another, and one table of all results.
 * Other arguments choose by name, options go on to the benchmarks: `npm run bench -- registration --full`.
 * `--write` keeps the results in bench/results.json and writes docs/BENCHMARKS.md; `--check` only finds out, at the
 * smallest size, whether the benchmarks work. Exits 1 when one found wrong results.
 */
import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import process from 'node:process'
import pg from 'pg'
import type { Result } from '../bench/report.ts'
import { projectRoot } from '../src/platform/root.ts'
import { build } from './build.ts'

type Outcome = { status: number; results: Result[]; output: string }
type Kept = { command: string; machine: string; results: Result[]; output: string }

const keptIn = join(projectRoot, 'bench/results.json')

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))

async function main(argv: string[]): Promise<number> {
  const names = argv.filter((argument, n) => !argument.startsWith('--') && !takesNumber(argv[n - 1]))
  const options = argv.filter((argument) => !names.includes(argument) && argument !== '--write')
  await build()
  const all: Result[] = []
  const failed: string[] = []
  for (const name of benchmarks(names)) {
    const machine = await describeMachine()
    const { status, results, output } = await runBenchmark(name, options, process.stdout)
    console.log()
    all.push(...results)
    if (status !== 0) failed.push(name)
    else if (argv.includes('--write')) keep(name, { command: commandOf(name, options), machine, results, output })
  }
  if (!options.includes('--check')) console.log(`${tableOf(all)}\n\n${await describeMachine()}`)
  if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`)
  return failed.length > 0 ? 1 : 0
}

/** --full, --check and --write stand alone; all other options have a number behind them. */
function takesNumber(argument = ''): boolean {
  return argument.startsWith('--') && !['--full', '--check', '--write'].includes(argument)
}

/** A benchmark says in its head how to call it; what has no usage is a part of others. @returns names without `.ts`. */
export function benchmarks(names: string[] = []): string[] {
  return globSync('bench/*.ts', { cwd: projectRoot })
    .filter((file) => /^ \* .*Usage: node/m.test(readFileSync(join(projectRoot, file), 'utf8')))
    .map((file) => basename(file, '.ts'))
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .sort()
}

/** Runs one benchmark as a process of its own; what it prints goes to `echo`, too. */
export async function runBenchmark(
  name: string,
  options: string[],
  echo?: { write(text: string): unknown },
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'keyport-bench-'))
  const file = join(folder, 'results')
  const flags = ['--import', './tools/tsx.ts', '--expose-gc', '--disable-warning=ExperimentalWarning']
  const env = { ...process.env, BENCH_RESULTS: file }
  const argv = [...flags, `bench/${name}.ts`, ...options]
  const child = spawn(process.execPath, argv, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      echo?.write(text)
    })
  }
  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  rmSync(folder, { recursive: true })
  return { status, results: lines.map((line) => JSON.parse(line)), output }
}

/** Keeps what one benchmark found, and writes the document of all that were kept. */
function keep(name: string, found: Kept): void {
  const kept: Record<string, Kept> = existsSync(keptIn) ? JSON.parse(readFileSync(keptIn, 'utf8')) : {}
  kept[name] = found
  const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(keptIn, `${JSON.stringify(sorted, null, 2)}\n`)
  writeFileSync(join(projectRoot, 'docs/BENCHMARKS.md'), documentOf(sorted))
}

function documentOf(kept: Record<string, Kept>): string {
  const sections = Object.entries(kept).map(
    ([name, { command, machine, output }]) =>
      `## ${name}\n\n    ${command}\n\n${machine}\n\n\`\`\`text\n${output.trimEnd()}\n\`\`\`\n`,
  )
  return `# Benchmarks

Each runs the portal and its bare limit in turns in the same run, and shows medians: compare ratios, machines differ.
Made by \`npm run bench -- --full --write\`; the command, machine and whole output of each are below.

${tableOf(Object.values(kept).flatMap(({ results }) => results))}

${sections.join('\n')}`
}

/** As Markdown that is readable as it is; by budget. */
function tableOf(results: Result[]): string {
  const number = ({ id }: Result) => Number(/\d+/.exec(id)?.[0] ?? 1000)
  const rows = results.toSorted((a, b) => number(a) - number(b)).map(rowOf)
  const table = [['', 'work', 'figure', 'limit beside it', 'ratio', 'to reach', 'met'], ...rows]
  const widths = table[0]!.map((_, n) => Math.max(3, ...table.map((row) => row[n]!.length)))
  const lineOf = (row: string[]) => `| ${row.map((text, n) => text.padEnd(widths[n]!)).join(' | ')} |`
  const [head, ...lines] = table.map(lineOf)
  return [head, lineOf(widths.map((width) => '-'.repeat(width))), ...lines].join('\n')
}

function rowOf({ id, work, figure, limit = '', ratio, target }: Result): string[] {
  return [
    id,
    work,
    figure,
    limit,
    ratio?.toFixed(2) ?? '',
    target?.text ?? '',
    target ? (target.met ? 'yes' : 'no') : '',
  ]
}

function commandOf(name: string, options: string[]): string {
  return ['npm run bench --', name, ...options].join(' ')
}

/** Processor, memory, versions, date, and what else the machine was doing. */
async function describeMachine(): Promise<string> {
  const [processor] = cpus()
  const connectionString = process.env.TEST_POSTGRES_URL || 'postgres://postgres@127.0.0.1:5432/postgres'
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query("select split_part(current_setting('server_version'), ' ', 1) as version")
  await client.end()
  const hardware = `${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`
  const date = new Date().toISOString().slice(0, 10)
  return `${hardware}, Node ${process.version}, PostgreSQL ${rows[0].version}, ${date}, load before ${loadavg()[0]!.toFixed(1)}`
}
