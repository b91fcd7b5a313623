import type { Member } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import type { Env } from '../platform/http/env.ts'
import { urls } from '../urls.ts'
import type { AssessedRow, Plan } from './plan-registration.ts'
import type { Prepared } from './prepare-registration.ts'
import type { Draft } from './queries.ts'

/** What a draft is for: a New Purchase, or the upgrade of licenses to a new version. */
export type Purpose = 'purchase' | 'upgrade'

/**
 * What differs between the wizards that end in registered licenses with keys. The steps from Registration to License
 * Key Confirmation, and the one transaction behind them, are the same for all.
 */
export type Wizard = {
  purpose: Purpose
  /** Every serial number of a draft with what is known about it, and what completing would do with it now. */
  readRows(db: Db, actor: Member, draft: Pick<Draft, 'id'>): Promise<AssessedRow[]>
  /** What completing does to the licenses of a draft, in a sentence or two for the verification. */
  consequence(reading: Reading, draft: Draft, plan: Plan): Promise<string>
  /**
   * Makes the licenses, where they do not exist yet; called in the transaction of the completion, with everything
   * locked that `Prepared.revisions` names. @returns false, having written nothing, when the facts have changed.
   */
  begin?(trx: Trx, actor: Member, prepared: Prepared): Promise<boolean>
  /** What else belongs into that transaction, when the licenses are registered. */
  finish?(trx: Trx, actor: Member, prepared: Prepared, registration_id: string): Promise<void>
}

type Reading = Pick<Env['Variables'], 't' | 'format' | 'db' | 'actor' | 'config'>

type StepUrl = { pattern: string; to(names: { draft: string }, query?: Record<string, string | undefined>): string }
type LicenseUrl = { pattern: string; to(names: { draft: string; serial: string }): string }

type WizardUrls = Record<'first' | 'details' | 'verify' | 'complete' | 'progress' | 'discard', StepUrl> & {
  /** Where the wizard begins; its drafts are listed there. */
  start: { to(): string }
  license: LicenseUrl
}

/** The addresses of each wizard's steps; `first` is the one that says what is registered. */
export const wizardUrls: Record<Purpose, WizardUrls> = {
  purchase: { ...urls.registration, first: urls.registration.serials },
  upgrade: { ...urls.upgrades, first: urls.upgrades.selection },
}
