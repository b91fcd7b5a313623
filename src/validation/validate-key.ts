import { checkCode } from '@keyport/license'
import { type Day, dayOf } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { networkOf } from '../platform/network.ts'
import { keyOf, spend } from '../platform/rate-limits.ts'
import { judgeKey } from './judge-key.ts'
import { isSigned, type ProveSignature } from './prove-signature.ts'
import { type FoundKey, findReplacement, keysById, keysByText, misses, printedKeysByText } from './queries.ts'
import type { Proven, Question, Unproven } from './schemas.ts'

type Asking = { prove: ProveSignature; address: string; now?: Date }

/**
 * Says what a license key is worth. A hit costs one statement that only reads, a miss costs its network
 * a token.
 * @throws AppError `too_many_requests` when the network has none left, whatever the key: else hits would show.
 */
export async function validateKey(db: Db, asking: Asking, question: Question): Promise<Proven | Unproven> {
  return isSigned(question.key) ? validateSigned(db, asking, question) : validateText(db, asking, question)
}

/** There is nothing to guess: what is not signed by us never reaches the database. */
async function validateSigned(db: Db, { prove, now = new Date() }: Asking, question: Question) {
  const proof = await prove(question.key)
  if ('refusal' in proof) return { ok: false, status: proof.refusal } as const
  const today = dayOf(now, 'UTC')
  const [found] = await keysById.rows(db, { id: proof.jti, today })
  return found ? judge(db, found, question, today) : unknown
}

async function validateText(db: Db, { address, now = new Date() }: Asking, question: Question) {
  const code = checkCode(question.key)
  const text = code.ok ? code.code : question.key.trim()
  const network = networkOf(address)
  const today = dayOf(now, 'UTC')
  const asked = { text, network: keyOf(misses, network), today }
  const found = (await keysByText.rows(db, asked))[0] ?? (await printedKeysByText.rows(db, asked))[0]
  if (!found || found.spent) await spend(db, misses, network)
  return found ? judge(db, found, question, today) : unknown
}

async function judge(db: Db, found: FoundKey, question: Question, today: Day): Promise<Proven> {
  const hasEnded = found.revoked_at !== null || found.superseded_at !== null
  return judgeKey(found, hasEnded ? await findReplacement(db, found.id) : null, question, today)
}

const unknown = { ok: false, status: 'unknown_key' } as const
