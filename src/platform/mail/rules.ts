export const dayInSeconds = 86_400

/**
 * Why a mail was not taken: `refused` for good, this mail only; `deferred`, this mail only, for now; `server`, no mail
 * would have been taken.
 */
export type SendFailure = { kind: 'refused' | 'deferred' | 'server'; reason: string }

/** What nodemailer's errors carry. `command` is the part of the dialogue that failed. */
export type SmtpError = { message: string; code?: string; responseCode?: number; command?: string }

/**
 * What an SMTP error says about the mail. Only an answer to its recipient or to its content is about the mail itself;
 * everything before (connection, greeting, TLS, login, sender) is about the server or our settings.
 * Source: RFC 5321 §4.2.1 (4yz transient, 5yz permanent).
 */
export function failureOf(error: SmtpError): SendFailure {
  const reason = error.message.replaceAll(/\s+/g, ' ').trim()
  const answer = error.responseCode ?? 0
  const aboutThisMail = error.command === 'RCPT TO' || error.command === 'DATA'
  if (aboutThisMail && answer >= 500) return { kind: 'refused', reason }
  if (aboutThisMail && answer >= 400 && answer !== 421) return { kind: 'deferred', reason }
  return { kind: 'server', reason }
}

/** When to try again after `attempts` tries: 15 s, 30 s, 1 min … 4 h, each varied by half, so that nodes spread. */
export function nextAttemptAfter(attempts: number, now: Date, random: number): Date {
  const seconds = Math.min(15 * 2 ** Math.min(attempts - 1, 20), 4 * 3600)
  return new Date(now.getTime() + seconds * (0.5 + random) * 1000)
}
