import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { isUuid } from '../platform/ids.ts'
import { shellFor } from '../shell.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { countEligibility } from './campaign-preview.ts'
import { type Campaign, listCampaigns } from './campaign-queries.ts'
import { countOverlaps } from './campaign-report.ts'
import { phaseOf } from './campaign-rules.ts'
import { revisionSchema } from './campaign-schemas.ts'
import { CampaignBody } from './pages/campaign-page.tsx'
import { campaignTabs } from './pages/campaign-parts.tsx'
import { CampaignsBody } from './pages/campaigns-page.tsx'
import { DiscardBody, EndBody, PublishBody } from './pages/confirm-page.tsx'
import { discardCampaign, endCampaign, pauseCampaign, publishCampaign, resumeCampaign } from './publish-campaign.ts'
import { campaignFormWeb } from './web-campaign-form.tsx'
import { campaignOf, readerOf, toCampaign } from './web-campaign-frame.ts'
import { campaignListsWeb } from './web-campaign-lists.tsx'
import { notificationsWeb } from './web-notifications.tsx'

type C = Context<OperatorEnv>
const stateSchema = z.object({ do: z.enum(['pause', 'resume']) })

/** The operators' pages about campaigns and what customers were sent. */
export const campaignsWeb = new Hono<OperatorEnv>()
  .route('/', campaignFormWeb)
  .get(urls.admin.campaigns.pattern, allow(['catalog']), async (c) => {
    const { t, db } = c.var
    const { after } = c.req.query()
    const page = await listCampaigns(db, after && isUuid(after) ? after : undefined)
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('campaigns.title')}
        lead={t('campaigns.lead')}
        action={{ text: t('campaigns.new'), href: urls.admin.newCampaign.to(), icon: 'plus' }}
        live
      >
        <CampaignsBody
          reader={readerOf(c)}
          campaigns={page.campaigns}
          moreHref={page.after && urls.admin.campaigns.to({ after: page.after })}
        />
      </Page>,
    )
  })
  .get(urls.admin.campaign.pattern, allow(['catalog']), async (c) => campaignPage(c, await campaignOf(c)))
  .post(urls.admin.campaignState.pattern, allow(['catalog']), async (c) => {
    const form = await readForm(c, stateSchema)
    if (!form.ok) throw new AppError('malformed')
    return changeState(c, form.value.do)
  })
  .get(urls.admin.publishCampaign.pattern, allow(['catalog']), async (c) =>
    publishPage(c, await campaignOf(c), emptyForm),
  )
  .post(urls.admin.publishCampaign.pattern, allow(['catalog']), async (c) => {
    const { t, db, actor, config } = c.var
    const form = await readForm(c, revisionSchema)
    if (!form.ok) throw new AppError('malformed')
    const campaign_id = c.req.param('campaign')
    const result = await publishCampaign(db, actor, { campaign_id, revision: form.value.revision }, config)
    if (result.ok) return toCampaign(c, campaign_id, t('campaigns.publish.done'))
    const refusal = refused(form, 'form', t(`campaigns.refused.${result.refusal}`))
    return publishPage(c, await campaignOf(c), refusal)
  })
  .get(urls.admin.endCampaign.pattern, allow(['catalog']), async (c) => endPage(c, await campaignOf(c)))
  .post(urls.admin.endCampaign.pattern, allow(['catalog']), async (c) => {
    const { t, db, actor } = c.var
    const { id, state } = await campaignOf(c)
    const result = await (state === 'draft' ? discardCampaign : endCampaign)(db, actor, id)
    if (!result.ok) return toCampaign(c, id, t('campaigns.refused.state'), 'danger')
    if (state !== 'draft') return toCampaign(c, id, t('campaigns.end.done'))
    leaveFlash(c, 'success', t('campaigns.discard.done'))
    return c.redirect(urls.admin.campaigns.to(), 303)
  })
  .route('/', campaignListsWeb)
  .route('/', notificationsWeb)

async function changeState(c: C, what: z.output<typeof stateSchema>['do']) {
  const { t, db, actor } = c.var
  const campaign = c.req.param('campaign') ?? ''
  const result = await (what === 'pause' ? pauseCampaign : resumeCampaign)(db, actor, campaign)
  if (result.ok) return toCampaign(c, campaign, t(`campaigns.${what}.done`))
  return toCampaign(c, campaign, t('campaigns.refused.state'), 'danger')
}

async function endPage(c: C, campaign: Campaign) {
  const { t, db } = c.var
  const about = { reader: readerOf(c), campaign, form: emptyForm }
  if (campaign.state === 'draft')
    return confirmPage(c, campaign, t('campaigns.discard.title'), <DiscardBody {...about} />)
  const overlaps = await countOverlaps(db, campaign.id)
  return confirmPage(c, campaign, t('campaigns.end.title'), <EndBody {...about} overlaps={overlaps} />)
}

function campaignPage(c: C, campaign: Campaign) {
  const { t } = c.var
  const reader = readerOf(c)
  const isTelling = phaseOf(campaign, reader.today) === 'telling'
  // The progress block asks for itself, and there is no more to show in it: htmx is told to leave.
  if (c.req.header('hx-request') && c.req.query('progress') && !isTelling) {
    c.header('hx-redirect', urls.admin.campaign.to({ campaign: campaign.id }))
    return c.body(null, 204)
  }
  return c.html(
    <Page
      shell={shellFor(c)}
      title={campaign.name}
      breadcrumb={[{ text: t('campaigns.title'), href: urls.admin.campaigns.to() }]}
      tabs={campaignTabs(t, campaign, 'campaign')}
      actions={
        campaign.state !== 'ended' && (
          <LinkButton icon="pencil" href={urls.admin.editCampaign.to({ campaign: campaign.id })}>
            {t('campaigns.edit')}
          </LinkButton>
        )
      }
      live={isTelling}
      refreshSeconds={isTelling ? 2 : undefined}
    >
      <CampaignBody reader={reader} campaign={campaign} />
    </Page>,
  )
}

async function publishPage(c: C, campaign: Campaign, form: FormState) {
  const { t, db } = c.var
  if (campaign.state !== 'draft') return c.redirect(urls.admin.campaign.to({ campaign: campaign.id }), 303)
  const reader = readerOf(c)
  const counts = await countEligibility(db, campaign.id, reader.today)
  const body = <PublishBody {...{ reader, campaign, form, counts }} />
  return confirmPage(c, campaign, t('campaigns.publish.title'), body, Boolean(form.errors.form))
}

function confirmPage(
  c: C,
  { id, name }: Campaign,
  title: string,
  body: Parameters<typeof Page>[0]['children'],
  isRefused = false,
) {
  const { t } = c.var
  return c.html(
    <Page
      shell={shellFor(c)}
      title={title}
      lead={name}
      breadcrumb={[
        { text: t('campaigns.title'), href: urls.admin.campaigns.to() },
        { text: name, href: urls.admin.campaign.to({ campaign: id }) },
      ]}
      refused={isRefused}
      narrow
    >
      {body}
    </Page>,
    isRefused ? 422 : 200,
  )
}
