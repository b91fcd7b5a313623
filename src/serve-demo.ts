/** The portal with believable data, to look at and to develop with. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { type DemoFile, seedDemo } from './demo/index.ts'
import type { Config } from './platform/config.ts'
import { ConfigProblem } from './platform/secrets.ts'
import { serve } from './server.ts'
import { urls } from './urls.ts'

/** Serves with demo data, and tells on standard output where and how to sign in. */
export function serveDemo(config: Config): Promise<number> {
  if (config.production) throw new ConfigProblem('demo data is refused in production')
  return serve(config, {
    prepare: async (services) => void (await seedDemo(services)),
    ready: async (services) => void process.stdout.write(bannerFor(services.config)),
  })
}

function bannerFor({ base_url, data_dir, smtp_url }: Config): string {
  const file = join(data_dir, 'demo.json')
  const demo = JSON.parse(readFileSync(file, 'utf8')) as DemoFile
  const users = demo.users.map(({ email, password, role }) => `  ${email.padEnd(34)} ${password.padEnd(20)} ${role}`)
  const serials = Object.entries(demo.serial_numbers).map(
    ([scheme, [first]]) => `  ${scheme.padEnd(14)} ${first ?? '–'}`,
  )
  return `
Keyport  ${base_url}
${smtp_url ? '' : `Mail     ${base_url}${urls.dev.mailbox.to()}\n`}Data     ${data_dir}

Sign in with
${users.join('\n')}

Register one of (more in ${file})
${serials.join('\n')}

Ctrl-C ends it.

`
}
