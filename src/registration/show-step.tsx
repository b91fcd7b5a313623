import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Env } from '../platform/http/env.ts'
import type { FormState } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { type Draft, getDraft } from './queries.ts'
import { type Purpose, wizardUrls } from './wizard.ts'

type Frame = {
  title: string
  purpose?: Purpose
  lead?: string
  /** The page's form: with errors in it, the answer is 422. */
  form?: FormState | undefined
  /** Loads htmx, for lists that grow and progress that moves. */
  live?: boolean
  refreshSeconds?: number
}

/** What the wizards call their steps. */
export const wizardTexts = {
  purchase: {
    title: 'registration.title',
    details_lead: 'registration.details.lead',
    verify: 'registration.step.verify',
    verify_lead: 'registration.verify.lead',
  },
  upgrade: {
    title: 'upgrades.title',
    details_lead: 'upgrades.details.lead',
    verify: 'upgrades.step.verify',
    verify_lead: 'upgrades.verify.lead',
  },
} as const satisfies Record<Purpose, unknown>

/** Answers with a step of the wizard; each takes the focus to its heading. */
export function showStep(c: Context<Env>, frame: Frame, body: Child) {
  const refused = Object.keys(frame.form?.errors ?? {}).length > 0
  if (refused) c.status(422)
  const { title, lead, live, refreshSeconds, purpose = 'purchase' } = frame
  return c.html(
    <Page
      shell={shellFor(c)}
      title={title}
      lead={lead}
      breadcrumb={[{ text: c.var.t(wizardTexts[purpose].title), href: wizardUrls[purpose].start.to() }]}
      live={live}
      refreshSeconds={refreshSeconds}
      refused={refused}
      focusTitle={!refused}
    >
      {body}
    </Page>,
  )
}

/** The draft of the request, or where to go instead: a completed one shows its keys, a submitted one its progress. */
export async function openDraft(
  c: Context<Env>,
  purpose: Purpose = 'purchase',
): Promise<{ draft: Draft } | { elsewhere: Response }> {
  const draft = await getDraft(c.var.db, c.var.actor, c.req.param('draft') ?? '', purpose)
  const names = { draft: draft.id }
  if (draft.registration_id) {
    const confirmation = urls.registration.confirmation.to({ registration: draft.registration_id })
    return { elsewhere: c.redirect(confirmation, 303) }
  }
  if (draft.submitted_at) return { elsewhere: c.redirect(wizardUrls[purpose].progress.to(names), 303) }
  return { draft }
}
