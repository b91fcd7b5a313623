import { createHmac, randomInt } from 'node:crypto'
import { keyFor } from '../platform/auth/index.ts'
import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'

const count = 10
/** No character that looks like another; ten of them are 49 bits. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Makes a new set of one-time codes for a user, in the caller's transaction; those from before are void. */
export async function replaceBackupCodes(trx: Trx, config: Config, user_id: string): Promise<string[]> {
  const codes = Array.from({ length: count }, makeCode)
  await trx.deleteFrom('backup_codes').where('user_id', '=', user_id).execute()
  await trx
    .insertInto('backup_codes')
    .values(codes.map((code) => ({ user_id, code_hash: hashOf(config, user_id, code) })))
    .execute()
  return codes
}

/** Uses a code up. @returns how many are left; undefined when it is none of the user's, or was used before. */
export async function useBackupCode(
  trx: Trx,
  config: Config,
  { user_id, code, now }: { user_id: string; code: string; now: Date },
): Promise<number | undefined> {
  const used = await trx
    .updateTable('backup_codes')
    .set({ used_at: now })
    .where('user_id', '=', user_id)
    .where('code_hash', '=', hashOf(config, user_id, code))
    .where('used_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  if (!used) return undefined
  const left = trx.selectFrom('backup_codes').select('code_hash').where('user_id', '=', user_id)
  return (await left.where('used_at', 'is', null).execute()).length
}

function makeCode(): string {
  const five = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `${five()}-${five()}`
}

/** A keyed hash: whoever reads the database alone cannot try codes against it. */
function hashOf(config: Config, user_id: string, code: string): Buffer {
  const plain = code.toLowerCase().replace(/[^a-z0-9]/g, '')
  return createHmac('sha256', keyFor(config, 'backup codes')).update(`${user_id} ${plain}`).digest()
}
