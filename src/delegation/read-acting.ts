import type { MiddlewareHandler } from 'hono'
import type { PublicEnv } from '../platform/http/env.ts'
import { urls } from '../urls.ts'
import { type Acting, actingAs, findActing } from './act-for.ts'

/** Pages about licenses. Everywhere else a partner is only itself, whomever it acts for: closed unless named here. */
const { catalog, show, file, columns, tags, export: exports, comments, removeComment, restoreComment } = urls.licenses
const { contacts, address, requestAddress, certificate } = urls.licenses
const aboutLicenses = pathsOf([
  ...[catalog, show, file, columns, tags, exports, comments, removeComment, restoreComment],
  ...[contacts, address, requestAddress, certificate, urls.fields.ofLicense],
  ...Object.values(urls.deployments),
])
/** Get a License Key: for partners to whom all customer numbers are delegated, those that come later, too. */
const aboutPurchases = pathsOf(Object.values(urls.registration))

/**
 * Finds out for whom a partner acts: `session.acting` on every page, and the customer's actor on those about licenses.
 * Asked with each request, so that a delegation that ended counts no more. Comes behind `readVisitor`.
 */
export const readActing: MiddlewareHandler<PublicEnv> = async (c, next) => {
  const { visitor, session, db } = c.var
  const partner_id = visitor?.role && visitor.kind === 'user' ? session?.organization_id : undefined
  const acting = session && partner_id ? await findActing(db, session.id, partner_id) : undefined
  if (acting && session && visitor) {
    c.set('session', { ...session, acting: { id: acting.organization_id, name: acting.name } })
    if (isFor(acting, c.req.path)) c.set('visitor', actingAs(visitor, acting))
  }
  return next()
}

function isFor({ everything }: Acting, path: string): boolean {
  if (aboutLicenses.some((address) => address.test(path))) return true
  return everything && aboutPurchases.some((address) => address.test(path))
}

function pathsOf(addresses: readonly { pattern: string }[]): RegExp[] {
  return addresses.map(({ pattern }) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+').replaceAll('.', '\\.')}$`))
}
