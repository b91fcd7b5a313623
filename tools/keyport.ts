/** `npm run keyport -- …` and `bin/keyport …`: the command line, built when its sources changed. */
import process from 'node:process'
import { build } from './build.ts'

await build()
const { main } = (await import('../dist/cli.js' as string)) as typeof import('../src/cli.ts')
await main(process.argv.slice(2))
