import { createPrivateKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import type { CommandIo } from '../platform/command.ts'
import { signJwks } from './jwks.ts'
import { localSigner } from './signer.ts'
import { newKeyPair, publicJwkOf } from './signing-key-pair.ts'

const usage = `Usage: keyport signing-keys root --out FILE
       keyport signing-keys sign-jwks --root FILE --jwks FILE --out FILE
Both need no database and no network: run them on the machine that keeps the root key.
FILE of the root key is PKCS #8, readable by its owner only, encrypted when ROOT_KEY_PASSPHRASE is set; its public
part goes to FILE.public.json. Products embed that part, the portal serves the signed list.
`

/** `keyport signing-keys root`: makes the key that vouches for signing keys. Never overwrites a file. */
export async function makeRootKeyCli(argv: string[], io: CommandIo): Promise<number> {
  const { out } = parseArgs({ args: argv, options: { out: { type: 'string' } } }).values
  if (!out) return misused(io)
  const { private_key, public_jwk } = newKeyPair()
  const passphrase = process.env.ROOT_KEY_PASSPHRASE
  const encryption = passphrase ? { cipher: 'aes-256-cbc', passphrase } : {}
  const pem = private_key.export({ format: 'pem', type: 'pkcs8', ...encryption })
  writeFileSync(resolve(io.cwd, out), pem, { mode: 0o600, flag: 'wx' })
  writeFileSync(resolve(io.cwd, `${out}.public.json`), `${JSON.stringify(public_jwk, null, 2)}\n`, { flag: 'wx' })
  io.stdout.write(`root     ${public_jwk.kid}\nprivate  ${out} (keep it offline)\npublic   ${out}.public.json\n`)
  return 0
}

/** `keyport signing-keys sign-jwks`: signs the portal's public key list with the root key. */
export async function signJwksCli(argv: string[], io: CommandIo): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args: argv, options: { root: text, jwks: text, out: text } })
  const { root, jwks, out } = values
  if (!root || !jwks || !out) return misused(io)
  const read = (name: string) => readFileSync(resolve(io.cwd, name), 'utf8')
  const private_key = createPrivateKey({ key: read(root), passphrase: process.env.ROOT_KEY_PASSPHRASE })
  const list = JSON.parse(read(jwks))
  if (!Array.isArray(list.keys)) throw new Error(`${jwks} is not a key list`)
  const { kid } = publicJwkOf(private_key)
  const signed = await signJwks(localSigner(kid, private_key), list, new Date())
  writeFileSync(resolve(io.cwd, out), signed)
  io.stdout.write(`signed ${list.keys.length} keys with root ${kid}: ${out}\n`)
  return 0
}

function misused(io: CommandIo): number {
  io.stderr.write(usage)
  return 2
}
