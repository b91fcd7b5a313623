import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Actor, systemActor } from '../platform/actor.ts'
import type { Command, CommandIo } from '../platform/command.ts'
import type { Services } from '../platform/services.ts'
import { jwksOf } from './jwks.ts'
import { findSignedJwks, publishSignedJwks } from './publish-jwks.ts'
import {
  createSigningKey,
  ensureSigningKeys,
  listSigningKeys,
  retireSigningKey,
  rotateSigningKeys,
} from './signing-keys.ts'

const usage = `Usage: keyport signing-keys COMMAND
  list [--json]                      every key with its state and dates
  jwks                               the public key list, as served at /.well-known/jwks.json
  create                             make a key that signs after the next rotation
  rotate                             let the next key sign from now on, retire the active one
  retire KID                         retire a next key that is not wanted
  publish FILE --root-public FILE    serve a key list signed by the root key
Without database, for the machine that keeps the root key:
  root --out FILE                    make a root key
  sign-jwks --root FILE --jwks FILE --out FILE   sign the public key list with it
`

type Answer = { code: number; text: string }
type Call = { services: Services; actor: Actor; arguments_: string[]; values: Values; io: CommandIo }
type Values = { json?: boolean; 'root-public'?: string }

/** A SHA-256 in base64url (RFC 7638). */
const keyId = /^[\w-]{43}$/

const commands: Record<string, (call: Call) => Promise<Answer>> = { list, jwks, create, rotate, retire, publish }

/** The command `keyport signing-keys`, in a process that has the database. */
export const signingKeysCommand: Command = async (services, argv, io) => {
  const { values, positionals } = parseArgs({
    // One in 64 key IDs begins with a hyphen; after `--` none is taken for an option.
    args: [...argv.filter((arg) => !keyId.test(arg)), '--', ...argv.filter((arg) => keyId.test(arg))],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, 'root-public': { type: 'string' } },
  })
  const [name = '', ...arguments_] = positionals
  if (values.help) {
    io.stdout.write(usage)
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return misused(io)
  await ensureSigningKeys(services.db, services.config)
  const actor = systemActor('keyport signing-keys')
  const { code, text } = await command({ services, actor, arguments_, values, io })
  if (code === 2) return misused(io)
  const to = code === 0 ? io.stdout : io.stderr
  to.write(text)
  return code
}

async function list({ services, values }: Call): Promise<Answer> {
  const keys = await listSigningKeys(services.db)
  if (values.json) return done(`${JSON.stringify(keys, null, 2)}\n`)
  const day = (moment: Date | null) => moment?.toISOString().slice(0, 10) ?? '–'
  const lines = keys.map(
    ({ kid, state, created_at, activated_at, retired_at }) =>
      `${state.padEnd(8)} ${kid}  created ${day(created_at)}  active from ${day(activated_at)}  retired ${day(retired_at)}\n`,
  )
  return done(lines.join('') + (await signedListAdvice(services)))
}

async function jwks({ services }: Call): Promise<Answer> {
  return done(`${JSON.stringify(jwksOf(await listSigningKeys(services.db)), null, 2)}\n`)
}

async function create({ services, actor }: Call): Promise<Answer> {
  const { kid } = await createSigningKey(services.db, actor, services.config)
  return done(`next     ${kid}\n${await signedListAdvice(services)}`)
}

async function rotate({ services, actor }: Call): Promise<Answer> {
  const result = await rotateSigningKeys(services.db, actor, services.config)
  if (!result.ok)
    return refused('no next key is prepared: run keyport signing-keys create, and rotate once products know it')
  const lines = [
    `active   ${result.active}`,
    ...(result.retired ? [`retired  ${result.retired}`] : []),
    `next     ${result.next}`,
  ]
  return done(`${lines.join('\n')}\n${await signedListAdvice(services)}`)
}

async function retire({ services, actor, arguments_: [kid, ...more] }: Call): Promise<Answer> {
  if (kid === undefined || more.length > 0) return { code: 2, text: '' }
  const result = await retireSigningKey(services.db, actor, kid)
  if (result.ok) return done(`retired  ${kid}\n`)
  const reasons = {
    unknown: 'there is no such key',
    is_active: 'it is the active key: rotate, and it is retired',
    is_retired: 'it is retired already',
  }
  return refused(reasons[result.refusal])
}

async function publish({ services, actor, arguments_: [file], values, io }: Call): Promise<Answer> {
  const root = values['root-public']
  if (file === undefined || root === undefined) return { code: 2, text: '' }
  const read = (name: string) => readFileSync(resolve(io.cwd, name), 'utf8')
  const input = { content: read(file), root: JSON.parse(read(root)) }
  const result = await publishSignedJwks(services.db, actor, input)
  if (result.ok) return done(`published, signed by root ${result.root_kid}\n`)
  const reasons = {
    not_signed_by_root: 'it is not signed by that root key',
    active_key_missing: 'it does not name the active key: sign the current list (keyport signing-keys jwks)',
    unknown_keys: 'it names keys that this portal does not have',
  }
  return refused(reasons[result.refusal])
}

/** Products that trust the root learn of new keys only from a list that names them. */
async function signedListAdvice({ db }: Services): Promise<string> {
  const signed = await findSignedJwks(db)
  if (!signed) return ''
  const keys = (await listSigningKeys(db)).filter(({ state }) => state !== 'retired')
  const missing = keys.filter(({ kid }) => !signed.kids.includes(kid))
  if (missing.length === 0) return ''
  return `The list signed by the root key (${signed.published_at.toISOString().slice(0, 10)}) does not name ${missing
    .map(({ kid }) => kid)
    .join(', ')}: sign it again.\n`
}

function done(text: string): Answer {
  return { code: 0, text }
}

function refused(reason: string): Answer {
  return { code: 1, text: `keyport signing-keys: ${reason}\n` }
}

function misused(io: CommandIo): number {
  io.stderr.write(usage)
  return 2
}
