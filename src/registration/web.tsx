import { Hono } from 'hono'
import type { Env } from '../platform/http/env.ts'
import { purchaseWizard } from './purchase-wizard.ts'
import { completeDraft } from './submit-registration.ts'
import { confirmationWeb } from './web-confirmation.tsx'
import { detailsWeb } from './web-details.tsx'
import { purchasesWeb } from './web-purchases.tsx'
import { serialsWeb } from './web-serials.tsx'
import { verificationWeb } from './web-verification.tsx'
import type { Wizard } from './wizard.ts'

/** New Purchase over HTTP: one file per step. */
export const registrationWeb = new Hono<Env>()
  .route('/', serialsWeb)
  .route('/', purchasesWeb)
  .route('/', lastSteps(purchaseWizard, completeDraft))
  .route('/', confirmationWeb)

/** The steps of any wizard from Registration to its completion, which ends on License Key Confirmation. */
export function lastSteps(wizard: Wizard, job: typeof completeDraft): Hono<Env> {
  return new Hono<Env>().route('/', detailsWeb(wizard)).route('/', verificationWeb(wizard, job))
}
