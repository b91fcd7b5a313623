import { type Context, Hono } from 'hono'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { uuidv7 } from '../platform/ids.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { withKind } from './end-request.ts'
import type { AnyRequestKind } from './kinds.ts'
import { listMessages } from './messages.ts'
import { RequestBody } from './pages/request-page.tsx'
import { getRequest } from './queries.ts'
import { personOf, readerOf } from './reader.ts'
import { writingTo } from './rules.ts'
import { beforeSchema, messageSchema } from './schemas.ts'
import { adminWeb } from './web-admin.tsx'
import { withdrawRequest } from './withdraw-request.ts'
import { mayWrite, writeMessage } from './write-message.ts'

/** The pages about service requests: for those who ask, and for operators who decide. */
export function requestsWeb(kinds: readonly AnyRequestKind[]) {
  return new Hono<PublicEnv>().route('/', ownWeb(kinds)).route('/', adminWeb(kinds))
}

/** Whoever asked may work for no organization: who may see a request is for its query to say. */
function ownWeb(kinds: readonly AnyRequestKind[]) {
  return new Hono<PublicEnv>()
    .get(urls.requests.show.pattern, allow('signed_in'), (c) => requestPage(c, kinds, {}))
    .post(urls.requests.messages.pattern, allow('signed_in'), async (c) => {
      const { t, db, config } = c.var
      const person = personOf(c)
      const request = await getRequest(db, c.req.param('request'), person)
      const form = await readForm(c, messageSchema)
      if (!form.ok && mayWrite(person, request)) return requestPage(c, kinds, { form })
      const { body, message_id } = form.ok ? form.value : { body: '', message_id: '' }
      const written = await writeMessage({ db, config }, person, { number: request.number, body, message_id })
      if (!written.ok) return requestPage(c, kinds, { form: refused(form, 'body', t('requests.messages.ended')) })
      leaveFlash(c, 'success', t(written.reopened ? 'requests.messages.reopened' : 'requests.messages.sent'))
      return c.redirect(`${urls.requests.show.to({ request: request.number })}#messages`, 303)
    })
    .post(urls.requests.withdraw.pattern, allow('signed_in'), async (c) => {
      const { t, db, config } = c.var
      const { request } = c.req.param()
      const result = await withdrawRequest(db, personOf(c), request, kinds, config)
      if (!result.ok) {
        return requestPage(c, kinds, { withdrawal: refused(emptyForm, 'form', t('requests.withdraw.too_late')) })
      }
      leaveFlash(c, 'success', t('requests.withdraw.done', { number: request }))
      return c.redirect(urls.requests.show.to({ request }), 303)
    })
}

type Forms = { form?: FormState; withdrawal?: FormState }

async function requestPage(c: Context<PublicEnv>, kinds: readonly AnyRequestKind[], forms: Forms) {
  const { t, format, locale, db, config } = c.var
  const person = personOf(c)
  const found = await getRequest(db, c.req.param('request') ?? '', person)
  const { kind, request } = withKind(kinds, found)
  const facts = await kind.facts({ db, t, format, locale, now: person.now }, request)
  const { messages, before } = await listMessages(db, request.id, {
    staff: false,
    ...beforeSchema.parse(c.req.query()),
  })
  const { form = emptyForm, withdrawal = emptyForm } = forms
  const isRefused = [form, withdrawal].some(({ errors }) => Object.keys(errors).length > 0)
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('requests.title', { number: request.number })}
      lead={t(`requests.kind.${request.kind}`)}
      breadcrumb={[{ text: t('ui.nav.service'), href: urls.requests.list.to() }]}
      refused={isRefused}
    >
      <RequestBody
        {...{ reader: readerOf(c, person), request, facts, messages, form, withdrawal }}
        earlierHref={before && urls.requests.show.to({ request: request.number }, { before })}
        vendor={config.vendor.name}
        mayWrite={mayWrite(person, request)}
        writing={writingTo(request, person.now)}
        message_id={uuidv7()}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}
