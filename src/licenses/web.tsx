import { Hono } from 'hono'
import type { Env } from '../platform/http/env.ts'
import { addedWeb } from './web-added.tsx'
import { catalogWeb } from './web-catalog.tsx'
import { certificateWeb } from './web-certificate.ts'
import { commentsWeb } from './web-comments.tsx'
import { contactsWeb } from './web-contacts.tsx'
import { licenseDetailsWeb, type OptionReasons } from './web-details.tsx'
import { exportWeb } from './web-export.ts'
import { searchesWeb } from './web-searches.tsx'

/** The pages of licenses. `reasonsOf` says why entries of License Key Options that others stand behind are not possible. */
export function licensesWeb(reasonsOf: OptionReasons): Hono<Env> {
  return new Hono<Env>()
    .route('/', exportWeb)
    .route('/', catalogWeb)
    .route('/', searchesWeb)
    .route('/', addedWeb)
    .route('/', licenseDetailsWeb(reasonsOf))
    .route('/', certificateWeb)
    .route('/', commentsWeb)
    .route('/', contactsWeb)
}
