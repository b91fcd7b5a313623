/**
 * `npm test`: every check, then every test on the embedded engine and again on PostgreSQL, both at once.
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

type Engine = 'embedded' | 'postgres'

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

async function testAll(): Promise<boolean> {
  const files = globSync(patterns, { cwd: projectRoot })
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .sort()
  if (files.length === 0) {
    console.error(`keyport: no test file matches ${wanted.join(' ')}`)
    return false
  }
  const databaseHelpers = helpersOverDatabases()
  const runs = [
    startTests(
      'embedded',
      files.filter((file) => !isRace(file)),
    ),
    startTests(
      'postgres',
      files.filter((file) => isRace(file) || mentions(file, databaseHelpers)),
    ),
  ]
  const outcomes: boolean[] = []
  for (const { engine, output, status } of await Promise.all(runs)) {
    console.log(`\nOn ${engine === 'embedded' ? 'the embedded engine' : 'PostgreSQL'}:\n${output}`)
    outcomes.push(status === 0)
  }
  return outcomes.every(Boolean)
}

/** Races mean nothing on an engine with one connection. */
function isRace(file: string): boolean {
  return /\.postgres\.test\.tsx?$/.test(file)
}

/** The files of test/ through which a test gets a database: those tests run on both engines, all others once. */
function helpersOverDatabases(): string[] {
  const found = ['database']
  const helpers = globSync('test/*.{ts,tsx}', { cwd: projectRoot }).filter((file) => !file.includes('.test.'))
  for (let before = 0; before < found.length; ) {
    before = found.length
    for (const file of helpers) {
      const name = basename(file).replace(/\.tsx?$/, '')
      if (!found.includes(name) && mentions(file, found)) found.push(name)
    }
  }
  return found
}

function mentions(file: string, helpers: string[]): boolean {
  const text = readFileSync(join(projectRoot, file), 'utf8')
  return [...text.matchAll(/from '[^']*\/([\w-]+)\.tsx?'/g)].some((match) => helpers.includes(match[1]!))
}

/** All files in one process: loading the portal once instead of once a file is most of the speed. */
function startTests(engine: Engine, files: string[]): Promise<{ engine: Engine; output: string; status: number }> {
  const flags = ['--import', './tools/tsx.ts', '--test', '--test-isolation=none', '--test-timeout=120000']
  const quiet = ['--disable-warning=ExperimentalWarning']
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    TEST_ENGINE: engine,
    TEST_POSTGRES_URL: postgresUrl,
    FORCE_COLOR: '0',
  }
  return new Promise((resolve, reject) => {
    if (files.length === 0) return resolve({ engine, output: 'no test of these needs it\n', status: 0 })
    const child = spawn(process.execPath, [...quiet, ...flags, ...files], { cwd: projectRoot, env })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (status) => resolve({ engine, output, status: status ?? 1 }))
  })
}
