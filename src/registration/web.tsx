import { Hono } from 'hono'
import type { Env } from '../platform/http/env.ts'
import { confirmationWeb } from './web-confirmation.tsx'
import { detailsWeb } from './web-details.tsx'
import { purchasesWeb } from './web-purchases.tsx'
import { serialsWeb } from './web-serials.tsx'
import { verificationWeb } from './web-verification.tsx'

/** New Purchase over HTTP: one file per step. */
export const registrationWeb = new Hono<Env>()
  .route('/', serialsWeb)
  .route('/', purchasesWeb)
  .route('/', detailsWeb)
  .route('/', verificationWeb)
  .route('/', confirmationWeb)
