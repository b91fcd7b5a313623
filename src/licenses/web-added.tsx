import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import {
  type AddRefusal,
  addLicenseInformation,
  listBookmarks,
  mostBookmarks,
  mostTyped,
  outcomesOf,
  removeLicenseInformation,
  type TypedSerial,
} from './add-license-information.ts'
import { listOwnNotes } from './catalog-rows.ts'
import { getLicense } from './license-details.ts'
import { listTags } from './list-tags.ts'
import { AddBody } from './pages/add-page.tsx'
import { TagsBody } from './pages/tags-page.tsx'
import { readSerials } from './read-serials.ts'
import { mostDistinctTags, mostTags, tagLicenses, tagsSchema } from './tag-licenses.ts'
import { suggestSerials } from './unknown-serials.ts'

const addSchema = z.object({ serials: z.string().max(100_000).default('') })
const removeSchema = z.object({ serial: z.string().max(40) })
/** Outcomes shown again after the redirect; their serial numbers must fit into an address. */
const shownAgain = 100

/** What an organization adds to licenses itself: Add License Information, and tags. */
export const addedWeb = new Hono<Env>()
  .get(urls.licenses.add.pattern, allow('manager'), async (c) => {
    const { db, actor } = c.var
    const { serials } = readSerials((c.req.query('of') ?? '').slice(0, 41 * shownAgain))
    return addPage(c, emptyForm, await outcomesOf(db, actor, serials.slice(0, shownAgain)))
  })
  .post(urls.licenses.add.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const form = await readForm(c, addSchema)
    if (!form.ok) return addPage(c, form, [])
    const text = form.value.serials
    if (!text.trim()) return addPage(c, refused(form, 'serials', t('catalog.add.required')), [])
    const result = await addLicenseInformation(db, actor, { text })
    if (!result.ok) return addPage(c, refused(form, 'serials', refusalText(c, result.refusal)), [])
    const { typed } = result
    const unknown = typed.filter(({ outcome }) => outcome === 'not_found').map(({ serial }) => serial)
    if (unknown.length > 0) {
      const left = { values: { serials: unknown.join('\n') }, errors: {} }
      return addPage(c, refused(left, 'serials', t('catalog.add.some_unknown', { count: unknown.length })), typed)
    }
    const added = typed.filter(({ outcome }) => outcome === 'added' || outcome === 'elsewhere').length
    leaveFlash(c, 'success', t('catalog.add.done', { added }))
    const of = typed.slice(0, shownAgain).map(({ serial }) => serial)
    return c.redirect(urls.licenses.add.to({ of: of.join(' ') }), 303)
  })
  .post(urls.licenses.removeAdded.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const form = await readForm(c, removeSchema)
    if (!form.ok) throw new AppError('invalid')
    const { serial } = form.value
    if (await removeLicenseInformation(db, actor, { serial })) {
      leaveFlash(c, 'success', t('catalog.add.removed', { serial }))
    }
    return c.redirect(urls.licenses.add.to(), 303)
  })
  .get(urls.licenses.tags.pattern, allow('manager'), (c) => tagsPage(c, emptyForm))
  .post(urls.licenses.tags.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const { id, serial } = await getLicense(db, actor, c.req.param('serial'))
    const form = await readForm(c, tagFormSchema)
    if (!form.ok) return tagsPage(c, form)
    const { shown, keep, add } = form.value
    const remove = shown.filter((tag) => !keep.includes(tag))
    const result = await tagLicenses(db, actor, { license_ids: [id], add, remove })
    if (!result.ok) {
      const text =
        result.refusal === 'shared_tag'
          ? t('catalog.tags.shared', { tag: result.tag, organization: c.var.session?.acting?.name ?? '' })
          : t('catalog.tags.too_many_distinct', { max: mostDistinctTags })
      return tagsPage(c, refused(form, 'add', text))
    }
    const [problem] = result.refused
    if (problem?.refusal === 'not_found') throw new AppError('not_found')
    if (problem) {
      return tagsPage(c, refused(form, 'add', t('catalog.tags.too_many_tags', { max: mostTags })))
    }
    leaveFlash(c, 'success', t(result.changed.length > 0 ? 'catalog.tags.saved' : 'catalog.tags.same', { serial }))
    return c.redirect(urls.licenses.show.to({ serial }), 303)
  })

/** A box left empty is not sent: only tags that the page showed can be taken off, not those a colleague just added. */
const several = z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([])
const tagFormSchema = z.object({ shown: several, keep: several, add: tagsSchema })

function refusalText(c: Context<Env>, refusal: AddRefusal): string {
  const { t, format } = c.var
  if (refusal === 'too_many') return t('catalog.add.too_many', { max: format.number(mostTyped) })
  if (refusal === 'too_many_bookmarks') {
    return t('catalog.add.too_many_bookmarks', { max: format.number(mostBookmarks) })
  }
  return t(`catalog.add.${refusal}`)
}

async function addPage(c: Context<Env>, form: FormState, typed: TypedSerial[]) {
  const { t, format, db, actor, config } = c.var
  const isRefused = Object.keys(form.errors).length > 0
  const unknown = typed.filter(({ outcome }) => outcome === 'not_found').map(({ serial }) => serial)
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('catalog.add')}
      lead={t('catalog.add.lead')}
      breadcrumb={[{ text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() }]}
      refused={isRefused}
    >
      <AddBody
        {...{ t, format, form, typed, support_email: config.support_email }}
        suggestions={await suggestSerials(db, actor, unknown)}
        bookmarks={await listBookmarks(db, actor, mostBookmarks)}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}

async function tagsPage(c: Context<Env>, form: FormState) {
  const { t, db, actor } = c.var
  const { id, serial } = await getLicense(db, actor, c.req.param('serial') ?? '')
  const { tags } = await listOwnNotes(db, actor, [id], { fields: [], tags: true })
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('catalog.tags')}
      lead={t('catalog.tags.lead')}
      breadcrumb={[
        { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() },
        { text: serial, href: urls.licenses.show.to({ serial }) },
      ]}
      refused={isRefused}
      narrow
    >
      <TagsBody {...{ t, form, serial }} tags={tags.get(id) ?? []} inUse={await listTags(db, actor)} />
    </Page>,
    isRefused ? 422 : 200,
  )
}
