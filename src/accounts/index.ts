/**
 * Accounts: logins, sign-up with the User Agreement, sessions, the vendor's operators.
 *
 * Invariants: no page, status or time of answer tells an anonymous caller whether an account exists; an account comes
 * into being whole, with its organization, accepted agreement, history and mail, or not at all; nobody has a role
 * before the e-mail address is confirmed, the agreement in force accepted, and the code of the second factor given where
 * there is one; each one-time code and link works once; guesses are counted per account, address and network in the
 * database. Sign-in, sessions, passkeys, verification and reset run in better-auth, behind `askAuth` only.
 * Owns: schema auth (with better-auth), operators, agreements, agreement_texts, agreement_acceptances, totp_secrets,
 * backup_codes, email_changes.
 */
export { acceptAgreement, publishAgreement } from './agreements.ts'
export { type CreatedAccount, createAccount, type NewAccount } from './create-account.ts'
export { createColleague, type NewColleague } from './create-colleague.ts'
export { createOperator } from './create-operator.ts'
export { clearEndedJob } from './jobs.ts'
export { operatorCommand } from './operator-command.ts'
export { findMemberByEmail } from './queries.ts'
export { readVisitor } from './read-visitor.ts'
export { accountsWeb } from './web.ts'
