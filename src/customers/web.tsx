import { type Context, Hono } from 'hono'
import { isAtLeast, type Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { accountTabs, shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { associateNumber } from './associate-number.ts'
import { claimNumber } from './claim-number.ts'
import { NumbersBody, type SharedNumber } from './pages/numbers-page.tsx'
import { RemoveBody } from './pages/remove-page.tsx'
import { findAssociated, listNumbers } from './queries.ts'
import { removeNumber } from './remove-number.ts'
import { associateSchema, claimSchema, longestNumber } from './schemas.ts'

/** Customer numbers whose licenses other organizations let the reader's use, as the module behind them knows. */
export type SharedNumbers = (db: Db, actor: Member) => Promise<SharedNumber[]>

/** My Account – Customer Numbers. */
export function customersWeb(listShared: SharedNumbers): Hono<Env> {
  return new Hono<Env>()
    .get(urls.customers.numbers.pattern, allow('viewer'), (c) => numbersPage(c, listShared, {}))
    .post(urls.customers.numbers.pattern, allow('manager'), async (c) => {
      const { t, db, actor } = c.var
      const form = await readForm(c, associateSchema)
      if (!form.ok) return numbersPage(c, listShared, { associate: form })
      const result = await associateNumber(db, actor, form.value)
      if (!result.ok) {
        const [field, text] =
          result.refusal === 'already'
            ? (['number', t('customers.associate.already')] as const)
            : (['proof', t('customers.associate.unknown')] as const)
        return numbersPage(c, listShared, { associate: refused(form, field, text) })
      }
      leaveFlash(c, 'success', t('customers.associate.done', { number: form.value.number }))
      return c.redirect(urls.customers.numbers.to(), 303)
    })
    .post(urls.customers.claim.pattern, allow('manager'), async (c) => {
      const { t, db, actor, config } = c.var
      const form = await readForm(c, claimSchema)
      if (!form.ok) return numbersPage(c, listShared, { claim: form })
      const { claimed_number: number, explanation } = form.value
      const result = await claimNumber(db, actor, { number, explanation }, config)
      if (!result.ok) {
        const text = t(result.refusal === 'already' ? 'customers.associate.already' : 'customers.claim.open')
        return numbersPage(c, listShared, { claim: refused(form, 'claimed_number', text) })
      }
      leaveFlash(c, 'success', t('customers.claim.done', { request: result.request }))
      return c.redirect(urls.requests.show.to({ request: result.request }), 303)
    })
    .get(urls.customers.remove.pattern, allow('manager'), async (c) => {
      const { t, db, actor } = c.var
      const customer = await findAssociated(db, actor, c.req.param('customer'))
      if (!customer) throw new AppError('not_found')
      const back = { text: t('customers.numbers.title'), href: urls.customers.numbers.to() }
      const title = t('customers.remove.title', { number: customer.number })
      return c.html(
        <Page shell={shellFor(c)} title={title} breadcrumb={[back]} narrow>
          <RemoveBody t={t} customer={customer} />
        </Page>,
      )
    })
    .post(urls.customers.remove.pattern, allow('manager'), async (c) => {
      const { customer: number } = c.req.param()
      await removeNumber(c.var.db, c.var.actor, number)
      leaveFlash(c, 'success', c.var.t('customers.remove.done', { number }))
      return c.redirect(urls.customers.numbers.to(), 303)
    })
}

async function numbersPage(
  c: Context<Env>,
  listShared: SharedNumbers,
  forms: { associate?: FormState; claim?: FormState },
) {
  const { t, format, db, actor, config } = c.var
  const after = c.req.query('after')?.replaceAll('\0', '').slice(0, longestNumber)
  const isRefused = [forms.associate, forms.claim].some((form) => form && Object.keys(form.errors).length > 0)
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('customers.numbers.title')}
      lead={t('customers.numbers.lead')}
      tabs={accountTabs(c)}
      refused={isRefused}
      live
    >
      <NumbersBody
        {...{ t, format }}
        page={await listNumbers(db, actor, after)}
        shared={await listShared(db, actor)}
        vendor={config.vendor.name}
        mayManage={isAtLeast(actor, 'manager')}
        associate={forms.associate ?? emptyForm}
        claim={forms.claim ?? emptyForm}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}
