import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'
import type { ClaimedMail } from './deliver-mails.ts'
import { failureOf, type SendFailure, type SmtpError } from './rules.ts'

export type Transport = {
  /** What our Message-IDs end with: the domain of the sender. */
  domain: string
  /** @returns undefined when the server has taken the mail. */
  send(mail: ClaimedMail): Promise<SendFailure | undefined>
  close(): void
}

/** Milliseconds for the parts of an SMTP dialogue; together shorter than the lease of a claimed mail. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 }
/** Milliseconds for one mail altogether, shorter than its lease: a server may say something for ever. */
const dialogueTimeout = 120_000

/** A pool of connections to the mail server; they open when first needed. `timeout` of one mail in milliseconds. */
export function openTransport(
  config: Pick<Config, 'smtp_url' | 'mail_from'> & { smtp_url: string },
  connections: number,
  timeout = dialogueTimeout,
): Transport {
  const pool = createTransport({
    ...settingsFrom(config.smtp_url),
    ...patience,
    pool: true,
    maxConnections: connections,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  pool.on('error', () => {})
  const late: SendFailure = {
    kind: 'server',
    reason: `The mail server did not take the mail within ${timeout / 1000} seconds`,
  }
  return {
    domain: config.mail_from.match(/@([a-z0-9.-]+)/i)?.[1] ?? 'keyport.invalid',
    send: (mail) => {
      const signal = AbortSignal.timeout(timeout)
      const failed = (error: SmtpError) => (signal.aborted ? late : failureOf(error))
      return pool.sendMail({ ...messageOf(mail, config.mail_from), signal }).then(noFailure, failed)
    },
    close: () => pool.close(),
  }
}

function noFailure(): undefined {}

function messageOf(mail: ClaimedMail, from: string) {
  return {
    from,
    to: { name: mail.to_name ?? '', address: mail.to_address },
    messageId: mail.message_id,
    date: mail.created_at,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.locale, ...unsubscribeHeaders(mail) },
  }
}

/** Lets a mail program end such mails with one click (RFC 8058). */
function unsubscribeHeaders({ unsubscribe_url }: ClaimedMail): Record<string, string> {
  if (!unsubscribe_url) return {}
  return { 'List-Unsubscribe': `<${unsubscribe_url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

/** `smtps:` speaks TLS from the start; `smtp:` upgrades when the server offers it, and with `?tls=required` insists. */
function settingsFrom(smtp_url: string) {
  const url = new URL(smtp_url)
  const secure = url.protocol === 'smtps:'
  const user = decodeURIComponent(url.username)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: url.searchParams.get('tls') === 'required',
    auth: user ? { user, pass: decodeURIComponent(url.password) } : undefined,
  }
}
