/**
 * The demo's mailbox: all mails that the portal wrote, on a machine without a mail server.
 *
 * Invariant: it does not exist in production, since its mails hold links that sign people in.
 */
export { mailboxWeb } from './web.tsx'
