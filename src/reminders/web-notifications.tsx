import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type Actor, isAtLeast, type Member } from '../platform/actor.ts'
import { keyFor, seal, unseal } from '../platform/auth/index.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env, PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm } from '../platform/http/form.ts'
import { accountTabs, shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { findFeed, makeFeed, revokeFeed } from './calendar-feeds.ts'
import { NotificationsBody } from './pages/notifications-page.tsx'
import { listWanted, savePreferences } from './preferences.ts'
import { optionalTopics } from './rules.ts'

const topicsSchema = z.object({
  topics: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value) => [value ?? []].flat())
    .pipe(z.array(z.enum(optionalTopics))),
})
const calendarSchema = z.object({ do: z.enum(['make', 'revoke']) })

export const notificationsWeb = new Hono<PublicEnv>()
  .get(urls.reminders.notifications.pattern, allow('signed_in'), (c) => notificationsPage(c, emptyForm))
  .post(urls.reminders.notifications.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, topicsSchema)
    if (!form.ok) return notificationsPage(c, { values: {}, errors: { topics: c.var.t('form.choose') } })
    await savePreferences(c.var.db, userOf(c), { wanted: form.value.topics })
    leaveFlash(c, 'success', c.var.t('reminders.email.saved'))
    return c.redirect(urls.reminders.notifications.to(), 303)
  })

export const calendarWeb = new Hono<Env>().post(urls.reminders.calendar.pattern, allow('viewer'), async (c) => {
  const { db, actor, t } = c.var
  const form = await readForm(c, calendarSchema)
  if (!form.ok) throw new AppError('malformed')
  if (form.value.do === 'revoke') {
    await revokeFeed(db, actor)
    leaveFlash(c, 'success', t('reminders.calendar.revoked'))
    return c.redirect(urls.reminders.notifications.to(), 303)
  }
  const { token } = await makeFeed(db, actor)
  return c.redirect(`${urls.reminders.notifications.to({ made: sealMade(c, actor, token) })}#calendar`, 303)
})

function userOf(c: Context<PublicEnv>): Actor & { user_id: string } {
  const { visitor } = c.var
  if (!visitor?.user_id) throw new AppError('not_signed_in')
  return { ...visitor, user_id: visitor.user_id }
}

/** Milliseconds that the page after making an address can be opened again. */
const shownFor = 5 * 60_000
const madeKey = (c: Context<PublicEnv> | Context<Env>) => keyFor(c.var.config, 'calendar address')

/** The secret goes to the next page sealed: neither the database nor the browser's history keeps it. */
function sealMade(c: Context<Env>, { user_id, organization_id, now }: Member, token: string): string {
  return seal(madeKey(c), { user_id, organization_id, token }, new Date(now.getTime() + shownFor))
}

const madeSchema = z.object({ user_id: z.string(), organization_id: z.string(), token: z.string() })

function addressMade(c: Context<PublicEnv>, actor: Member): string | undefined {
  const made = madeSchema.safeParse(unseal(madeKey(c), c.req.query('made') ?? '', actor.now))
  const isOwn = made.data?.user_id === actor.user_id && made.data.organization_id === actor.organization_id
  if (!made.success || !isOwn) return undefined
  return c.var.config.base_url + urls.reminders.feed.to({ feed: `${made.data.token}.ics` })
}

async function notificationsPage(c: Context<PublicEnv>, form: FormState) {
  const { t, format, db, session } = c.var
  const actor = userOf(c)
  const refused = Object.keys(form.errors).length > 0
  if (refused) c.status(422)
  const organization = session?.organizations.find(({ id }) => id === actor.organization_id)?.name
  const calendar =
    organization && isAtLeast(actor, 'viewer')
      ? { organization, feed: await findFeed(db, actor), made: addressMade(c, actor) }
      : undefined
  const wanted = await listWanted(db, actor.user_id)
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('reminders.title')}
      lead={t('reminders.lead')}
      tabs={accountTabs(c)}
      refused={refused}
      narrow
    >
      <NotificationsBody {...{ t, format, form, wanted, calendar }} email={actor.email ?? ''} />
    </Page>,
  )
}
