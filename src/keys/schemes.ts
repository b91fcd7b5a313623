/** How a product's license keys are made, and what that asks for (domain.md §5). */
export type KeyScheme = 'code' | 'signed' | 'file' | 'file_host' | 'pool' | 'printed' | 'none' | 'external'

export type SchemeFacts = {
  /** Registration must name the host that a key is bound to. */
  asks_host: boolean
  /** What the customer is handed: a line of text, a file, or nothing at all. */
  gives: 'text' | 'file' | 'nothing'
  /** Who makes the key: this portal, the vendor before (pool, printed), or the vendor's own generator on request. */
  made_by: 'portal' | 'vendor_before' | 'vendor_on_request'
  /** Signed keys can be verified offline and are listed when they are revoked. */
  signed: boolean
}

export const keySchemes: Readonly<Record<KeyScheme, SchemeFacts>> = {
  code: { asks_host: false, gives: 'text', made_by: 'portal', signed: false },
  signed: { asks_host: false, gives: 'text', made_by: 'portal', signed: true },
  file: { asks_host: false, gives: 'file', made_by: 'portal', signed: true },
  file_host: { asks_host: true, gives: 'file', made_by: 'portal', signed: true },
  pool: { asks_host: false, gives: 'text', made_by: 'vendor_before', signed: false },
  printed: { asks_host: false, gives: 'text', made_by: 'vendor_before', signed: false },
  none: { asks_host: false, gives: 'nothing', made_by: 'portal', signed: false },
  external: { asks_host: false, gives: 'text', made_by: 'vendor_on_request', signed: false },
}
