import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { z } from 'zod'
import { type Address, addressQuerySchema, addressSchema, findAddress, listAddresses } from '../customers/index.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { findOpenRequest } from '../requests/index.ts'
import { shellFor } from '../shell.tsx'
import { Alert } from '../ui/alert.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { getLicense, type LicenseDetails } from './license-details.ts'
import { type MoveRefusal, moveAddress } from './move-address.ts'
import { refusalFor } from './option-rules.ts'
import { LicenseName } from './pages/license-page.tsx'
import { ConfirmMoveBody, MoveAddressBody, OpenRequest } from './pages/move-address-page.tsx'
import { RequestAddressBody } from './pages/request-address-page.tsx'
import { requestAddress } from './request-address.ts'

const moveSchema = z.object({ address_id: z.string(), revision: z.coerce.number().int() })
const requestSchema = addressSchema.extend({ terms: z.literal('on', { error: 'licenses.address.terms.missing' }) })

/** Move License To a New Address, and Request New Address Creation. */
export const addressWeb = new Hono<Env>()
  .get(urls.licenses.address.pattern, allow('manager'), async (c) => {
    const license = await openLicense(c)
    const chosen = c.req.query('address')
    return chosen ? confirmPage(c, license, await openAddress(c, chosen), emptyForm) : searchPage(c, license)
  })
  .post(urls.licenses.address.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const { serial } = c.req.param()
    const { id } = await openLicense(c)
    const form = await readForm(c, moveSchema)
    if (!form.ok) throw new AppError('malformed')
    const { address_id, revision } = form.value
    const { refused: refusals } = await moveAddress(db, actor, {
      ...{ license_ids: [id], address_id },
      revisions: { [id]: revision },
    })
    const refusal = refusals[0]?.refusal
    if (refusal) {
      const wrong = refused(emptyForm, 'form', refusalText(c, refusal))
      return confirmPage(c, await openLicense(c), await openAddress(c, address_id), wrong)
    }
    leaveFlash(c, 'success', t('licenses.address.moved', { serial }))
    return c.redirect(urls.licenses.show.to({ serial }), 303)
  })
  .get(urls.licenses.requestAddress.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const license = await openLicense(c)
    const open = await findOpenRequest(db, actor, { kind: 'address', license_id: license.id })
    if (open) return show(c, license, { title: t('licenses.address.request') }, <OpenRequest t={t} request={open} />)
    // Usually the same company, elsewhere.
    return requestPage(c, license, formOf({ company: license.address?.company ?? license.registered_to ?? '' }))
  })
  .post(urls.licenses.requestAddress.pattern, allow('manager'), async (c) => {
    const { t, db, actor, config } = c.var
    const license = await openLicense(c)
    const form = await readForm(c, requestSchema)
    if (!form.ok) return requestPage(c, license, form)
    const { terms: _, ...address } = form.value
    const asked = await requestAddress(db, actor, { serial: license.serial, address }, config)
    if (!asked.ok) {
      const { refusal } = asked
      const text = refusal === 'open' ? t('licenses.address.request.open', asked) : refusalText(c, refusal)
      return requestPage(c, license, refused(form, 'form', text))
    }
    leaveFlash(c, 'success', t('licenses.address.request.done', { request: asked.request }))
    return c.redirect(urls.requests.show.to({ request: asked.request }), 303)
  })

function openLicense(c: Context<Env>): Promise<LicenseDetails> {
  return getLicense(c.var.db, c.var.actor, c.req.param('serial') ?? '')
}

async function openAddress(c: Context<Env>, id: string): Promise<Address> {
  const address = await findAddress(c.var.db, c.var.actor, id)
  if (!address) throw new AppError('not_found')
  return address
}

function refusalText(c: Context<Env>, refusal: MoveRefusal): string {
  if (refusal === 'not_found') throw new AppError('not_found')
  return refusal === 'changed' ? c.var.t('licenses.address.changed') : c.var.t(`licenses.option_refused.${refusal}`)
}

/** Why this license cannot move whoever asks, before anybody fills in a form. */
function standing(license: LicenseDetails) {
  return refusalFor('address', license)
}

async function searchPage(c: Context<Env>, license: LicenseDetails) {
  const { t, format, locale, db, actor } = c.var
  const { after, ...query } = addressQuerySchema.parse(c.req.query())
  const page = await listAddresses(db, actor, { ...query, after })
  const organization_id = license.owner_id ?? actor.organization_id
  const open_request = await findOpenRequest(db, { organization_id }, { kind: 'address', license_id: license.id })
  const body = <MoveAddressBody {...{ t, format, locale, license, query, page, open_request }} />
  return show(c, license, { title: t('licenses.option.address'), live: true, askNew: !open_request }, body)
}

function confirmPage(c: Context<Env>, license: LicenseDetails, address: Address, form: FormState) {
  const { t, format, locale } = c.var
  const body = <ConfirmMoveBody {...{ t, format, locale, license, address, form }} />
  return show(c, license, { title: t('licenses.address.confirm'), form }, body)
}

function requestPage(c: Context<Env>, license: LicenseDetails, form: FormState) {
  const { t, format, locale, config } = c.var
  const props = { t, format, locale, form, serial: license.serial, vendor: config.vendor.name }
  return show(
    c,
    license,
    { title: t('licenses.address.request'), form, narrow: true },
    <RequestAddressBody {...props} />,
  )
}

type Frame = { title: string; form?: FormState; narrow?: boolean; live?: boolean; askNew?: boolean }

function show(c: Context<Env>, license: LicenseDetails, { title, form, narrow, live, askNew }: Frame, body: Child) {
  const { t } = c.var
  const { serial } = license
  const refusal = standing(license)
  const isRefused = form !== undefined && Object.keys(form.errors).length > 0
  const ask = {
    text: t('licenses.address.request'),
    href: urls.licenses.requestAddress.to({ serial }),
    icon: 'plus' as const,
  }
  return c.html(
    <Page
      shell={shellFor(c)}
      title={title}
      lead={<LicenseName t={t} license={license} />}
      breadcrumb={[
        { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() },
        { text: serial, href: urls.licenses.show.to({ serial }) },
      ]}
      action={askNew && !refusal ? ask : undefined}
      refused={isRefused}
      narrow={narrow}
      live={live}
    >
      {refusal ? <Alert t={t} tone="warning" title={t(`licenses.option_refused.${refusal}`)} /> : body}
    </Page>,
    isRefused ? 422 : 200,
  )
}
