import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { readForm } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { PurchasesPage } from './pages/purchases-page.tsx'
import { countWaiting, listPurchases } from './purchases.ts'
import { mostSerials } from './schemas.ts'
import { showStep } from './show-step.tsx'
import { startFromPurchase } from './start-from-purchase.ts'

const purchasesOnPage = 20
const startSchema = z.object({ purchase: z.string().max(40) })

/** The inbox: what was bought under the organization's customer numbers and waits to be registered. */
export const purchasesWeb = new Hono<Env>()
  .get(urls.registration.purchases.pattern, allow('manager'), async (c) => {
    const { t, format, db, actor } = c.var
    const { rows, next } = await listPurchases(db, actor, { before: c.req.query('before'), size: purchasesOnPage })
    const waiting = await countWaiting(db, actor, mostSerials)
    return showStep(
      c,
      { title: t('registration.purchases.title'), lead: t('registration.purchases.lead'), live: next !== undefined },
      <PurchasesPage
        {...{ t, format, rows, waiting }}
        moreHref={next && urls.registration.purchases.to({ before: next })}
      />,
    )
  })
  .post(urls.registration.purchases.pattern, allow('manager'), async (c) => {
    const form = await readForm(c, startSchema)
    if (!form.ok) throw new AppError('invalid')
    const started = await startFromPurchase(c.var.db, c.var.actor, form.value.purchase)
    if (started.ok) return c.redirect(urls.registration.serials.to({ draft: started.draft_id }), 303)
    leaveFlash(c, 'danger', c.var.t('registration.purchases.nothing_waits'))
    return c.redirect(urls.registration.purchases.to(), 303)
  })
