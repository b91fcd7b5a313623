import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { isLocale, textsFor } from '../platform/i18n.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { urls } from '../urls.ts'
import { noteReading, type OpenFeed, openFeed } from './calendar-feeds.ts'
import { writeCalendar } from './ics.ts'
import { type LicenseSources, listEntries } from './list-entries.ts'

const feedLimit = defineLimit('calendar', { capacity: 60, refill_per_minute: 1 })
const guessLimit = defineLimit('calendar_guess', { capacity: 60, refill_per_minute: 2 })

/** The calendar behind a secret address: for calendar programs, which do not sign in. */
export function feedWeb(sources: LicenseSources) {
  return new Hono<PublicEnv>().get(urls.reminders.feed.pattern, allow('anyone'), async (c) => {
    const { db, config, address } = c.var
    const feed = await findByName(db, c.req.param('feed'), address)
    await spend(db, feedLimit, feed.id)
    const now = new Date()
    const locale = isLocale(feed.locale) ? feed.locale : 'en'
    const name = textsFor(locale)('reminders.calendar.name', { organization: feed.organization })
    const entries = await listEntries(db, feed, locale, { sources, base_url: config.base_url, now })
    const since = await noteReading(db, feed, JSON.stringify([name, entries]), now)
    const text = writeCalendar({ name, language: locale, stamp: since, entries })
    return answer(c, text, since)
  })
}

async function findByName(db: Db, name: string, address: string): Promise<OpenFeed> {
  const token = /^([\w-]{20,100})\.ics$/.exec(name)?.[1]
  const feed = token ? await openFeed(db, token) : undefined
  if (feed) return feed
  await spend(db, guessLimit, address)
  throw new AppError('not_found')
}

function answer(c: Context<PublicEnv>, text: string, since: Date) {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  const headers = {
    etag,
    'last-modified': since.toUTCString(),
    'cache-control': 'private, max-age=3600',
    'x-content-type-options': 'nosniff',
  }
  if (isKnown(c, etag, since)) return c.body(null, 304, headers)
  return c.body(text, 200, {
    ...headers,
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="licenses.ics"',
  })
}

/** RFC 9110, section 13.2.2: a date counts only where no tag is sent. */
function isKnown(c: Context<PublicEnv>, etag: string, since: Date): boolean {
  const tags = c.req.header('if-none-match')
  if (tags) return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
  const date = Date.parse(c.req.header('if-modified-since') ?? '')
  return date >= since.getTime()
}
