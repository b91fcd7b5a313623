import { Hono } from 'hono'
import type { Env } from '../platform/http/env.ts'
import { addedWeb } from './web-added.tsx'
import { catalogWeb, type UpgradesOf } from './web-catalog.tsx'
import { certificateWeb } from './web-certificate.ts'
import { commentsWeb } from './web-comments.tsx'
import { contactsWeb } from './web-contacts.tsx'
import { licenseDetailsWeb, type OptionReasons } from './web-details.tsx'
import { exportWeb } from './web-export.ts'
import { searchesWeb } from './web-searches.tsx'

/**
 * The pages of licenses. `reasonsOf` says why entries of License Key Options that others stand behind are not possible,
 * `upgradesOf` which licenses can be upgraded.
 */
export function licensesWeb(reasonsOf: OptionReasons, upgradesOf: UpgradesOf): Hono<Env> {
  return new Hono<Env>()
    .route('/', exportWeb)
    .route('/', catalogWeb(upgradesOf))
    .route('/', searchesWeb)
    .route('/', addedWeb)
    .route('/', licenseDetailsWeb(reasonsOf))
    .route('/', certificateWeb)
    .route('/', commentsWeb)
    .route('/', contactsWeb)
}
