/** Takes a basket through the wizard's commands up to Complete Registration. */
import assert from 'node:assert/strict'
import type { Actor, Member } from '../src/platform/actor.ts'
import type { Db } from '../src/platform/db/index.ts'
import { addSerials } from '../src/registration/add-serials.ts'
import { getDraft } from '../src/registration/queries.ts'
import { saveChoices, saveDetails } from '../src/registration/save-details.ts'
import { type Choices, type Details, detailsSchema } from '../src/registration/schemas.ts'
import { startDraft } from '../src/registration/start-draft.ts'

export type Entered = { details?: Partial<Details>; choices?: Record<string, Choices> }

export const contact = { name: 'Tess Contact', email: 'tess@example.com', phone: null }

/** A draft with serial numbers and details, as it stands on the verification page. */
export async function aVerifiedDraft(
  db: Db,
  actor: Member,
  serials: string[],
  { details, choices = {} }: Entered = {},
): Promise<{ draft_id: string; revision: number }> {
  const draft_id = await startDraft(db, actor satisfies Actor)
  const added = await addSerials(db, actor, { draft_id, text: serials.join(' ') })
  assert.equal(added.ok, true)
  const entered = detailsSchema.parse({ registered_to: 'ACME', contacts: [contact], ...details })
  const { revision } = await getDraft(db, actor, draft_id)
  assert.deepEqual(await saveDetails(db, actor, { draft_id, revision, details: entered }), { ok: true })
  for (const [serial, chosen] of Object.entries(choices)) {
    const { revision } = await getDraft(db, actor, draft_id)
    await saveChoices(db, actor, { draft_id, revision, serial, choices: chosen })
  }
  return { draft_id, revision: (await getDraft(db, actor, draft_id)).revision }
}
