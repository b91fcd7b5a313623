import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { addressLine, findAddress } from '../customers/index.ts'
import { activeSigner } from '../keys/index.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { readForm } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { type CompletionRefusal, completeRegistration, refusalOf } from './complete-registration.ts'
import { askingGroups } from './details-form.ts'
import { ProgressPage } from './pages/progress-page.tsx'
import { VerificationPage } from './pages/verification-page.tsx'
import { countSerials, type Draft, getDraft } from './queries.ts'
import { readPlan } from './read-plan.ts'
import { openDraft, showStep, wizardTexts } from './show-step.tsx'
import { type completeDraft, mostAtOnce, resubmitRegistration, submitRegistration } from './submit-registration.ts'
import { type Wizard, wizardUrls } from './wizard.ts'

const completeSchema = z.object({ revision: z.coerce.number().int() })
/** A job that has not come to an end after so long may be started again. */
const stalledAfter = 3 * 60_000

/** The verification of a wizard, and what follows Complete Registration. */
export function verificationWeb(wizard: Wizard, job: typeof completeDraft) {
  const url = wizardUrls[wizard.purpose]
  return new Hono<Env>()
    .get(url.verify.pattern, allow('manager'), async (c) => {
      const open = await openDraft(c, wizard.purpose)
      return 'elsewhere' in open ? open.elsewhere : verificationPage(c, open.draft, wizard)
    })
    .post(url.complete.pattern, allow('manager'), async (c) => {
      const open = await openDraft(c, wizard.purpose)
      if ('elsewhere' in open) return open.elsewhere
      const form = await readForm(c, completeSchema)
      if (!form.ok) throw new AppError('invalid')
      return complete(c, open.draft, form.value.revision, wizard, job)
    })
    .get(url.progress.pattern, allow('manager'), async (c) => {
      const draft = await getDraft(c.var.db, c.var.actor, c.req.param('draft') ?? '', wizard.purpose)
      if (draft.registration_id) return leave(c, confirmationOf(draft.registration_id))
      if (!draft.submitted_at) return leave(c, backTo(draft, draft.refusal as CompletionRefusal | null))
      const { t, format, actor } = c.var
      const stalled = actor.now.getTime() - draft.submitted_at.getTime() > stalledAfter
      return showStep(
        c,
        {
          title: t('registration.progress.title'),
          lead: t('registration.progress.lead'),
          purpose: draft.purpose,
          live: true,
          refreshSeconds: 2,
        },
        <ProgressPage t={t} format={format} draft={draft} stalled={stalled} />,
      )
    })
    .post(url.progress.pattern, allow('manager'), async (c) => {
      const draft = await getDraft(c.var.db, c.var.actor, c.req.param('draft') ?? '', wizard.purpose)
      if (draft.submitted_at) await resubmitRegistration(c.var.db, c.var.actor, draft.id, job)
      return c.redirect(url.progress.to({ draft: draft.id }), 303)
    })
}

/** Small baskets complete at once, large ones in the background. */
async function complete(c: Context<Env>, draft: Draft, revision: number, wizard: Wizard, job: typeof completeDraft) {
  const { db, actor, config } = c.var
  const input = { draft_id: draft.id, revision }
  if ((await countSerials(db, draft.id)) > mostAtOnce) {
    const submitted = await submitRegistration(db, actor, input, job)
    return submitted.ok
      ? c.redirect(wizardUrls[draft.purpose].progress.to({ draft: draft.id }), 303)
      : c.redirect(backTo(draft, submitted.refusal), 303)
  }
  const issuing = { config, signer: await activeSigner(db, config) }
  const result = await completeRegistration(db, actor, input, issuing, undefined, wizard)
  if (result.ok) return c.redirect(confirmationOf(result.registration_id), 303)
  return c.redirect(backTo(draft, result.refusal), 303)
}

function confirmationOf(registration: string): string {
  return urls.registration.confirmation.to({ registration })
}

/** The step that helps against a refusal, told what it was. */
function backTo({ id, purpose }: Draft, refusal: CompletionRefusal | null): string {
  const problem = refusal ?? undefined
  const { first, details, verify } = wizardUrls[purpose]
  switch (refusal) {
    case 'incomplete':
      return details.to({ draft: id }, { problem })
    case 'changed':
    case null:
      return verify.to({ draft: id }, { problem })
    default:
      return first.to({ draft: id }, { problem })
  }
}

/** htmx would put the next page into the progress block: it is told to leave instead. */
function leave(c: Context<Env>, href: string) {
  if (!c.req.header('hx-request')) return c.redirect(href, 303)
  c.header('hx-redirect', href)
  return c.body(null, 204)
}

async function verificationPage(c: Context<Env>, draft: Draft, wizard: Wizard) {
  const { t, format, locale, db, actor, config } = c.var
  const plan = await readPlan(db, actor, draft, wizard)
  const refusal = refusalOf(plan, draft)?.refusal
  if (refusal) return c.redirect(backTo(draft, refusal), 303)
  const { address } = draft.details
  const texts = wizardTexts[draft.purpose]
  const chosen = address && 'id' in address ? await findAddress(db, actor, address.id) : address
  return showStep(
    c,
    { title: t(texts.verify), lead: t(texts.verify_lead), purpose: draft.purpose },
    <VerificationPage
      {...{ t, format, locale, draft }}
      address={chosen ? addressLine(chosen, format) : undefined}
      licenses={plan.licenses}
      consequence={await wizard.consequence(c.var, draft, plan)}
      groups={askingGroups(plan)}
      problem={c.req.query('problem') === 'changed' ? t('registration.refusal.changed') : undefined}
      support_email={config.support_email}
    />,
  )
}
