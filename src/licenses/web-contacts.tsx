import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { errorsOf, type FormState, formOf, readForm } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { Alert } from '../ui/alert.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Actions } from '../ui/form.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { assignContacts } from './assign-contacts.ts'
import { contactsAfter, sameContacts } from './contact-rules.ts'
import { type Contact, contactSchema, listKnownContacts, mostContacts } from './contacts.ts'
import { getLicense, type LicenseDetails } from './license-details.ts'
import { type OptionRefusal, refusalFor } from './option-rules.ts'
import { ContactsBody } from './pages/contacts-page.tsx'
import { LicenseName } from './pages/license-page.tsx'
import { crumbsTo } from './web-comments.tsx'

type Values = FormState['values']

export const contactsWeb = new Hono<Env>()
  .get(urls.licenses.contacts.pattern, allow('manager'), async (c) => {
    const license = await licenseOf(c)
    const refusal = refusalFor('contacts', license)
    return refusal ? refusedPage(c, license, refusal) : contactsPage(c, license, formOf(valuesOf(license.contacts)))
  })
  .post(urls.licenses.contacts.pattern, allow('manager'), async (c) => {
    await licenseOf(c)
    const form = await readForm(c, z.looseObject({}))
    if (form.values.more) return contactsPage(c, await licenseOf(c), { values: form.values, errors: {} })
    // A license that changes between reading and saving is read once more; then whoever saved first is shown.
    for (let attempt = 1; attempt <= 3; attempt++) {
      const answer = await save(c, form)
      if (answer) return answer
    }
    throw new AppError('stale')
  })

/** @returns nothing when the license changed between reading and saving. */
async function save(c: Context<Env>, form: FormState): Promise<Response | undefined> {
  const { t, db, actor, config } = c.var
  const license = await licenseOf(c)
  const refusal = refusalFor('contacts', license)
  if (refusal) return refusedPage(c, license, refusal)
  if (form.values.was !== JSON.stringify(license.contacts)) return stalePage(c, license, form)
  const { contacts, errors } = readContacts(c, form.values)
  if (Object.keys(errors).length > 0) return contactsPage(c, license, { values: form.values, errors })
  const { id, serial, revision } = license
  const input = { license_ids: [id], contacts, mode: 'replace', revisions: { [id]: revision } } as const
  const { changed, refused } = await assignContacts(db, actor, input, config)
  if (refused.length > 0) return undefined
  leaveFlash(c, 'success', t(changed.length > 0 ? 'licenses.contacts.saved' : 'licenses.contacts.same'))
  return c.redirect(urls.licenses.show.to({ serial }), 303)
}

function licenseOf(c: Context<Env>): Promise<LicenseDetails> {
  return getLicense(c.var.db, c.var.actor, c.req.param('serial') ?? '')
}

const part = (values: Values, name: string) => [values[name] ?? ''].flat()[0] ?? ''
const rowOf = (values: Values, n: number) => ({
  name: part(values, `contacts.${n}.name`),
  email: part(values, `contacts.${n}.email`),
  phone: part(values, `contacts.${n}.phone`),
})

/** What was typed and what was chosen, one per address; rows left empty name nobody. */
function readContacts({ var: { t } }: Context<Env>, values: Values) {
  const errors: Record<string, string> = {}
  const typed: Contact[] = []
  for (let n = 0; n < mostContacts; n++) {
    const row = rowOf(values, n)
    if (Object.values(row).every((text) => text.trim() === '')) continue
    const read = contactSchema.safeParse(row)
    if (read.success) typed.push(read.data)
    else
      for (const [name, text] of Object.entries(errorsOf(read.error.issues, t))) errors[`contacts.${n}.${name}`] = text
  }
  const contacts = contactsAfter(chosenIn(values), typed, 'add')
  if (contacts.length > mostContacts) errors.known = t('licenses.contacts.too_many')
  return { contacts: contactsAfter(typed, contacts, 'add'), errors }
}

/** A choice carries the contact that it showed. */
function chosenIn(values: Values): Contact[] {
  return [values.known ?? []].flat().flatMap((text) => {
    try {
      const read = contactSchema.safeParse(JSON.parse(text, storable))
      return read.success ? [read.data] : []
    } catch {
      return []
    }
  })
}

/** JSON can spell what no form can send and the database does not keep. */
function storable(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value
}

function valuesOf(contacts: readonly Contact[]): Values {
  const rows = contacts.map(({ name, email, phone }, n) => [
    [`contacts.${n}.name`, name],
    [`contacts.${n}.email`, email],
    [`contacts.${n}.phone`, phone ?? ''],
  ])
  return Object.fromEntries(rows.flat())
}

/** One free row, and one more each time that it is asked for. */
function rowsFor({ values }: FormState): number {
  const filled = Array.from({ length: mostContacts }, (_, n) => `contacts.${n}.name` in values).lastIndexOf(true) + 1
  return Math.min(mostContacts, Math.max(1, filled + (values.more || filled === 0 ? 1 : 0)))
}

async function contactsPage(c: Context<Env>, license: LicenseDetails, form: FormState, stale?: Contact[]) {
  const { t, db, actor } = c.var
  const { serial, contacts } = license
  const named = new Set(contacts.map(({ email }) => email.toLowerCase()))
  const known = (await listKnownContacts(db, actor)).filter(({ email }) => !named.has(email))
  const isRefused = Object.keys(form.errors).length > 0
  const was = stale || form.values.was === undefined ? JSON.stringify(contacts) : part(form.values, 'was')
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('licenses.contacts.title')}
      lead={
        <>
          <LicenseName t={t} license={license} />
          <br />
          {t('licenses.contacts.lead')}
        </>
      }
      breadcrumb={crumbsTo(c, serial)}
      refused={isRefused}
      narrow
    >
      <ContactsBody {...{ t, serial, form, known, was, stale }} rows={rowsFor(form)} />
    </Page>,
    isRefused || stale ? 422 : 200,
  )
}

/** Somebody else was faster: what they saved is shown, what was typed stays in the form. */
function stalePage(c: Context<Env>, license: LicenseDetails, form: FormState) {
  const { values } = form
  const same = sameContacts(readContacts(c, values).contacts, license.contacts)
  if (same) {
    leaveFlash(c, 'success', c.var.t('licenses.contacts.same'))
    return c.redirect(urls.licenses.show.to({ serial: license.serial }), 303)
  }
  return contactsPage(c, license, { values, errors: {} }, license.contacts)
}

function refusedPage(c: Context<Env>, license: LicenseDetails, refusal: Exclude<OptionRefusal, 'role'>) {
  const { t } = c.var
  const { serial } = license
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('licenses.contacts.title')}
      lead={<LicenseName t={t} license={license} />}
      breadcrumb={crumbsTo(c, serial)}
      narrow
    >
      <Alert t={t} tone="warning" title={t('licenses.contacts.refused')}>
        {t(`licenses.option_refused.${refusal}`)}
      </Alert>
      <Actions>
        <LinkButton look="primary" href={urls.licenses.show.to({ serial })}>
          {t('licenses.contacts.open')}
        </LinkButton>
      </Actions>
    </Page>,
    c.req.method === 'GET' ? 200 : 422,
  )
}
