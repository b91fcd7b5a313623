import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { z } from 'zod'
import { isAtLeast } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env, PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { type Link, Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { actFor, stopActing } from './act-for.ts'
import { askCustomer, mostAsked, withdrawAsking } from './ask-customer.ts'
import { handOverKeys } from './hand-over-keys.ts'
import { AskBody, CustomersBody, HandOverBody } from './pages/partner-page.tsx'
import { contactOf, getCustomer, listAsked, listCustomers, listToHandOver } from './queries.ts'
import { askSchema, handOverSchema } from './schemas.ts'

/** My Customers: the partner's side of delegation. */
export const partnerWeb = new Hono<Env>()
  .get(urls.partner.customers.pattern, allow('viewer'), async (c) => {
    const { t, format, db, actor, session } = c.var
    const mayAsk = isAtLeast(actor, 'administrator')
    const action: Link = { text: t('partner.invite'), href: urls.partner.invite.to(), icon: 'mail' }
    const [customers, asked] = [await listCustomers(db, actor), await listAsked(db, actor)]
    return page(
      c,
      { title: t('partner.title'), lead: t('partner.lead'), action: mayAsk ? action : undefined },
      <CustomersBody {...{ t, format, customers, asked, mayAsk, acting: session?.acting?.id }} />,
    )
  })
  .get(urls.partner.invite.pattern, allow('administrator'), (c) => askPage(c, emptyForm))
  .post(urls.partner.invite.pattern, allow('administrator'), async (c) => {
    const { t, db, actor, config } = c.var
    const form = await readForm(c, askSchema)
    if (!form.ok) return askPage(c, form)
    const asked = await askCustomer(db, actor, form.value, config)
    if (!asked.ok) {
      return askPage(c, refused(form, 'email', t(`partner.refused.${asked.refusal}`, { most: mostAsked } as never)))
    }
    leaveFlash(c, 'success', t('partner.invite.done', { email: form.value.email }))
    return c.redirect(urls.partner.customers.to(), 303)
  })
  .post(urls.partner.withdraw.pattern, allow('administrator'), async (c) => {
    await withdrawAsking(c.var.db, c.var.actor, { request_id: c.req.param('asked') })
    leaveFlash(c, 'success', c.var.t('partner.withdrawn'))
    return c.redirect(urls.partner.customers.to(), 303)
  })
  .get(urls.partner.handOver.pattern, allow('downloader'), (c) => handOverPage(c, emptyForm))
  .post(urls.partner.handOver.pattern, allow('downloader'), async (c) => {
    const { t, db, actor, config } = c.var
    const { owner_id, organization } = await getCustomer(db, actor, c.req.param('owner'))
    const form = await readForm(c, handOverSchema)
    if (!form.ok) return handOverPage(c, form)
    const handed = await handOverKeys(db, actor, { ...form.value, owner_id }, config)
    if (!handed.ok) return handOverPage(c, refused(form, 'form', t('delegation.hand_over.not_delegated')))
    const words = { count: handed.keys, email: form.value.to_email, customer: organization }
    leaveFlash(c, 'success', t('delegation.hand_over.done', words))
    return c.redirect(urls.partner.customers.to(), 303)
  })
  .route('/', actingWeb())

/** The switch: acting for a customer, and for the own organization again. */
function actingWeb(): Hono<Env> {
  return new Hono<Env>()
    .post(urls.partner.act.pattern, allow('viewer'), async (c) => {
      const { t, db, actor, session } = c.var
      const form = await readForm(c, z.object({ customer: z.guid() }))
      if (!form.ok || !session) throw new AppError('invalid')
      const { organization } = await getCustomer(db, actor, form.value.customer)
      await actFor(db, actor, { session_id: session.id, customer_id: form.value.customer })
      leaveFlash(c, 'success', t('partner.act_done', { customer: organization }))
      return c.redirect(urls.licenses.catalog.to(), 303)
    })
    .post(urls.partner.stop.pattern, allow('viewer'), async (c) => {
      if (c.var.session) await stopActing(c.var.db, { session_id: c.var.session.id })
      return c.redirect(urls.partner.customers.to(), 303)
    })
}

function askPage(c: Context<Env>, form: FormState) {
  const { t } = c.var
  return page(c, { title: t('partner.invite'), form, narrow: true }, <AskBody t={t} form={form} />)
}

async function handOverPage(c: Context<Env>, form: FormState) {
  const { t, format, db, actor } = c.var
  const { owner_id: owner, organization, delegation_id } = await getCustomer(db, actor, c.req.param('owner') ?? '')
  const licenses = await listToHandOver(db, actor, owner)
  const to_email = (await contactOf(db, delegation_id)) ?? ''
  return page(
    c,
    { title: t('delegation.hand_over'), lead: t('delegation.hand_over.lead', { customer: organization }), form },
    <HandOverBody {...{ t, format, form, owner, licenses, to_email }} />,
  )
}

type Frame = { title: string; lead?: string; action?: Link | undefined; form?: FormState; narrow?: boolean }

function page(c: Context<Env> | Context<PublicEnv>, { title, lead, action, form, narrow }: Frame, body: Child) {
  const isRefused = form !== undefined && Object.keys(form.errors).length > 0
  if (isRefused) c.status(422)
  const list = { text: c.var.t('partner.title'), href: urls.partner.customers.to() }
  return c.html(
    <Page
      shell={shellFor(c)}
      title={title}
      lead={lead}
      action={action}
      breadcrumb={form ? [list] : undefined}
      refused={isRefused}
      narrow={narrow}
    >
      {body}
    </Page>,
  )
}
