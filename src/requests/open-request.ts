import { randomInt } from 'node:crypto'
import { CODE_ALPHABET } from '@keyport/license'
import type { Member } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { tellAsker } from './emails/tell-asker.ts'
import { dueAt, type RequestKindName } from './rules.ts'

export type NewRequest = {
  kind: RequestKindName
  /** For whom the actor asks, where that is not the own organization: the owner of a shared license. */
  organization_id?: string
  license_id?: string | null
  customer_id?: string | null
  /** As the kind's schema reads them. */
  details: Record<string, unknown>
}

/**
 * Opens a service request of the actor's organization, or of one on whose behalf it acts, in the caller's transaction, with its line of history and the
 * mails that tell the asker and the organization's administrators. Whether one is open already is for the caller to
 * know, under a lock of its own: see `findOpenRequest`.
 */
export async function openRequest(
  trx: Trx,
  actor: Member,
  { kind, organization_id = actor.organization_id, license_id = null, customer_id = null, details }: NewRequest,
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<{ id: string; number: string }> {
  const id = uuidv7()
  const number = makeNumber()
  await trx
    .insertInto('service_requests')
    .values({
      ...{ id, number, kind, license_id, customer_id, details: JSON.stringify(details), locale: actor.locale },
      organization_id,
      opened_by: actor.user_id,
      opened_at: actor.now,
      due_at: dueAt(kind, actor.now),
    })
    .execute()
  await record(trx, actor, 'request.opened', {
    ...{ organization_id, license_id, customer_id, subject_id: id },
    details: { number, kind },
  })
  await tellAsker(trx, actor.now, id, 'received', config)
  return { id, number }
}

/** `SR-7K2M-9XQF`: nothing in it is mistaken for something else on the telephone. */
function makeNumber(): string {
  const random = Array.from({ length: 8 }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('')
  return `SR-${random.slice(0, 4)}-${random.slice(4)}`
}
