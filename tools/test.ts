/**
 * `npm test`: every check, then every test: those over a database on PostgreSQL, and what is about engines on both.
 * Arguments select test files by a part of their path (`npm test -- src/orders`) and skip the checks.
 */
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import process from 'node:process'
import pg from 'pg'
import { projectRoot } from '../src/platform/root.ts'
import { build } from './build.ts'
import { check } from './check.ts'

type Run = { title: string; engine: 'embedded' | 'postgres'; files: string[] }

const patterns = ['{src,test,tools}/**/*.test.{ts,tsx}', 'packages/*/src/**/*.test.ts']

const wanted = process.argv.slice(2)
const postgresUrl = process.env.TEST_POSTGRES_URL || 'postgres://postgres@127.0.0.1:5432/postgres'

if (!(await findPostgres())) process.exit(1)
await build()
const checked = wanted.length > 0 || (await check())
const passed = await testAll()
process.exitCode = checked && passed ? 0 : 1

/** Nothing is skipped: without a server the tests of locks would prove nothing. */
async function findPostgres(): Promise<boolean> {
  const client = new pg.Client({ connectionString: postgresUrl, connectionTimeoutMillis: 5000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error)
    console.error(`keyport: the tests need PostgreSQL at ${postgresUrl.replace(/:[^:@/]*@/, '@')}: ${reason}`)
    console.error('keyport: start one there, or name another in TEST_POSTGRES_URL')
    return false
  }
}

/** Two runs at a time; each is told when it is over. */
async function testAll(): Promise<boolean> {
  const files = globSync(patterns, { cwd: projectRoot })
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .sort()
  if (files.length === 0) {
    console.error(`keyport: no test file matches ${wanted.join(' ')}`)
    return false
  }
  const waiting = planRuns(files)
  const outcomes: boolean[] = []
  const work = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const { status, output } = await runTests(run)
      console.log(`\n${run.title}:\n${output}`)
      outcomes.push(status === 0)
    }
  }
  await Promise.all([work(), work()])
  return outcomes.every(Boolean)
}

/**
 * What asks for the engine of the run runs on PostgreSQL, mostly with the one connection that the embedded
 * engine has. On that engine runs again what is about databases themselves and what speaks of it; the rest of the portal
 * runs on it in the journeys. What needs no engine runs once.
 */
function planRuns(files: string[]): Run[] {
  const helpers = helpersOverAnyEngine()
  const onAny = files.filter((file) => asksForEngine(file, helpers) && !opensBrowser(file))
  const races = files.filter((file) => /\.postgres\.test\.tsx?$/.test(file))
  const server = [...new Set([...onAny, ...races])].filter((file) => !/\.embedded\.test\.tsx?$/.test(file))
  const others = files.filter((file) => !onAny.includes(file) && !races.includes(file))
  const embedded = onAny.filter((file) => !races.includes(file) && isAboutEngines(file))
  const middle = server.length / 2
  const runs: Run[] = [
    // The longest first, so that the two workers end together.
    { title: 'In a browser, or without an engine of the run', engine: 'embedded', files: others },
    { title: 'On PostgreSQL', engine: 'postgres', files: server.slice(0, middle) },
    { title: 'On PostgreSQL, the other half', engine: 'postgres', files: server.slice(middle) },
    { title: 'On the embedded engine', engine: 'embedded', files: embedded },
  ]
  return runs.filter((run) => run.files.length > 0)
}

function isAboutEngines(file: string): boolean {
  return file.startsWith('src/platform/') || /\bembedded\b/.test(readFileSync(join(projectRoot, file), 'utf8'))
}

function opensBrowser(file: string): boolean {
  return /from '[^']*\/browser\.ts'/.test(readFileSync(join(projectRoot, file), 'utf8'))
}

/** The files of test/ that hand out databases of the run's engine, by themselves or through another. */
function helpersOverAnyEngine(): string[] {
  const found: string[] = []
  const helpers = globSync('test/**/*.{ts,tsx}', { cwd: projectRoot }).filter((file) => !file.includes('.test.'))
  for (let before = -1; before < found.length; ) {
    before = found.length
    for (const file of helpers) {
      const name = basename(file).replace(/\.tsx?$/, '')
      if (!found.includes(name) && asksForEngine(file, found)) found.push(name)
    }
  }
  return found
}

function asksForEngine(file: string, helpers: string[]): boolean {
  const text = readFileSync(join(projectRoot, file), 'utf8')
  if (/import \{[^}]*\bfreshDatabase\b/.test(text)) return true
  return [...text.matchAll(/from '[^']*\/([\w-]+)\.tsx?'/g)].some((match) => helpers.includes(match[1]!))
}

/** All files in one process: loading the portal once instead of once a file is most of the speed. */
function runTests({ engine, files }: Run): Promise<{ output: string; status: number }> {
  const flags = ['--import', './tools/tsx.ts', '--test', '--test-isolation=none', '--test-timeout=180000']
  const quiet = ['--disable-warning=ExperimentalWarning']
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    TEST_ENGINE: engine,
    TEST_POSTGRES_URL: postgresUrl,
    FORCE_COLOR: '0',
  }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...quiet, ...flags, ...files], { cwd: projectRoot, env })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (status) => resolve({ output, status: status ?? 1 }))
  })
}
