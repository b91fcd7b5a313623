import { Hono } from 'hono'
import type { PublicEnv } from '../platform/http/env.ts'
import type { LicenseSources } from './list-entries.ts'
import { feedWeb } from './web-feed.ts'
import { calendarWeb, notificationsWeb } from './web-notifications.tsx'
import { unsubscribeWeb } from './web-unsubscribe.tsx'

/** Notifications, unsubscribing, and calendars of the licenses that `sources` gives. */
export function remindersWeb(sources: LicenseSources) {
  return new Hono<PublicEnv>()
    .route('/', notificationsWeb)
    .route('/', calendarWeb)
    .route('/', unsubscribeWeb)
    .route('/', feedWeb(sources))
}
