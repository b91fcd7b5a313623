/** The User Agreement that comes with the portal; a vendor publishes its own as a further version. */
import type { Locale } from '../../platform/i18n.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { ptBR } from './pt-br.ts'

export const defaultAgreement = {
  version: '1.0',
  /** The same on every node, whichever publishes it. */
  published_at: new Date('2026-01-15T00:00:00Z'),
  texts: { en, fr, 'pt-BR': ptBR } satisfies Record<Locale, string>,
}
