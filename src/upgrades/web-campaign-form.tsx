import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { formValues, pathRows, readCampaignForm } from './campaign-form.ts'
import { type Campaign, listVersions } from './campaign-queries.ts'
import { revisionSchema } from './campaign-schemas.ts'
import { CampaignFormBody } from './pages/campaign-form-page.tsx'
import { changeCampaign, createCampaign, type Saved, termsOf } from './save-campaign.ts'
import { campaignOf, readerOf, toCampaign } from './web-campaign-frame.ts'

type C = Context<OperatorEnv>
const typedSchema = z.looseObject({ more: z.string().max(20).optional() })

/** The form of a campaign: new, or to be changed. */
export const campaignFormWeb = new Hono<OperatorEnv>()
  .get(urls.admin.newCampaign.pattern, allow(['catalog']), (c) => newPage(c, formOf(newValues(readerOf(c).today))))
  .post(urls.admin.newCampaign.pattern, allow(['catalog']), async (c) => {
    const { t, db, actor } = c.var
    const { more, form, terms } = await readTyped(c)
    if (more) return newPage(c, formOf(form.values), 1)
    if (!terms) return newPage(c, form)
    const saved = await createCampaign(db, actor, terms)
    if (saved.ok) return toCampaign(c, saved.campaign_id, t('campaigns.created'))
    return newPage(c, withRefusal(c, form, saved))
  })
  .get(urls.admin.editCampaign.pattern, allow(['catalog']), async (c) => {
    const campaign = await campaignOf(c)
    if (campaign.state === 'ended') return toCampaign(c, campaign.id, c.var.t('campaigns.refused.ended'), 'danger')
    return editPage(c, campaign, formOf(formValues(termsOf(campaign))))
  })
  .post(urls.admin.editCampaign.pattern, allow(['catalog']), async (c) => {
    const { t, db, actor, config } = c.var
    const campaign = await campaignOf(c)
    const { more, form, terms, revision } = await readTyped(c)
    if (more) return editPage(c, campaign, formOf(form.values), 1, revision)
    if (!terms) return editPage(c, campaign, form, 0, revision)
    if (revision === undefined) throw new AppError('malformed')
    const saved = await changeCampaign(db, actor, { campaign_id: campaign.id, revision, terms }, config)
    if (saved.ok) return toCampaign(c, campaign.id, t('campaigns.saved'))
    if (saved.refusal !== 'changed') return editPage(c, campaign, withRefusal(c, form, saved), 0, revision)
    // What a colleague saved is shown, not overwritten.
    const asItIs = formOf(formValues(termsOf(campaign)))
    return editPage(c, campaign, refused(asItIs, 'form', t('campaigns.refused.changed')))
  })

async function readTyped(c: C) {
  const typed = await readForm(c, typedSchema)
  if (!typed.ok) throw new AppError('malformed')
  const revision = revisionSchema.safeParse(typed.values)
  return {
    more: typed.value.more,
    ...readCampaignForm(typed.values, c.var.t),
    revision: revision.success ? revision.data.revision : undefined,
  }
}

/** What most campaigns are: from today, with maintenance, for products and subscriptions. */
function newValues(today: string): FormState['values'] {
  const kinds = ['product', 'subscription'] as ('product' | 'subscription')[]
  const usual = { overlap_days: 30, notification_days: 365, needs_maintenance: true, kinds, countries: [], paths: [] }
  return formValues({ name: '', starts_on: today, ends_on: null, ...usual })
}

/** Beside the field that must change. */
function withRefusal(c: C, form: FormState, saved: Exclude<Saved, { ok: true }>): FormState {
  const { t } = c.var
  if (saved.refusal === 'path')
    return refused(form, `paths.${saved.index}.to_version_id`, t(`campaigns.fault.${saved.fault}`))
  const fields = { started: 'starts_on', over: 'ends_on', paths_kept: 'paths.0.from_version_id' } as const
  const field = saved.refusal in fields ? fields[saved.refusal as keyof typeof fields] : 'form'
  return refused(form, field, t(`campaigns.refused.${saved.refusal}`))
}

function newPage(c: C, form: FormState, more = 0) {
  const { t } = c.var
  const frame = { title: t('campaigns.new'), lead: t('campaigns.new.lead'), action: urls.admin.newCampaign.to() }
  return formPage(c, form, more, frame)
}

function editPage(c: C, campaign: Campaign, form: FormState, more = 0, revision = campaign.revision) {
  const names = { campaign: campaign.id }
  return formPage(c, form, more, {
    title: c.var.t('campaigns.edit'),
    lead: campaign.name,
    action: urls.admin.editCampaign.to(names),
    above: { text: campaign.name, href: urls.admin.campaign.to(names) },
    revision,
    published: campaign.state !== 'draft',
  })
}

type Frame = {
  title: string
  lead: string
  action: string
  above?: { text: string; href: string }
  revision?: number
  published?: boolean
}

async function formPage(c: C, form: FormState, more: number, frame: Frame) {
  const { t, format, db } = c.var
  const { title, lead, action, above, revision, published = false } = frame
  const versions = await listVersions(db)
  const isRefused = Object.keys(form.errors).length > 0
  const rows = Math.max(pathRows(form.values), 1) + more
  return c.html(
    <Page
      shell={shellFor(c)}
      title={title}
      lead={lead}
      breadcrumb={[{ text: t('campaigns.title'), href: urls.admin.campaigns.to() }, ...(above ? [above] : [])]}
      refused={isRefused}
      narrow
    >
      <CampaignFormBody {...{ t, format, form, action, versions, rows, published }} revision={revision} />
    </Page>,
    isRefused ? 422 : 200,
  )
}
