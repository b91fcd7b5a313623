/** What benchmarks and trials have in common: each runs as a process of its own and hands over rows of one table. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import pg from 'pg'
import type { Result } from '../bench/report.ts'
import { projectRoot } from '../src/platform/root.ts'

export type Outcome = { status: number; results: Result[]; output: string }

type Kind = 'benchmarks' | 'trials'
/** `took` in seconds. */
type Found = { command: string; machine: string; took: number; results: Result[]; output: string }
type Kept = Record<Kind, Record<string, Found>>

const keptIn = join(projectRoot, 'bench/results.json')
const document = join(projectRoot, 'docs/BENCHMARKS.md')
const headings: Record<Kind, string[]> = {
  benchmarks: ['', 'work', 'figure', 'limit beside it', 'ratio', 'to reach', 'met'],
  trials: ['', 'trial', 'rounds', 'violations found', '', 'to reach', 'met'],
}
/** What people write into the document between these two lines stays there. */
const byHand = { from: '<!-- written by hand -->', to: '<!-- until here -->' }

/** Runs a benchmark or a trial as a process of its own; what it prints goes to `echo`, too. */
export async function runReporting(
  script: string,
  options: string[],
  echo?: { write(text: string): unknown },
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'keyport-bench-'))
  const file = join(folder, 'results')
  const flags = ['--import', './tools/tsx.ts', '--expose-gc', '--no-warnings']
  const env = { ...process.env, BENCH_RESULTS: file }
  const argv = [...flags, script, ...options]
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

/**
 * Runs scripts one after another and prints one table of all their rows; with `write` the results are kept in
 * bench/results.json, and docs/BENCHMARKS.md is written from all that were kept.
 * @returns the exit code: 1 when one failed.
 */
export async function runAll(
  kind: Kind,
  runs: { name: string; script: string; options: string[]; command: string }[],
  write: boolean,
): Promise<number> {
  const all: Result[] = []
  const failed: string[] = []
  for (const { name, script, options, command } of runs) {
    const machine = await describeMachine()
    const begun = performance.now()
    const { status, results, output } = await runReporting(script, options, process.stdout)
    console.log()
    all.push(...results)
    if (status !== 0) failed.push(name)
    const took = Math.round((performance.now() - begun) / 1000)
    // A benchmark with wrong results has no figures; what a trial found is a result.
    if (write && (status === 0 || kind === 'trials')) keep(kind, name, { command, machine, took, results, output })
  }
  console.log(`${tableOf(kind, all)}\n\n${await describeMachine()}`)
  if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`)
  return failed.length > 0 ? 1 : 0
}

/** Keeps what one script found, and writes the document of all that were kept. */
function keep(kind: Kind, name: string, found: Found): void {
  const empty: Kept = { benchmarks: {}, trials: {} }
  const kept: Kept = existsSync(keptIn) ? JSON.parse(readFileSync(keptIn, 'utf8')) : empty
  kept[kind][name] = found
  kept[kind] = Object.fromEntries(
    Object.entries(kept[kind]).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
  )
  writeFileSync(keptIn, `${JSON.stringify(kept, null, 2)}\n`)
  writeFileSync(document, documentOf(kept))
}

function documentOf({ benchmarks, trials }: Kept): string {
  const resultsOf = (kept: Record<string, Found>) => Object.values(kept).flatMap(({ results }) => results)
  return `# Benchmarks and trials

## Speed
Each benchmark runs the portal and its bare limit in turns in the same run, and shows medians: compare ratios, machines
differ. Made by \`npm run bench -- --write\`, with \`--full\` at full size.

${tableOf('benchmarks', resultsOf(benchmarks))}

## Reliability
Each trial does something to a running portal and then looks for broken promises in its database; it ends at the first.
Made by \`npm run trials -- --write\`, with \`--full\` at full size.

${tableOf('trials', resultsOf(trials))}

${byHand.from}
${writtenByHand()}
${byHand.to}

## What was run
${commandsOf(benchmarks)}
${commandsOf(trials)}
## What the benchmarks said
${Object.entries(benchmarks)
  .map(([name, { output }]) => `\n### ${name}\n\n\`\`\`text\n${output.trimEnd()}\n\`\`\`\n`)
  .join('')}`
}

function writtenByHand(): string {
  const text = existsSync(document) ? readFileSync(document, 'utf8') : ''
  const [from, to] = [text.indexOf(byHand.from), text.indexOf(byHand.to)]
  return from < 0 || to < from ? '' : text.slice(from + byHand.from.length, to).trim()
}

function commandsOf(kept: Record<string, Found>): string {
  const lines = Object.values(kept).map(({ command, machine, took }) => `- \`${command}\`: ${took} s; ${machine}\n`)
  return lines.join('')
}

/** As Markdown that is readable as it is; by budget. */
function tableOf(kind: Kind, results: Result[]): string {
  const number = ({ id }: Result) => Number(/\d+/.exec(id)?.[0] ?? 1000)
  const rows = results.toSorted((a, b) => number(a) - number(b)).map(cellsOf)
  const all = [headings[kind], ...rows]
  const used = headings[kind].map((_, n) => n === 0 || all.some((row) => row[n] !== ''))
  const table = all.map((row) => row.filter((_, n) => used[n]))
  const widths = table[0]!.map((_, n) => Math.max(3, ...table.map((row) => row[n]!.length)))
  const lineOf = (row: string[]) => `| ${row.map((text, n) => text.padEnd(widths[n]!)).join(' | ')} |`
  const [head, ...lines] = table.map(lineOf)
  return [head, lineOf(widths.map((width) => '-'.repeat(width))), ...lines].join('\n')
}

function cellsOf({ id, work, figure, limit = '', ratio, target }: Result): string[] {
  const met = target ? (target.met ? 'yes' : 'no') : ''
  const cells = [id, work, figure, limit, ratio?.toFixed(2) ?? '', target?.text ?? '', met]
  return cells.map((text) => text.replaceAll('|', '\\|'))
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
