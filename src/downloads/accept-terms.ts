import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import type { Locale } from '../platform/i18n.ts'

/**
 * Records that the actor accepts the license agreement and export statement of a release for the organization, in the
 * language in which they were read. A second time changes nothing.
 * @throws AppError `forbidden` unless the actor is a downloader of the organization.
 */
export async function acceptTerms(
  db: Db,
  actor: Actor,
  { release_id, terms_id, locale }: { release_id: string; terms_id: string; locale: Locale },
): Promise<void> {
  mustBe(actor, 'downloader')
  const { organization_id, user_id, address } = actor
  await db.transaction().execute(async (trx) => {
    const added = await trx
      .insertInto('software_terms_acceptances')
      .values({ release_id, organization_id, user_id, terms_id, locale, accepted_at: actor.now, address })
      .onConflict((conflict) => conflict.doNothing())
      .returning('accepted_at')
      .executeTakeFirst()
    if (!added) return
    await record(trx, actor, 'software.terms_accepted', {
      organization_id,
      subject_id: release_id,
      details: { terms_id },
    })
  })
}
