import { type Context, Hono } from 'hono'
import { isAtLeast } from '../platform/actor.ts'
import { allow } from '../platform/http/access.ts'
import type { Env, PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { withKind } from './end-request.ts'
import type { AnyRequestKind } from './kinds.ts'
import { ListBody } from './pages/list-page.tsx'
import { RequestBody } from './pages/request-page.tsx'
import { getRequest, listOwnRequests } from './queries.ts'
import { readerOf } from './reader.ts'
import { listQuerySchema } from './schemas.ts'
import { adminWeb } from './web-admin.tsx'
import { withdrawRequest } from './withdraw-request.ts'

/** The pages about service requests: for those who ask, and for operators who decide. */
export function requestsWeb(kinds: readonly AnyRequestKind[]) {
  return new Hono<PublicEnv>().route('/', ownWeb(kinds)).route('/', adminWeb(kinds))
}

function ownWeb(kinds: readonly AnyRequestKind[]) {
  return new Hono<Env>()
    .get(urls.requests.list.pattern, allow('viewer'), async (c) => {
      const { t, db, actor } = c.var
      const { after } = listQuerySchema.parse(c.req.query())
      const page = await listOwnRequests(db, actor, after)
      return c.html(
        <Page shell={shellFor(c)} title={t('requests.list.title')} lead={t('requests.list.lead')} live>
          <ListBody reader={readerOf(c)} page={page} />
        </Page>,
      )
    })
    .get(urls.requests.show.pattern, allow('viewer'), (c) => requestPage(c, kinds, emptyForm))
    .post(urls.requests.withdraw.pattern, allow('manager'), async (c) => {
      const { t, db, actor, config } = c.var
      const { request } = c.req.param()
      const result = await withdrawRequest(db, actor, request, kinds, config)
      if (!result.ok) return requestPage(c, kinds, refused(emptyForm, 'form', t('requests.withdraw.too_late')))
      leaveFlash(c, 'success', t('requests.withdraw.done', { number: request }))
      return c.redirect(urls.requests.show.to({ request }), 303)
    })
}

async function requestPage(c: Context<Env>, kinds: readonly AnyRequestKind[], form: FormState) {
  const { t, format, locale, db, actor, config } = c.var
  const found = await getRequest(db, c.req.param('request') ?? '', actor)
  const { kind, request } = withKind(kinds, found)
  const facts = await kind.facts({ db, t, format, locale, now: actor.now }, request)
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('requests.title', { number: request.number })}
      lead={t(`requests.kind.${request.kind}`)}
      breadcrumb={[{ text: t('requests.list.title'), href: urls.requests.list.to() }]}
      refused={isRefused}
    >
      <RequestBody
        {...{ reader: readerOf(c), request, facts, form }}
        vendor={config.vendor.name}
        mayWithdraw={isAtLeast(actor, 'manager')}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}
