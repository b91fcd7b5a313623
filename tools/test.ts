/** `npm test`: every check and every test. Arguments select test files: `npm test -- src/orders`. */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import process from 'node:process'

const wanted = process.argv.slice(2)
const files = globSync(
  ['src/**/*.test.{ts,tsx}', 'packages/**/*.test.ts', 'test/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
  {
    exclude: (name) => name.includes('node_modules'),
  },
)
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort()
const done = spawnSync(process.execPath, ['--import', './tools/tsx.ts', '--test', ...files], { stdio: 'inherit' })
process.exit(done.status ?? 1)
