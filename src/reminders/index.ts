/**
 * Reminders of what ends, by e-mail and in calendars, and what each user wants to be told by e-mail.
 *
 * Invariants: each reminder is sent once, whatever happens to the job; a mail about a topic goes to nobody who said no
 * to it; a calendar is opened by its secret address only, which is kept as SHA-256, and closes when its user leaves
 * the organization. This module imports no other one, so that every module may ask `wantsEmail`.
 * Owns: notification_preferences, notification_opt_outs, reminders, told_registrations, calendar_feeds.
 */
export { listOptOuts } from './audience.ts'
export { wantEmail, wantsEmail } from './preferences.ts'
export { remindJob } from './remind.ts'
export { unsubscribeAddress } from './unsubscribe-link.ts'
export { remindersWeb } from './web.ts'
