import { type Context, Hono } from 'hono'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { countEligibility, listEligibility, placeOf, previewCsv } from './campaign-preview.ts'
import type { Campaign } from './campaign-queries.ts'
import { countOverTime, reportCampaign } from './campaign-report.ts'
import { previewQuerySchema } from './campaign-schemas.ts'
import { type CampaignTab, campaignTabs } from './pages/campaign-parts.tsx'
import { EligibleBody } from './pages/eligible-page.tsx'
import { ReportBody } from './pages/report-page.tsx'
import { campaignOf, readerOf } from './web-campaign-frame.ts'

const onPage = 50
type C = Context<OperatorEnv>

/** Who a campaign concerns, and what became of it. */
export const campaignListsWeb = new Hono<OperatorEnv>()
  .get(urls.admin.eligible.pattern, allow(['catalog']), async (c) => {
    const { t, db } = c.var
    const campaign = await campaignOf(c)
    const query = previewQuerySchema.parse(c.req.query())
    const reader = readerOf(c)
    const { today } = reader
    const rows = await listEligibility(db, campaign, { ...query, today, limit: onPage + 1 })
    const shown = rows.slice(0, onPage)
    const more = rows.length > onPage ? { ...query, after: placeOf(shown.at(-1)!) } : undefined
    const counts = await countEligibility(db, campaign.id, today)
    return campaignFrame(
      c,
      campaign,
      { tab: 'eligible', lead: t('campaigns.eligible.lead'), live: more !== undefined },
      <EligibleBody
        {...{ reader, campaign, counts, query, rows: shown }}
        moreHref={more && urls.admin.eligible.to({ campaign: campaign.id }, more)}
      />,
    )
  })
  .get(urls.admin.eligibleCsv.pattern, allow(['catalog']), async (c) => {
    const { t, db } = c.var
    const campaign = await campaignOf(c)
    const { reason, path } = previewQuerySchema.parse(c.req.query())
    const { today } = readerOf(c)
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="eligible-licenses-${today}.csv"`,
      'cache-control': 'private, no-store',
    }
    return c.body(previewCsv(db, campaign, { reason, path, today }, t), 200, headers)
  })
  .get(urls.admin.campaignReport.pattern, allow(['catalog']), async (c) => {
    const { t, db, actor } = c.var
    const campaign = await campaignOf(c)
    const { path: path_id } = previewQuerySchema.parse(c.req.query())
    const path = campaign.paths.find(({ id }) => id === path_id)
    if (path_id && !path) throw new AppError('not_found')
    const reader = readerOf(c)
    const report = await reportCampaign(db, campaign, reader.today)
    const asked = { path: path?.id, time_zone: reader.time_zone, now: actor.now }
    const over_time = await countOverTime(db, campaign, asked)
    const body = <ReportBody {...{ reader, campaign, report, over_time, path }} />
    return campaignFrame(c, campaign, { tab: 'report', lead: t('campaigns.report.lead') }, body)
  })

function campaignFrame(
  c: C,
  campaign: Campaign,
  { tab, lead, live }: { tab: CampaignTab; lead: string; live?: boolean },
  body: Parameters<typeof Page>[0]['children'],
) {
  const { t } = c.var
  const names = { campaign: campaign.id }
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t(`campaigns.tab.${tab}`)}
      lead={lead}
      breadcrumb={[
        { text: t('campaigns.title'), href: urls.admin.campaigns.to() },
        { text: campaign.name, href: urls.admin.campaign.to(names) },
      ]}
      tabs={campaignTabs(t, campaign, tab)}
      live={live}
    >
      {body}
    </Page>,
  )
}
