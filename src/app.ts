/** The portal over HTTP: what every request passes, then every module. The only place that knows them all. */
import { Hono, type MiddlewareHandler } from 'hono'
import { except } from 'hono/combine'
import { compress } from 'hono/compress'
import { secureHeaders } from 'hono/secure-headers'
import { accountsWeb, readVisitor } from './accounts/index.ts'
import { answerError, answerNotFound } from './answer-error.tsx'
import { bulkWeb } from './bulk/index.ts'
import { customersWeb } from './customers/index.ts'
import { delegationWeb, partnerWeb, readActing } from './delegation/index.ts'
import { deploymentsWeb } from './deployments/index.ts'
import { doctorPolicy, doctorWeb } from './doctor/index.ts'
import { releasesAdminWeb, softwareFilesWeb, softwareWeb } from './downloads/index.ts'
import { fieldsWeb } from './fields/index.ts'
import { helpWeb } from './help/index.ts'
import { homeWeb } from './home/index.ts'
import { keysWeb } from './keys/index.ts'
import { optionReasons } from './license-options.ts'
import { addressWeb, licenseArms, licensesWeb } from './licenses/index.ts'
import { mailboxWeb } from './mailbox/index.ts'
import { organizationsWeb } from './organizations/index.ts'
import { logAccess } from './platform/http/access-log.ts'
import { assetsWeb } from './platform/http/assets.ts'
import { limitBody } from './platform/http/body-limit.ts'
import { brandWeb } from './platform/http/brand.ts'
import { keepPrivate } from './platform/http/caching.ts'
import type { PublicEnv } from './platform/http/env.ts'
import { readFlash } from './platform/http/flash.ts'
import { operationsWeb, type Readiness } from './platform/http/operations.ts'
import { preferVisitor, readPreferences } from './platform/http/preferences.ts'
import { describeRequest } from './platform/http/request.ts'
import { requireSameOrigin } from './platform/http/same-origin.ts'
import { shedLoad } from './platform/http/shed-load.ts'
import type { Services } from './platform/services.ts'
import { registrationWeb } from './registration/index.ts'
import { remindersWeb } from './reminders/index.ts'
import { requestKinds } from './request-kinds.ts'
import { requestsWeb } from './requests/index.ts'
import { serviceWeb } from './service/index.ts'
import { listSharedNumbers, sharingWeb } from './sharing/index.ts'
import { successionWeb } from './succession/index.ts'
import { transfersWeb } from './transfers/index.ts'
import { campaignsWeb, upgradesOf, upgradesWeb } from './upgrades/index.ts'
import { urls } from './urls.ts'
import { validationApi } from './validation/index.ts'

const aloneReady: Readiness = { stopping: false, worker: undefined }

/** Makes the portal's request handler. `readiness` is what /readyz tells about the process around it. */
export function createApp(services: Services, readiness: Readiness = aloneReady): Hono<PublicEnv> {
  const { config, metrics } = services
  const app = new Hono<PublicEnv>()
  app.onError(answerError)
  app.notFound((c) => answerNotFound(app, c))
  app.use(describeRequest(services), readPreferences, logAccess(metrics))
  const shed = shedLoad(config.max_concurrent_requests, metrics)
  // Programs come without cookies: nothing below is for them, and there is nothing that another site could ride on.
  app.use('/api/*', protectData(config.base_url), shed)
  app.route('/', validationApi(services))
  app.all('/api/*', (c) => answerNotFound(app, c))
  app.use(urls.doctor.pattern, doctorPolicy)
  // A mail is shown in a frame and has its own, stricter policy.
  app.use(except(urls.dev.mailHtml.pattern, protect(config.base_url)))
  app.use(shed)
  app.route('/', operationsWeb(services, readiness))
  app.route('/', assetsWeb)
  app.route('/', brandWeb(config.vendor))
  app.route('/', keysWeb)
  app.route('/', softwareFilesWeb(services))

  app.use(
    compress({ encoding: 'gzip' }),
    // A mail program that unsubscribes has no origin; the sealed address says whose mails end.
    except(
      urls.reminders.unsubscribe.pattern,
      requireSameOrigin((origin, c) => isOurs(origin, config, c.req.url)),
    ),
    limitBody,
    keepPrivate,
    readFlash,
  )
  app.use(readVisitor, preferVisitor, readActing)

  app.route('/', accountsWeb)
  app.route('/', organizationsWeb)
  app.route('/', homeWeb)
  app.route('/', licensesWeb(optionReasons, upgradesOf))
  app.route('/', fieldsWeb)
  app.route('/', deploymentsWeb)
  app.route('/', softwareWeb)
  app.route('/', releasesAdminWeb)
  app.route('/', helpWeb)
  app.route('/', doctorWeb)
  app.route('/', bulkWeb)
  app.route('/', registrationWeb)
  app.route('/', upgradesWeb(config))
  app.route('/', serviceWeb)
  app.route('/', requestsWeb(requestKinds))
  app.route('/', campaignsWeb)
  app.route('/', customersWeb(listSharedNumbers))
  app.route('/', sharingWeb)
  app.route('/', transfersWeb)
  app.route('/', delegationWeb)
  app.route('/', partnerWeb)
  app.route('/', successionWeb)
  app.route('/', addressWeb)
  app.route('/', remindersWeb(licenseArms))
  app.route('/', mailboxWeb)
  return app
}

/** Development answers under every name of this machine; production under one. */
function isOurs(origin: string, { base_url, production }: Services['config'], url: string): boolean {
  return origin === new URL(base_url).origin || (!production && origin === new URL(url).origin)
}

/** No inline script or style, nothing from elsewhere, in no frame; forms keep their `Origin` (`same-origin`). */
function protect(base_url: string) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: isSecure(base_url) ? httpsOnly : false,
    permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [] },
  })
}

/** Answers that are no pages: what a browser must not make of them. A tenth of the cost of what pages are told. */
function protectData(base_url: string): MiddlewareHandler {
  return async (c, next) => {
    c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    c.header('x-content-type-options', 'nosniff')
    if (isSecure(base_url)) c.header('strict-transport-security', httpsOnly)
    await next()
  }
}

const httpsOnly = 'max-age=31536000'

function isSecure(base_url: string): boolean {
  return base_url.startsWith('https:')
}
