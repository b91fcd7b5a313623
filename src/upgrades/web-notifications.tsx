import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { isOperator } from '../platform/actor.ts'
import { allow } from '../platform/http/access.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import type { T } from '../platform/i18n.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { getCampaign, listCampaigns } from './campaign-queries.ts'
import { notificationQuerySchema } from './campaign-schemas.ts'
import { getNotification, listNotifications } from './list-notifications.ts'
import { notificationIdOf } from './notification-id.ts'
import { campaignTabs } from './pages/campaign-parts.tsx'
import { NotificationBody } from './pages/notification-page.tsx'
import { NotificationsBody } from './pages/notifications-page.tsx'
import { resendNotification } from './resend-notification.ts'
import { readerOf } from './web-campaign-frame.ts'

/** Addresses that one press of the button writes to. */
const mostAddresses = 20
const resendSchema = z.object({
  to: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .transform((chosen) => chosen.filter(Boolean)),
  more: z.string().max(5000).default(''),
})

/** What customers were sent, for those who make campaigns and those who answer the telephone. */
export const notificationsWeb = new Hono<OperatorEnv>()
  .get(urls.admin.notifications.pattern, allow(['catalog', 'support']), async (c) => {
    const { t, db, actor } = c.var
    const query = notificationQuerySchema.parse(c.req.query())
    const found = await listNotifications(db, query)
    const of = query.campaign ? await getCampaign(db, query.campaign) : undefined
    const latest = (await listCampaigns(db)).campaigns.filter(({ id }) => id !== of?.id)
    const more = found.after && urls.admin.notifications.to({ ...query, after: found.after })
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('campaigns.notifications.title')}
        lead={t('campaigns.notifications.lead')}
        tabs={of && isOperator(actor, ['catalog']) ? campaignTabs(t, of, 'notifications') : undefined}
        live={more !== undefined}
      >
        <NotificationsBody
          reader={readerOf(c)}
          campaigns={of ? [of, ...latest] : latest}
          notifications={found.notifications}
          query={query}
          moreHref={more}
          now={actor.now}
        />
      </Page>,
    )
  })
  .get(urls.admin.notification.pattern, allow(['catalog', 'support']), (c) => notificationPage(c, emptyForm))
  .post(urls.admin.notification.pattern, allow(['catalog', 'support']), async (c) => {
    const { t, db, actor, config } = c.var
    const notification_id = c.req.param('notification')
    const form = await readForm(c, resendSchema)
    if (!form.ok) return notificationPage(c, form)
    const read = readAddresses(form.value, t)
    if (!read.ok) return notificationPage(c, refused(form, read.field, read.text))
    const result = await resendNotification(db, actor, config, { notification_id, emails: read.emails })
    if (!result.ok) return notificationPage(c, refused(form, 'form', t('campaigns.resend.closed')))
    leaveFlash(c, 'success', t('campaigns.resend.done', { count: read.emails.length }))
    return c.redirect(urls.admin.notification.to({ notification: notification_id }), 303)
  })

type Addresses = { ok: true; emails: string[] } | { ok: false; field: string; text: string }

function readAddresses({ to, more }: z.output<typeof resendSchema>, t: T): Addresses {
  const typed = more.split(/[\s,;]+/).filter(Boolean)
  const emails = [...new Set([...to, ...typed].map((email) => email.toLowerCase()))]
  if (emails.length === 0) return { ok: false, field: 'more', text: t('campaigns.resend.nobody') }
  if (emails.length > mostAddresses)
    return { ok: false, field: 'more', text: t('campaigns.resend.too_many', { max: mostAddresses }) }
  const wrong = emails.find((email) => !z.email().max(254).safeParse(email).success)
  if (wrong) return { ok: false, field: 'more', text: t('campaigns.resend.wrong', { email: wrong.slice(0, 100) }) }
  return { ok: true, emails }
}

async function notificationPage(c: Context<OperatorEnv>, form: FormState) {
  const { t, db, actor, config } = c.var
  const notification = await getNotification(db, c.req.param('notification') ?? '')
  const campaign = await getCampaign(db, notification.campaign_id)
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={notification.customer_name}
      lead={t('campaigns.notifications.title')}
      breadcrumb={[
        {
          text: t('campaigns.notifications.title'),
          href: urls.admin.notifications.to({ campaign: notification.campaign_id }),
        },
      ]}
      refused={isRefused}
    >
      <NotificationBody
        reader={readerOf(c)}
        shown_id={notificationIdOf(config, notification.id)}
        {...{ notification, campaign, form, now: actor.now }}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}
