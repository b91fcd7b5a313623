import type { T } from '../../platform/i18n.ts'

/** What every mail about an organization needs: the reader's language, the reader, and who writes. */
export type MailTexts = { t: T; name: string; vendor_name: string }
