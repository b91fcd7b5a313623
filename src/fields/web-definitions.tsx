import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { isAtLeast } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { accountTabs, shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { addField } from './add-field.ts'
import { changeField, definitionIn, moveField } from './change-field.ts'
import { deleteField, restoreField } from './delete-field.ts'
import { DeleteFieldPage, FieldPage } from './pages/field-page.tsx'
import { FieldsPage } from './pages/fields-page.tsx'
import type { StaleChange } from './pages/stale-note.tsx'
import { countLicensesWith, type FieldDefinition, getField, listDeletedFields, listFields } from './queries.ts'
import { changedFieldSchema, type Definition, mostFields, moveSchema, newFieldSchema } from './schemas.ts'

/** A new field is found by the search, unless told otherwise. */
const newField = formOf({ flags: ['searchable'] })

export const definitionsWeb = new Hono<Env>()
  .get(urls.fields.list.pattern, allow('viewer'), (c) => fieldsPage(c, newField))
  .post(urls.fields.list.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const form = await readForm(c, newFieldSchema)
    if (!form.ok) return fieldsPage(c, form)
    const added = await addField(db, actor, form.value)
    if (added.ok) return done(c, t('fields.added', form.value))
    if (added.refusal === 'too_many') return fieldsPage(c, refused(form, 'form', tooMany(c)))
    return fieldsPage(c, refused(form, 'name', t('fields.name_taken')))
  })
  .get(urls.fields.edit.pattern, allow('manager'), async (c) => {
    const field = await fieldOf(c)
    return fieldPage(c, field, formOf(valuesIn(field)))
  })
  .post(urls.fields.edit.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const field = await fieldOf(c)
    const form = await readForm(c, changedFieldSchema(field.type))
    if (!form.ok) return fieldPage(c, field, form)
    const saved = await changeField(db, actor, { ...form.value, field_id: field.id })
    if (saved.ok) return done(c, t('fields.edit.saved', form.value))
    if (saved.refusal === 'name_taken') return fieldPage(c, field, refused(form, 'name', t('fields.name_taken')))
    return stalePage(c, form, form.value)
  })
  .post(urls.fields.move.pattern, allow('manager'), async (c) => {
    const form = await readForm(c, moveSchema)
    const { field: field_id } = c.req.param()
    await getField(c.var.db, c.var.actor, field_id)
    if (!form.ok) throw new AppError('invalid')
    await moveField(c.var.db, c.var.actor, { field_id, ...form.value })
    return c.redirect(`${urls.fields.list.to()}#move-${field_id}`, 303)
  })
  .get(urls.fields.delete.pattern, allow('manager'), async (c) => {
    const { t, format, db, actor } = c.var
    const field = await fieldOf(c)
    const count = await countLicensesWith(db, actor, field.id)
    const title = t('fields.delete.title', field)
    return show(
      c,
      { title, breadcrumb: [listLink(c)], narrow: true },
      <DeleteFieldPage {...{ t, format, field, count }} />,
    )
  })
  .post(urls.fields.delete.pattern, allow('manager'), async (c) => {
    const { field } = c.req.param()
    await deleteField(c.var.db, c.var.actor, field)
    return c.redirect(urls.fields.list.to({ deleted: field }), 303)
  })
  .post(urls.fields.restore.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const { field } = c.req.param()
    const restored = await restoreField(db, actor, field)
    if (restored.ok) return done(c, t('fields.restored', restored))
    const name = (await listDeletedFields(db, actor)).find(({ id }) => id === field)?.name ?? ''
    leaveFlash(c, 'danger', t(`fields.restore.${restored.refusal}`, { name, max: mostFields }))
    return c.redirect(urls.fields.list.to(), 303)
  })

function fieldOf(c: Context<Env>): Promise<FieldDefinition> {
  return getField(c.var.db, c.var.actor, c.req.param('field') ?? '')
}

function tooMany(c: Context<Env>): string {
  return c.var.t('fields.too_many', { max: mostFields })
}

function listLink(c: Context<Env>) {
  return { text: c.var.t('fields.list.title'), href: urls.fields.list.to() }
}

function done(c: Context<Env>, text: string) {
  leaveFlash(c, 'success', text)
  return c.redirect(urls.fields.list.to(), 303)
}

async function fieldsPage(c: Context<Env>, form: FormState) {
  const { t, format, db, actor, session, time_zone } = c.var
  const mayChange = isAtLeast(actor, 'manager')
  const fields = await listFields(db, actor)
  const deleted = mayChange ? await listDeletedFields(db, actor) : []
  const just_deleted = deleted.find(({ id }) => id === c.req.query('deleted'))
  const organization = session?.organizations.find(({ id }) => id === actor.organization_id)?.name ?? ''
  const lead = t('fields.list.lead', { organization, max: mostFields })
  const props = { t, format, time_zone, fields, deleted, just_deleted, form, mayChange }
  return show(c, { title: t('fields.list.title'), lead, form, tabs: accountTabs(c) }, <FieldsPage {...props} />)
}

function fieldPage(c: Context<Env>, field: FieldDefinition, form: FormState, changes: StaleChange[] = []) {
  const { t } = c.var
  const was = JSON.stringify(definitionIn(field))
  const frame = { title: t('fields.edit.title'), lead: field.name, form, breadcrumb: [listLink(c)], narrow: true }
  return show(c, frame, <FieldPage {...{ t, field, form, was, changes }} />)
}

function valuesIn({ name, choices, flags }: Definition): FormState['values'] {
  return { name, choices: choices.join('\n'), flags }
}

/** The field as it is now beside what was typed; saving again means it. */
async function stalePage(c: Context<Env>, form: FormState, typed: { was: string }) {
  const field = await fieldOf(c)
  const changes = changesSince(c, definitionOf(typed.was), field)
  return fieldPage(c, field, refused(form, 'form', c.var.t('fields.stale.retry')), changes)
}

/** What the form was made from, as it tells; one that tells nothing was made from nothing. */
function definitionOf(was: string): Shown {
  try {
    return shownSchema.parse(JSON.parse(was))
  } catch {
    return { name: '', choices: [], flags: [] }
  }
}

const shownSchema = z.object({ name: z.string(), choices: z.array(z.string()), flags: z.array(z.string()) })
type Shown = z.output<typeof shownSchema>

function changesSince(c: Context<Env>, was: Shown, field: FieldDefinition): StaleChange[] {
  const { t } = c.var
  const facts = ({ name, choices, flags }: Shown) => [
    { label: t('fields.form.name'), value: name },
    { label: t('fields.form.choices'), value: choices.join(', ') },
    { label: t('fields.form.flags'), value: flagNames(c, flags) },
  ]
  const before = facts(was)
  return facts(field).flatMap(({ label, value }, n) => {
    const old = before[n]!.value
    const nothing = t('fields.nothing')
    return old === value ? [] : [{ label, before: old || nothing, after: value || nothing }]
  })
}

function flagNames(c: Context<Env>, flags: readonly string[]): string {
  const chosen = new Set(flags)
  const { t } = c.var
  const names = (['required', 'in_catalog', 'searchable', 'shared'] as const).filter((flag) => chosen.has(flag))
  return names.map((flag) => t(`fields.flag.${flag}`)).join(', ')
}

type Frame = Partial<Parameters<typeof Page>[0]> & { title: string; form?: FormState }

function show(c: Context<Env>, { form = emptyForm, ...frame }: Frame, body: ReturnType<typeof Page>) {
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page shell={shellFor(c)} {...frame} refused={isRefused}>
      {body}
    </Page>,
    isRefused ? 422 : 200,
  )
}
