/** What the operators' pages about campaigns share. */
import type { Context } from 'hono'
import { dayOf } from '../platform/actor.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { urls } from '../urls.ts'
import { type Campaign, getCampaign } from './campaign-queries.ts'
import type { Reader } from './pages/campaign-parts.tsx'

/** The campaign of the address. @throws AppError `not_found` */
export function campaignOf(c: Context<OperatorEnv>): Promise<Campaign> {
  return getCampaign(c.var.db, c.req.param('campaign') ?? '')
}

/** In whose language and on which day, the vendor's, a page speaks. */
export function readerOf({ var: { t, format, actor, config } }: Context<OperatorEnv>): Reader {
  const { time_zone } = config.vendor
  return { t, format, time_zone, today: dayOf(actor.now, time_zone) }
}

/** Back to a campaign's page, with a word about what happened. */
export function toCampaign(
  c: Context<OperatorEnv>,
  campaign: string,
  text: string,
  tone: 'success' | 'danger' = 'success',
) {
  leaveFlash(c, tone, text)
  return c.redirect(urls.admin.campaign.to({ campaign }), 303)
}
