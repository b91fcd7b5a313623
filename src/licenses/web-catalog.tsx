import { type Context, Hono } from 'hono'
import { isAtLeast } from '../platform/actor.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { shellFor } from '../shell.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { listCatalog, listProductsInCatalog } from './catalog.ts'
import { allColumns, type ColumnName, listColumns, saveColumns } from './catalog-columns.ts'
import { listCatalogFields } from './catalog-reach.ts'
import { findOwnerName, listOwnNotes } from './catalog-rows.ts'
import { listTags } from './list-tags.ts'
import { CatalogBody } from './pages/catalog-page.tsx'
import type { Upgrades } from './pages/catalog-table.tsx'
import { ColumnsBody } from './pages/columns-page.tsx'
import { listSearches } from './saved-searches.ts'
import { catalogQuerySchema } from './schemas.ts'

/** The newest version to which each of these licenses can be upgraded, and where; nothing for those that cannot. */
export type UpgradesOf = (c: Context<Env>, license_ids: string[]) => Promise<Upgrades>

/** The License Catalog and the columns it shows. */
export function catalogWeb(upgradesOf: UpgradesOf): Hono<Env> {
  return listWeb(upgradesOf).route('/', columnsWeb)
}

const listWeb = (upgradesOf: UpgradesOf) =>
  new Hono<Env>().get(urls.licenses.catalog.pattern, allow('viewer'), async (c) => {
    const { t, session, actor } = c.var
    const mayManage = isAtLeast(actor, 'manager')
    const { source, owner } = catalogQuerySchema.parse(c.req.query())
    const sharer = owner && (await findOwnerName(c.var.db, actor, owner))
    const results = source === 'shared' && sharer
    const joined = session?.organizations.find(({ id }) => id === actor.organization_id)
    const organization = (actor.via ? session?.acting?.name : joined?.name) ?? ''
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t(results ? 'sharing.results.title' : 'licenses.catalog.title')}
        lead={
          results ? t('sharing.results.lead', { organization: results }) : t('licenses.catalog.lead', { organization })
        }
        breadcrumb={results ? [{ text: t('sharing.with_me.title'), href: urls.sharing.withMe.to() }] : undefined}
        action={
          mayManage
            ? { text: t('licenses.catalog.get_key'), href: urls.registration.start.to(), icon: 'key' }
            : undefined
        }
        actions={
          mayManage &&
          !actor.via && (
            <>
              <LinkButton icon="users" href={urls.sharing.list.to()}>
                {t('sharing.title')}
              </LinkButton>
              <LinkButton icon="plus" href={urls.licenses.add.to()}>
                {t('catalog.add')}
              </LinkButton>
            </>
          )
        }
        live
      >
        <CatalogBody {...(await propsFor(c, upgradesOf))} mayManage={mayManage} owner={sharer} />
      </Page>,
    )
  })

const columnsWeb = new Hono<Env>()
  .get(urls.licenses.columns.pattern, allow('viewer'), async (c) => {
    const { t, db, actor } = c.var
    const fields = await listCatalogFields(db, actor)
    const columns = await listColumns(db, actor, fields)
    const catalog = { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() }
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('catalog.columns')}
        lead={t('catalog.columns.lead')}
        breadcrumb={[catalog]}
        narrow
      >
        <ColumnsBody {...{ t, fields, columns }} all={allColumns(fields)} />
      </Page>,
    )
  })
  .post(urls.licenses.columns.pattern, allow('viewer'), async (c) => {
    const { t, db, actor } = c.var
    const body = await c.req.parseBody({ all: true })
    if (body.usual === 'on') {
      await saveColumns(db, actor, null)
      leaveFlash(c, 'success', t('catalog.columns.reset'))
      return c.redirect(urls.licenses.catalog.to(), 303)
    }
    const all = allColumns(await listCatalogFields(db, actor))
    const chosen = [body.column ?? []].flat() as unknown[]
    const columns = chosen.filter((name): name is ColumnName => all.includes(name as ColumnName))
    const step = body.up ? -1 : body.down ? 1 : 0
    await saveColumns(db, actor, moved(columns, body.up ?? body.down, step))
    if (step) return c.redirect(urls.licenses.columns.to(), 303)
    leaveFlash(c, 'success', t('catalog.columns.saved'))
    return c.redirect(urls.licenses.catalog.to(), 303)
  })

async function propsFor(c: Context<Env>, upgradesOf: UpgradesOf) {
  const { t, format, db, actor } = c.var
  const query = catalogQuerySchema.parse(c.req.query())
  const page = await listCatalog(db, actor, query)
  const columns = await listColumns(db, actor, page.fields)
  const ids = page.rows.map(({ id }) => id)
  const asked = {
    fields: columns.filter((name) => name.startsWith('field:')).map((name) => name.slice('field:'.length)),
    tags: columns.includes('tags'),
  }
  return {
    ...{ t, format, query, page, columns, today: actor.today, fields: page.fields },
    notes: await listOwnNotes(db, actor, ids, asked),
    upgrades: await upgradesOf(c, ids),
    products: await listProductsInCatalog(db, actor),
    // A partner is not told by which words its customer sorts what it did not delegate.
    tags: actor.via ? [] : await listTags(db, actor),
    searches: await listSearches(db, actor),
    mayTake: isAtLeast(actor, 'downloader'),
    added: c.req.header('hx-request') === 'true',
  }
}

/** The columns with one of them a step further up or down. */
function moved(columns: ColumnName[], name: unknown, step: number): ColumnName[] {
  const from = columns.indexOf(name as ColumnName)
  const to = from + step
  if (step === 0 || from < 0 || to < 0 || to >= columns.length) return columns
  return columns.toSpliced(from, 1).toSpliced(to, 0, columns[from]!)
}
