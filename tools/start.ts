/** `npm start`: builds what changed, then runs the portal; outside production with demo data. */
import process from 'node:process'
import { build } from './build.ts'

if (await build()) console.error('built in dist/')
const production = process.env.NODE_ENV === 'production'
process.env.LOG_LEVEL ||= production ? 'info' : 'warn'
const { main } = (await import('../dist/cli.js' as string)) as typeof import('../src/cli.ts')
await main(['serve', ...(production ? [] : ['--demo']), ...process.argv.slice(2)])
