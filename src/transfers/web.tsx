import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { activeSigner } from '../keys/index.ts'
import { getLicense } from '../licenses/index.ts'
import { isAtLeast } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { type Link, Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { acceptTransfer, endOffer } from './answer-transfer.ts'
import { type Offered, offerTransfer } from './offer-transfer.ts'
import { TransferBody } from './pages/transfer-page.tsx'
import { OfferBody, OwnershipBody, TransfersBody, whatText } from './pages/transfer-pages.tsx'
import { findOpenOffer, getTransfer, listLines, listTransfers } from './queries.ts'
import { mostLicenses, mostOffers } from './rules.ts'
import { answerSchema, offerSchema } from './schemas.ts'
import { undoTransfer } from './undo-transfer.ts'

/** License Ownership Assignment & Transfers. */
export const transfersWeb = new Hono<Env>()
  .get(urls.transfers.ownership.pattern, allow('manager'), async (c) => {
    const { t, format, db, actor } = c.var
    const license = await getLicense(db, actor, c.req.param('serial'))
    if (!license.own) throw new AppError('not_found')
    const { serial, registered_to, registered_at, owner_name } = license
    const offer = await findOpenOffer(db, license.id, actor.now)
    const show = { text: serial, href: urls.licenses.show.to({ serial }) }
    return page(
      c,
      { title: t('licenses.option.ownership'), lead: `${license.product_name} ${license.version}`, crumbs: [show] },
      <OwnershipBody {...{ t, format, serial, registered_to, registered_at, offer }} owner={owner_name ?? ''} />,
    )
  })
  .get(urls.transfers.list.pattern, allow('viewer'), async (c) => {
    const { t, format, db, actor } = c.var
    const { organization_id, now } = actor
    const action: Link = { text: t('transfers.offer.title'), href: urls.transfers.offer.to(), icon: 'plus' }
    return page(
      c,
      {
        title: t('transfers.title'),
        lead: t('transfers.lead'),
        action: isAtLeast(actor, 'manager') ? action : undefined,
      },
      <TransfersBody {...{ t, format, organization_id, now }} transfers={await listTransfers(db, actor)} />,
    )
  })
  .get(urls.transfers.offer.pattern, allow('manager'), (c) => {
    const serial = (c.req.query('license') ?? '').replaceAll('\0', '').slice(0, 40)
    return offerPage(c, formOf(serial ? { serials: serial } : {}))
  })
  .post(urls.transfers.offer.pattern, allow('manager'), async (c) => {
    const { t, db, actor, config } = c.var
    const form = await readForm(c, offerSchema)
    if (!form.ok) return offerPage(c, form)
    const offered = await offerTransfer(db, actor, form.value, config)
    if (!offered.ok) return offerPage(c, refused(form, ...refusalOf(c, offered)))
    leaveFlash(c, 'success', t('transfers.offer.done', { email: form.value.email }))
    return c.redirect(urls.transfers.show.to({ transfer: offered.transfer_id }), 303)
  })
  .get(urls.transfers.show.pattern, allow('viewer'), (c) => transferPage(c))
  .post(urls.transfers.show.pattern, allow('manager'), async (c) => {
    const { t } = c.var
    const transfer = c.req.param('transfer')
    await getTransfer(c.var.db, c.var.actor, transfer)
    const form = await readForm(c, answerSchema)
    if (!form.ok) return transferPage(c, t('form.choose'))
    const result = await answer(c, transfer, form.value.do)
    if (!result.ok) return transferPage(c, t(`transfers.refused.${result.refusal}`))
    leaveFlash(c, 'success', t(`transfers.done.${form.value.do}`))
    return c.redirect(urls.transfers.show.to({ transfer }), 303)
  })

async function answer(c: Context<Env>, transfer_id: string, what: 'accept' | 'decline' | 'withdraw' | 'undo') {
  const { db, actor, config } = c.var
  if (what === 'accept')
    return acceptTransfer(db, actor, { transfer_id }, { config, signer: await activeSigner(db, config) })
  if (what === 'undo') return undoTransfer(db, actor, { transfer_id }, config)
  return endOffer(db, actor, { transfer_id, as: what === 'decline' ? 'declined' : 'withdrawn' }, config)
}

/** The field that a refusal stands beside, and its words. */
function refusalOf({ var: { t } }: Context<Env>, offered: Extract<Offered, { ok: false }>): [string, string] {
  const { refusal } = offered
  const most = refusal === 'too_many' ? mostOffers : mostLicenses
  const serial = 'serial' in offered ? offered.serial : ''
  const text = t(`transfers.refused.${refusal}`, { most } as never)
  const field =
    refusal === 'colleague' ? 'email' : refusal === 'quantity' || refusal === 'part_of_several' ? 'quantity' : 'serials'
  return [field, serial ? t('transfers.refused.of', { serial, reason: text }) : text]
}

function offerPage(c: Context<Env>, form: FormState) {
  const { t } = c.var
  const single = Boolean(form.values.serials && !String(form.values.serials).includes('\n'))
  const list = { text: t('transfers.title'), href: urls.transfers.list.to() }
  return page(
    c,
    { title: t('transfers.offer.title'), crumbs: [list], form, narrow: true },
    <OfferBody {...{ t, form, single }} />,
  )
}

async function transferPage(c: Context<Env>, error?: string) {
  const { t, format, db, actor } = c.var
  const transfer = await getTransfer(db, actor, c.req.param('transfer') ?? '')
  const lines = await listLines(db, transfer.id)
  const side = transfer.from_id === actor.organization_id ? 'from' : 'to'
  const list = { text: t('transfers.title'), href: urls.transfers.list.to() }
  if (error) c.status(422)
  return page(
    c,
    { title: t('transfers.one'), lead: whatText(t, transfer), crumbs: [list] },
    <TransferBody
      {...{ t, format, transfer, lines, side, error, now: actor.now }}
      mayAct={isAtLeast(actor, 'manager')}
    />,
  )
}

type Frame = {
  title: string
  lead?: string
  crumbs?: Link[]
  action?: Link | undefined
  form?: FormState
  narrow?: boolean
}

function page(c: Context<Env>, { title, lead, crumbs = [], action, form, narrow }: Frame, body: Child) {
  const isRefused = form !== undefined && Object.keys(form.errors).length > 0
  if (isRefused) c.status(422)
  const catalog = { text: c.var.t('licenses.catalog.title'), href: urls.licenses.catalog.to() }
  return c.html(
    <Page
      shell={shellFor(c)}
      title={title}
      lead={lead}
      breadcrumb={[catalog, ...crumbs]}
      action={action}
      refused={isRefused}
      narrow={narrow}
    >
      {body}
    </Page>,
  )
}
