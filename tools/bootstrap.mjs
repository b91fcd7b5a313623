// The only file that runs on whatever Node the machine has (18 or newer). It installs what the lockfile names, once
// per lockfile, then hands over to the project's own Node 24 from node_modules.
// Usage: node tools/bootstrap.mjs start|test|keyport [arguments]
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const stamp = join(root, 'node_modules', '.keyport-lock')
const lock = join(root, '.install.lock')
const tasks = { start: 'tools/start.ts', test: 'tools/test.ts', keyport: 'tools/keyport.ts' }

const [task = 'start', ...args] = process.argv.slice(2)
if (!tasks[task]) fail(2, `unknown task ${task}: use start, test or keyport`)
await install()
const flags = ['--disable-warning=ExperimentalWarning']
// The command line takes file names relative to where it was called; npm would move it to the project's folder.
const called = task === 'keyport' && process.env.npm_lifecycle_event === 'keyport' ? process.env.INIT_CWD : undefined
process.exitCode = await run(ownNode(), [...flags, join(root, tasks[task]), ...args], called ?? process.cwd())

async function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (isInstalled(wanted)) return
  await takeLock()
  try {
    if (isInstalled(wanted)) return
    console.error('Installing packages, once …')
    const status = await run(
      'npm',
      ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      root,
    )
    if (status !== 0) fail(status, 'npm install failed; its message is above')
    writeFileSync(stamp, wanted)
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function isInstalled(wanted) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
}

/** Two first starts at once would each delete what the other installs. */
async function takeLock() {
  for (let told = false; ; told = true) {
    try {
      mkdirSync(lock)
      writeFileSync(join(lock, 'pid'), String(process.pid))
      process.once('exit', () => rmSync(lock, { recursive: true, force: true }))
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isAbandoned()) rmSync(lock, { recursive: true, force: true })
    else if (!told) console.error('Another process installs packages; waiting for it …')
    await wait(500)
  }
}

function isAbandoned() {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Node 24 from npm; without development packages (a container, say) the one that runs this must be it. */
function ownNode() {
  const own = join(root, 'node_modules', 'node', 'bin', 'node')
  if (existsSync(own)) return own
  if (process.versions.node.startsWith('24.')) return process.execPath
  return fail(1, `Node 24 is needed, this is ${process.versions.node}: run "npm ci --include=dev" to install it`)
}

/** Signals go on to the child, which decides when both end. */
function run(command, args, cwd) {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: 'inherit', env })
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    const forward = (signal) => child.kill(signal)
    for (const signal of signals) process.on(signal, forward)
    child.once('error', (error) => {
      if (error.code !== 'ENOENT') fail(1, error.message)
      fail(127, command === 'npm' ? 'npm was not found: install Node.js together with npm' : `${command} was not found`)
    })
    child.once('exit', (code, signal) => {
      for (const each of signals) process.off(each, forward)
      resolve(code ?? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0))
    })
  })
}

function fail(status, message) {
  console.error(`keyport: ${message}`)
  process.exit(status)
}
