import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { licenseFilesZip, licenseKeysCsv } from '../keys/index.ts'
import { isAtLeast } from '../platform/actor.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { emailRegistration, mostRecipients } from './email-registration.ts'
import { getRegistration, issuedKeys, listIssuedKeys, type Registration } from './issued-keys.ts'
import { ConfirmationPage } from './pages/confirmation-page.tsx'
import { isUuid, listOpenDrafts } from './queries.ts'
import { showStep } from './show-step.tsx'

const emailSchema = z.object({ emails: z.string().max(3000).default('') })
const addressSchema = z.email().max(254)
const licensesOnPage = 100

export const confirmationWeb = new Hono<Env>()
  .get(urls.registration.confirmation.pattern, allow('downloader'), async (c) => {
    return confirmationPage(c, await registrationOf(c), emptyForm)
  })
  .get(urls.registration.files.pattern, allow('downloader'), async (c) => {
    const registration = await registrationOf(c)
    const zip = licenseFilesZip(takenKeys(c, registration, true), registration.completed_at)
    return download(zip, 'application/zip', 'license-files.zip')
  })
  .get(urls.registration.csv.pattern, allow('downloader'), async (c) => {
    const registration = await registrationOf(c)
    const csv = licenseKeysCsv(takenKeys(c, registration, false), c.var.t)
    return download(csv, 'text/csv; charset=utf-8', 'license-keys.csv')
  })
  .post(urls.registration.email.pattern, allow('manager'), async (c) => {
    const registration = await registrationOf(c)
    const { t, db, actor, config } = c.var
    const form = await readForm(c, emailSchema)
    if (!form.ok) return confirmationPage(c, registration, form)
    const emails = [
      ...new Set(
        form.value.emails
          .toLowerCase()
          .split(/[\s,;]+/)
          .filter(Boolean),
      ),
    ]
    const wrong = whyNot(c, emails)
    if (wrong) return confirmationPage(c, registration, refused(form, 'emails', wrong))
    const sent = await emailRegistration(db, actor, { registration_id: registration.id, emails }, config)
    if (!sent.ok) return confirmationPage(c, registration, refused(form, 'emails', t('registration.email.slower')))
    leaveFlash(c, 'success', t('registration.email.sent', { count: emails.length }))
    return c.redirect(urls.registration.confirmation.to({ registration: registration.id }), 303)
  })

async function* takenKeys(c: Context<Env>, registration: Registration, files: boolean) {
  for await (const page of issuedKeys(c.var.db, registration, { files })) {
    yield page.map((row) => ({ ...row, quantity: row.key_quantity ?? row.quantity }))
  }
}

function registrationOf(c: Context<Env>): Promise<Registration> {
  return getRegistration(c.var.db, c.var.actor, c.req.param('registration') ?? '')
}

function whyNot(c: Context<Env>, emails: string[]): string | undefined {
  const { t } = c.var
  if (emails.length === 0) return t('form.required')
  if (emails.length > mostRecipients) return t('registration.email.too_many', { max: mostRecipients })
  const address = emails.find((email) => !addressSchema.safeParse(email).success)
  return address === undefined ? undefined : t('registration.email.wrong', { address: address.slice(0, 100) })
}

/** Keys belong to nobody else: no cache may keep them. */
function download(body: ReadableStream<Uint8Array>, type: string, name: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  })
}

async function confirmationPage(c: Context<Env>, registration: Registration, form: FormState) {
  const { t, format, db, actor } = c.var
  const after = c.req.query('after')
  const page = { limit: licensesOnPage, after: after && isUuid(after) ? after : undefined }
  const keys = await listIssuedKeys(db, registration, page)
  const licenses = new Set(keys.map((key) => key.license_id)).size
  const next = { after: keys.at(-1)?.license_id }
  const names = { registration: registration.id }
  const moreHref = licenses === licensesOnPage ? urls.registration.confirmation.to(names, next) : undefined
  const { license_count, registered_to } = registration
  return showStep(
    c,
    {
      title: t('registration.step.confirmation'),
      purpose: registration.purpose,
      lead: t('registration.confirmation.lead', { count: license_count, company: registered_to }),
      form,
      live: moreHref !== undefined,
    },
    <ConfirmationPage
      {...{ t, format, registration, keys, moreHref, form }}
      open={isAtLeast(actor, 'manager') ? await listOpenDrafts(db, actor, 5, registration.purpose) : []}
    />,
  )
}
