import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { isAtLeast } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { listGrantableNumbers } from '../sharing/index.ts'
import { accountTabs, shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { delegateLicenses, mostDelegations, refuseDelegation } from './delegate-licenses.ts'
import { endDelegation } from './end-delegation.ts'
import { ConsentBody, DelegationBody, EndBody } from './pages/delegation-page.tsx'
import { getAsking, listAsking, listCustomers, listDelegations } from './queries.ts'
import { delegateSchema } from './schemas.ts'

/** My Account – Channel Partners: the customer's side of delegation, and the end of one for both sides. */
export const delegationWeb = new Hono<Env>()
  .get(urls.delegation.list.pattern, allow('viewer'), async (c) => {
    const { t, format, db, actor } = c.var
    const [delegations, asking] = [await listDelegations(db, actor), await listAsking(db, actor)]
    const mayDelegate = isAtLeast(actor, 'administrator')
    return c.html(
      <Page shell={shellFor(c)} title={t('delegation.title')} lead={t('delegation.lead')} tabs={accountTabs(c)} live>
        <DelegationBody {...{ t, format, delegations, asking, mayDelegate }} />
      </Page>,
    )
  })
  .get(urls.delegation.create.pattern, allow('administrator'), async (c) => {
    const asking = c.req.query('asking')
    const asked = asking ? await getAsking(c.var.db, c.var.actor, asking) : undefined
    return consentPage(c, formOf(asked ? { level: asked.level } : {}))
  })
  .post(urls.delegation.create.pattern, allow('administrator'), async (c) => {
    const { t, db, actor, config } = c.var
    const asking = c.req.query('asking')
    const form = await readForm(c, delegateSchema)
    if (!form.ok) return consentPage(c, form)
    const asked = asking ? await getAsking(db, actor, asking) : undefined
    const input = { ...form.value, ...(asked && { request_id: asked.id, email: asked.email }) }
    const result = await delegateLicenses(db, actor, input, config)
    if (!result.ok) {
      const fields = { colleague: 'email', ended: 'ends_on', no_number: 'customers', unknown_number: 'customers' }
      const field = fields[result.refusal as keyof typeof fields] ?? 'form'
      const text = t(`delegation.refused.${result.refusal}`, { most: mostDelegations } as never)
      return consentPage(c, refused(form, field, text))
    }
    leaveFlash(c, 'success', t('delegation.done', { email: input.email }))
    return c.redirect(urls.delegation.list.to(), 303)
  })
  .post(urls.delegation.refuse.pattern, allow('administrator'), async (c) => {
    const { t, db, actor } = c.var
    const request_id = c.req.param('asking')
    const { organization } = await getAsking(db, actor, request_id)
    await refuseDelegation(db, actor, { request_id })
    leaveFlash(c, 'success', t('delegation.refused_done', { organization }))
    return c.redirect(urls.delegation.list.to(), 303)
  })
  .get(urls.delegation.end.pattern, allow('administrator'), async (c) => {
    const { t } = c.var
    const delegation = c.req.param('delegation')
    const { who, back } = await sideOf(c, delegation)
    return below(c, t('delegation.end.title'), <EndBody {...{ t, delegation, who, back }} />)
  })
  .post(urls.delegation.end.pattern, allow('administrator'), async (c) => {
    const { t, db, actor, config } = c.var
    const delegation_id = c.req.param('delegation')
    const { back, who } = await sideOf(c, delegation_id)
    await endDelegation(db, actor, { delegation_id }, config)
    leaveFlash(c, 'success', t('delegation.ended', { who }))
    return c.redirect(back, 303)
  })

/** Who the other side is, and where the reader came from. */
async function sideOf(c: Context<Env>, delegation: string): Promise<{ who: string; back: string }> {
  const { db, actor } = c.var
  const own = (await listDelegations(db, actor)).find(({ id }) => id === delegation)
  if (own) return { who: own.email, back: urls.delegation.list.to() }
  const customer = (await listCustomers(db, actor)).find(({ delegation_id }) => delegation_id === delegation)
  if (!customer) throw new AppError('not_found')
  return { who: customer.organization, back: urls.partner.customers.to() }
}

async function consentPage(c: Context<Env>, form: FormState) {
  const { t, db, actor } = c.var
  const id = c.req.query('asking')
  const asking = id ? await getAsking(db, actor, id) : undefined
  const numbers = await listGrantableNumbers(db, actor)
  const lead = asking && t('delegation.consent.lead', { organization: asking.organization })
  const body = <ConsentBody {...{ t, form, numbers, asking, today: actor.today }} />
  return below(c, t('delegation.new'), body, form, lead)
}

function below(c: Context<Env>, title: string, body: Child, form?: FormState, lead?: string) {
  const isRefused = form !== undefined && Object.keys(form.errors).length > 0
  if (isRefused) c.status(422)
  const list = { text: c.var.t('delegation.title'), href: urls.delegation.list.to() }
  return c.html(
    <Page shell={shellFor(c)} title={title} lead={lead} breadcrumb={[list]} refused={isRefused} narrow>
      {body}
    </Page>,
  )
}
