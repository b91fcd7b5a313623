import { parseArgs } from 'node:util'
import { systemActor } from '../platform/actor.ts'
import type { Command } from '../platform/command.ts'
import { revokeLicenses } from './revoke-licenses.ts'

const usage = `Usage: keyport licenses revoke SERIAL… --reason TEXT [--json]
  --reason TEXT  why; the owner of the license sees it
  --json         prints [{"serial", "outcome", "keys"}]
`

const texts = { revoked: 'revoked', revoked_before: 'was revoked before', not_found: 'is not known' }

/**
 * The command `keyport licenses revoke`: withdraws licenses and their keys for good. All or none.
 * @returns 0 revoked, 1 a serial number is not known and nothing was done, 2 called wrongly.
 */
export const revokeCommand: Command = async (services, argv, io) => {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { reason: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  const [name, ...serials] = positionals
  if (values.help) {
    io.stdout.write(usage)
    return 0
  }
  const reason = values.reason?.trim()
  if (name !== 'revoke' || serials.length === 0 || !reason) {
    io.stderr.write(usage)
    return 2
  }
  const results = await revokeLicenses(services.db, systemActor('keyport licenses revoke'), { serials, reason })
  const unknown = results.filter(({ outcome }) => outcome === 'not_found')
  const told = unknown.length > 0 ? unknown : results
  const lines = told.map(
    ({ serial, outcome, keys }) => `${serial} ${texts[outcome]}${keys > 0 ? `, with its keys: ${keys}` : ''}\n`,
  )
  const out = unknown.length > 0 ? io.stderr : io.stdout
  out.write(values.json ? `${JSON.stringify(told)}\n` : lines.join(''))
  return unknown.length > 0 ? 1 : 0
}
