import { type Context, Hono } from 'hono'
import { isAtLeast } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { listProductsInCatalog } from './catalog.ts'
import { listCatalogFields } from './catalog-reach.ts'
import { partsOf } from './pages/catalog-filters.tsx'
import { hrefOfSearch } from './pages/catalog-tools.tsx'
import { SearchBody, SearchesBody } from './pages/searches-page.tsx'
import {
  changedSearchSchema,
  changeSearch,
  listSearches,
  mostSearches,
  newSearchSchema,
  removeSearch,
  type SavedSearch,
  saveSearch,
} from './saved-searches.ts'
import { catalogQuerySchema } from './schemas.ts'

/** Saved searches of the catalog. */
export const searchesWeb = new Hono<Env>()
  .get(urls.licenses.searches.pattern, allow('viewer'), async (c) => {
    const query = c.req.query('query')
    return searchesPage(c, formOf(query === undefined ? {} : { query }))
  })
  .post(urls.licenses.searches.pattern, allow('viewer'), async (c) => {
    const { t, db, actor } = c.var
    const form = await readForm(c, newSearchSchema)
    if (!form.ok) return searchesPage(c, form)
    const saved = await saveSearch(db, actor, form.value)
    if (!saved.ok) return searchesPage(c, refusedName(c, form, saved.refusal))
    leaveFlash(c, 'success', t('catalog.searches.saved', { name: form.value.name }))
    return c.redirect(hrefOfSearch(form.value), 303)
  })
  .get(urls.licenses.search.pattern, allow('viewer'), async (c) => {
    const search = await searchAsked(c)
    return searchPage(c, search, formOf({ name: search.name, for_all: search.for_all ? 'on' : '' }))
  })
  .post(urls.licenses.search.pattern, allow('viewer'), async (c) => {
    const { t, db, actor } = c.var
    const search = await searchAsked(c)
    const { id } = search
    const form = await readForm(c, changedSearchSchema)
    if (form.values.remove === 'on') {
      await removeSearch(db, actor, { id })
      leaveFlash(c, 'success', t('catalog.searches.removed', { name: search.name }))
      return c.redirect(urls.licenses.searches.to(), 303)
    }
    if (!form.ok) return searchPage(c, search, form)
    const changed = await changeSearch(db, actor, { id, ...form.value })
    if (!changed.ok) return searchPage(c, search, refusedName(c, form, changed.refusal))
    leaveFlash(c, 'success', t('catalog.searches.changed', { name: form.value.name }))
    return c.redirect(urls.licenses.searches.to(), 303)
  })

/** One of the searches that the actor sees. @throws AppError `not_found` for any other. */
async function searchAsked(c: Context<Env>): Promise<SavedSearch> {
  const searches = await listSearches(c.var.db, c.var.actor)
  const search = searches.find(({ id }) => id === c.req.param('search'))
  if (!search) throw new AppError('not_found')
  return search
}

function refusedName(c: Context<Env>, form: FormState, refusal: 'name_taken' | 'too_many'): FormState {
  const { t, format } = c.var
  const text =
    refusal === 'too_many'
      ? t('catalog.searches.too_many', { max: format.number(mostSearches) })
      : t('catalog.searches.name_taken')
  return refused(form, 'name', text)
}

/** What addresses of the catalog ask for, in words. */
async function describer(c: Context<Env>) {
  const { t, format, db, actor } = c.var
  const [products, fields] = [await listProductsInCatalog(db, actor), await listCatalogFields(db, actor)]
  return (address: string) => {
    const query = catalogQuerySchema.parse(Object.fromEntries(new URLSearchParams(address)))
    return partsOf({ t, format, query, products, fields })
  }
}

function crumbs(c: Context<Env>, ...more: { text: string; href: string }[]) {
  return [{ text: c.var.t('licenses.catalog.title'), href: urls.licenses.catalog.to() }, ...more]
}

async function searchesPage(c: Context<Env>, form: FormState) {
  const { t, db, actor } = c.var
  const describe = await describer(c)
  const searches = await listSearches(db, actor)
  const { query } = form.values
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('catalog.searches')}
      lead={t('catalog.searches.lead')}
      breadcrumb={crumbs(c)}
      refused={isRefused}
    >
      <SearchesBody
        {...{ t, form }}
        saving={query === undefined && !isRefused ? undefined : describe(String(query ?? ''))}
        searches={searches.map((search) => ({ ...search, parts: describe(search.query) }))}
        mayShare={isAtLeast(actor, 'manager')}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}

async function searchPage(c: Context<Env>, search: SavedSearch, form: FormState) {
  const { t, actor } = c.var
  const describe = await describer(c)
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('catalog.searches.edit_title')}
      breadcrumb={crumbs(c, { text: t('catalog.searches'), href: urls.licenses.searches.to() })}
      refused={isRefused}
      narrow
    >
      <SearchBody
        {...{ t, form }}
        search={{ ...search, parts: describe(search.query) }}
        mayShare={isAtLeast(actor, 'manager')}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}
