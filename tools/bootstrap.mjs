// The only file that runs on whatever Node the machine has. It installs what the lockfile names
// (once per lockfile), then hands over to the project's own Node 24 from node_modules.
// Usage: node tools/bootstrap.mjs start|test|keyport [arguments]
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const ownNode = join(root, 'node_modules', 'node', 'bin', 'node')
const stamp = join(root, 'node_modules', '.keyport-lock')

function run(command, args) {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', env })
  if (done.error) throw done.error
  return done.status ?? 1
}

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  const production = process.env.NODE_ENV === 'production' ? ['--include=dev'] : []
  const status = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...production])
  if (status !== 0) process.exit(status)
  writeFileSync(stamp, lock)
}

const [task = 'start', ...args] = process.argv.slice(2)
install()
const entry = { start: 'tools/start.ts', test: 'tools/test.ts', keyport: 'tools/keyport.ts' }[task]
if (!entry) {
  console.error(`unknown task ${task}: use start, test or keyport`)
  process.exit(2)
}
process.exit(run(ownNode, ['--disable-warning=ExperimentalWarning', join(root, entry), ...args]))
