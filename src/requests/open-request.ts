import { randomInt } from 'node:crypto'
import { CODE_ALPHABET } from '@keyport/license'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { tellAsker } from './emails/tell-asker.ts'
import { keepFiles } from './files.ts'
import { dueAt, type RequestKindName } from './rules.ts'
import type { Person } from './write-message.ts'

export type NewRequest = {
  /** Made with the form: pressing twice asks once. */
  id?: string
  kind: RequestKindName
  /** For whom the actor asks, where that is not the own organization: the owner of a shared license. */
  organization_id?: string | null
  license_id?: string | null
  customer_id?: string | null
  /** Uploaded by the actor, as `receiveForm` stored them. */
  files?: readonly string[]
  /** As the kind's schema reads them. */
  details: Record<string, unknown>
}

/**
 * Opens a service request of the actor's organization, of one on whose behalf it acts, or of somebody who works for none,
 * in the caller's transaction, with its line of history and the mails that tell the asker and the organization's
 * administrators. Whether one is open already is for the caller to know, under a lock of its own: see `findOpenRequest`.
 */
export async function openRequest(
  trx: Trx,
  actor: Person,
  {
    id = uuidv7(),
    kind,
    organization_id = actor.organization_id,
    license_id = null,
    customer_id = null,
    files = [],
    details,
  }: NewRequest,
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<{ id: string; number: string }> {
  const number = makeNumber()
  const opened = await trx
    .insertInto('service_requests')
    .values({
      ...{ id, number, kind, license_id, customer_id, details: JSON.stringify(details), locale: actor.locale },
      organization_id,
      opened_by: actor.user_id,
      opened_at: actor.now,
      due_at: dueAt(kind, actor.now),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!opened) return getOpened(trx, actor, id)
  await keepFiles(trx, actor, { ids: files, request_id: id, message_id: null })
  await record(trx, actor, 'request.opened', {
    ...{ organization_id, license_id, customer_id, subject_id: id },
    details: { number, kind },
  })
  await tellAsker(trx, actor.now, id, 'received', config)
  return { id, number }
}

/** @throws AppError `invalid` for an id that somebody else's request has. */
async function getOpened(trx: Trx, actor: Person, id: string): Promise<{ id: string; number: string }> {
  const row = await trx
    .selectFrom('service_requests')
    .select(['id', 'number'])
    .where('id', '=', id)
    .where('opened_by', '=', actor.user_id)
    .executeTakeFirst()
  if (!row) throw new AppError('invalid')
  return row
}

/** `SR-7K2M-9XQF`: nothing in it is mistaken for something else on the telephone. */
function makeNumber(): string {
  const random = Array.from({ length: 8 }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('')
  return `SR-${random.slice(0, 4)}-${random.slice(4)}`
}
