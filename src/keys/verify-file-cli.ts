import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkHostId, type Host, isHostType, type Trust, type Verification, verifyLicense } from '@keyport/license'
import type { CommandIo } from '../platform/command.ts'

const usage = `Usage: keyport verify FILE --keys JWKS_FILE [options]
Checks a license file (or a signed key K1.… in place of FILE) without network or database.
  --keys FILE         the vendor's JWKS; with --root, the same list signed by the root key
  --root FILE         public root key (JWK)
  --at DATE           judge for this moment (ISO 8601; a day means its first moment in UTC) instead of now
  --host TYPE:ID      this computer; may be repeated. Left out, a binding to a host is not checked
  --product CODE      left out, a license of any product is accepted
  --revocations FILE  signed revocation list; may be repeated, increments after the full list
  --json              the whole result as JSON
Exit: 0 valid or in grace, 1 refused, 2 called wrongly
`

/** The command `keyport verify`. @returns the exit code: 0 valid or grace, 1 refused, 2 called wrongly. */
export async function verifyFileCli(
  argv: string[],
  out: Pick<CommandIo, 'stdout' | 'stderr'> & { cwd?: string },
): Promise<0 | 1 | 2> {
  if (argv.includes('--help') || argv.includes('-h')) {
    out.stdout.write(usage)
    return 0
  }
  try {
    const { file, options, json } = readArguments(argv, (name) => readFileSync(resolve(out.cwd ?? '.', name)))
    const result = await verifyLicense(file, options)
    out.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : asText(result))
    return result.ok ? 0 : 1
  } catch (error) {
    out.stderr.write(`keyport verify: ${(error as Error).message}\n\n${usage}`)
    return 2
  }
}

/** @throws Error with what is wrong with the arguments */
function readArguments(argv: string[], read: (name: string) => Buffer) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      keys: { type: 'string' },
      root: { type: 'string' },
      at: { type: 'string' },
      host: { type: 'string', multiple: true },
      product: { type: 'string' },
      revocations: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    },
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new Error('name one file')
  if (values.keys === undefined) throw new Error('--keys is needed')
  const options = {
    keys: readTrust(read(values.keys), values.root === undefined ? undefined : read(values.root)),
    product: values.product ?? null,
    host: values.host ? values.host.map(readHost) : ('any' as const),
    at: readMoment(values.at),
    revocations: values.revocations?.map(read),
  }
  return { file: /^K\d+\./.test(file) ? file : read(file), options, json: values.json }
}

function readTrust(keys: Buffer, root: Buffer | undefined): Trust {
  if (root) return { root: JSON.parse(root.toString()), jwks: keys }
  const trust = JSON.parse(keys.toString())
  if (trust.signatures) throw new Error('--keys is a signed list: --root is needed to check it')
  return trust
}

function readHost(text: string): Host {
  const [, type, id] = /^([^:]+):(.+)$/.exec(text) ?? []
  if (type === undefined || id === undefined)
    throw new Error(`--host ${text}: write TYPE:ID, as in mac:00:1a:2b:3c:4d:5e`)
  if (isHostType(type) && !checkHostId(type, id).ok) throw new Error(`--host ${text}: not the form of a ${type}`)
  return { type, id }
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/

function readMoment(text: string | undefined): Date {
  if (text === undefined) return new Date()
  const day = MOMENT.exec(text)?.[1]
  const moment = new Date(text)
  if (day === undefined || !isDay(day) || Number.isNaN(moment.getTime())) {
    throw new Error(`--at ${text}: write 2027-01-31 or 2027-01-31T12:00:00Z`)
  }
  return moment
}

/** `Date` would take the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}

function asText(result: Verification): string {
  const lines = [`${result.status}: ${result.message}`]
  if (result.license) {
    const { serial, product, quantity, meter, licensee, host, exp } = result.license
    lines.push(
      `product   ${product.name} ${product.version} (${product.code})`,
      `serial    ${serial}`,
      `quantity  ${quantity} ${meter}`,
      `licensee  ${licensee.name}`,
      `host      ${host ? `${host.type}:${host.id}` : 'any'}`,
      `ends      ${exp ? new Date(exp * 1000).toISOString() : 'never'}`,
    )
  }
  lines.push(`proven    ${result.proven.join(', ') || 'nothing'}`)
  return lines.map((line) => `${line.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd')}\n`).join('')
}
