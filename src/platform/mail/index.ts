/**
 * Outgoing mail: an outbox written in the transaction of the change a mail tells about, delivered by a job.
 *
 * Invariants: a mail exists exactly when that transaction commits; each recipient's mails go out in the order they
 * were written; a mail keeps one Message-ID, however often it is tried; what is refused for good is parked, visible
 * and stops nothing else. Delivery is at least once: a receiver that was told twice knows it by the Message-ID.
 * Owns: mails.
 */
export { deliverSoon } from './deliver-soon.ts'
export { enqueueMails, insertMails, type OutgoingMail } from './enqueue-mails.ts'
export { mailJobs } from './jobs.ts'
export { mailCommand } from './mail-command.ts'
export { countMails, listParkedMails, type ParkedMail, retryParkedMail } from './parked-mails.ts'
export { type MailContent, type RenderedMail, renderMail } from './render.ts'
