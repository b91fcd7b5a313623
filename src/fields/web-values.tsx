import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { visibleLicenses } from '../licenses/index.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import type { Format, T } from '../platform/i18n.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { Code, Text } from '../ui/text.tsx'
import { urls } from '../urls.ts'
import { inputName, LicenseFieldsPage } from './pages/license-fields-page.tsx'
import type { StaleChange } from './pages/stale-note.tsx'
import { type FieldDefinition, listFieldsOn, valuesOf } from './queries.ts'
import { problemOf, readFieldValue, typedValue, type ValueProblem } from './rules.ts'
import { setFieldValues } from './set-field-values.ts'

type Values = FormState['values']
type Open = {
  license: { id: string; serial: string; revision: number; product: string }
  fields: FieldDefinition[]
  values: Map<string, string>
}

export const valuesWeb = new Hono<Env>()
  .get(urls.fields.ofLicense.pattern, allow('manager'), async (c) => {
    const open = await openLicense(c)
    return licensePage(c, open, formOf(typedValues(c, open)))
  })
  .post(urls.fields.ofLicense.pattern, allow('manager'), async (c) => {
    const form = await readForm(c, z.looseObject({}))
    // A license that changes between reading and saving is read once more; then whoever saved first is shown.
    for (let attempt = 1; attempt <= 3; attempt++) {
      const answer = await saveValues(c, form)
      if (answer) return answer
    }
    throw new AppError('stale')
  })

/** @returns nothing when the license changed between reading and saving. */
async function saveValues(c: Context<Env>, form: FormState): Promise<Response | undefined> {
  const { t, db, actor } = c.var
  const open = await openLicense(c)
  const { license } = open
  const was = wasIn(form.values)
  const changes = changesSince(c, open, was)
  if (changes.length > 0) return stalePage(c, open, form, was, changes)
  const { values, errors } = readTyped(c, open, form.values)
  if (Object.keys(errors).length > 0) return licensePage(c, open, { values: form.values, errors })
  const revisions = { [license.id]: license.revision }
  const saved = await setFieldValues(db, actor, { license_ids: [license.id], values, revisions })
  if (!saved.ok || saved.refused.length > 0) return undefined
  const key = saved.changed.length > 0 ? 'fields.of_license.saved' : 'fields.of_license.same'
  leaveFlash(c, 'success', t(key, { serial: license.serial }))
  return c.redirect(urls.licenses.show.to({ serial: license.serial }), 303)
}

/** A registered license that the actor sees, with the fields to fill in. Unknown, or of nobody: not found. */
async function openLicense(c: Context<Env>): Promise<Open> {
  const { db, actor } = c.var
  const serial = (c.req.param('serial') ?? '').replaceAll('\0', '')
  const license = await db
    .selectFrom(visibleLicenses(actor).as('l'))
    .innerJoin('product_versions as v', 'v.id', 'l.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select(['l.id', 'l.serial', 'l.revision', 'l.owner_id', 'l.source', 'l.level', 'p.name', 'v.version'])
    .where('l.serial', '=', serial)
    .where('l.owner_id', 'is not', null)
    .executeTakeFirst()
  if (!license) throw new AppError('not_found')
  const { name, version, ...rest } = license
  const fields = await listFieldsOn(db, actor, { ...rest, own: rest.source === 'own' })
  return {
    license: { ...rest, product: `${name} ${version}` },
    fields,
    values: await valuesOf(db, actor, license.id, fields),
  }
}

/** Stored values as the form shows them. */
function typedValues(c: Context<Env>, { fields, values }: Open): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ id, type }) => [inputName(id), typedValue(type, values.get(id) ?? '', c.var.locale)]),
  )
}

/**
 * The values that the form was made from, by field id. They, and not the license's revision, tell whether it is stale:
 * a license that got another address meanwhile stands in nobody's way here.
 */
function wasIn({ was }: Values): Record<string, string> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(String(was)))
  } catch {
    return {}
  }
}

function changesSince(c: Context<Env>, { fields, values }: Open, was: Record<string, string>): StaleChange[] {
  const { t, format } = c.var
  return fields.flatMap((field) => {
    const [before, after] = [was[field.id] ?? '', values.get(field.id) ?? '']
    if (before === after) return []
    return [{ label: field.name, before: textOf(t, format, field, before), after: textOf(t, format, field, after) }]
  })
}

/** What was typed stays; what was left alone shows what others made of it. */
function stalePage(c: Context<Env>, open: Open, form: FormState, was: Record<string, string>, changes: StaleChange[]) {
  const now = typedValues(c, open)
  const shown = { ...form.values }
  for (const { id, type } of open.fields) {
    const name = inputName(id)
    const untouched = (form.values[name] ?? '') === typedValue(type, was[id] ?? '', c.var.locale)
    if (untouched) shown[name] = now[name]!
  }
  return licensePage(c, open, refused(formOf(shown), 'form', c.var.t('fields.stale.retry')), changes)
}

/** What differs from what is stored; fields that the form did not have are left alone, unless they are required. */
function readTyped(c: Context<Env>, { fields, values: stored }: Open, typed: Values) {
  const values: Record<string, string | null> = {}
  const errors: Record<string, string> = {}
  for (const field of fields) {
    const name = inputName(field.id)
    const current = stored.get(field.id) ?? null
    const text = typed[name] === undefined ? (current ?? '') : String([typed[name]].flat()[0])
    const same = current !== null && (text === current || text === typedValue(field.type, current, c.var.locale))
    const read = same ? { ok: true as const, value: current } : readFieldValue(field, text, c.var.locale)
    if (!read.ok) errors[name] = problemText(c, read.problem)
    else if (read.value === null && field.flags.includes('required')) errors[name] = c.var.t('form.required')
    else if (read.value !== current) values[field.id] = read.value
  }
  return { values, errors }
}

function problemText(c: Context<Env>, problem: ValueProblem): string {
  const { t, locale } = c.var
  if (problem === 'number') return t('fields.problem.number', { example: typedValue('number', '1234.5', locale) })
  if (problem === 'date') return t('fields.problem.date', { example: c.var.actor.today })
  return t(`fields.problem.${problem}`)
}

/** A value as it is read. */
function textOf(t: T, format: Format, field: FieldDefinition, value: string): string {
  const { type } = field
  if (value === '') return t('fields.nothing')
  // What a form says that it showed may be anything.
  if (problemOf(field, value)) return value
  if (type === 'date') return format.shortDay(value)
  if (type === 'yes_no') return t(value === 'true' ? 'fields.value.yes' : 'fields.value.no')
  return type === 'number' ? format.number(Number(value)) : value
}

function licensePage(c: Context<Env>, open: Open, form: FormState, changes: StaleChange[] = []) {
  const { t, locale } = c.var
  const { license, fields, values } = open
  const { serial } = license
  const was = JSON.stringify(Object.fromEntries(values))
  const breadcrumb = [
    { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() },
    { text: serial, href: urls.licenses.show.to({ serial }) },
  ]
  const lead = (
    <>
      <Code>{serial}</Code> · <Text>{license.product}</Text>
    </>
  )
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page shell={shellFor(c)} title={t('fields.of_license.title')} {...{ lead, breadcrumb, refused: isRefused }} narrow>
      <LicenseFieldsPage {...{ t, locale, serial, fields, values, form, was, changes }} />
    </Page>,
    isRefused ? 422 : 200,
  )
}
