import { type Context, Hono } from 'hono'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import { acceptUpTo } from '../platform/http/body-limit.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, refused } from '../platform/http/form.ts'
import { uuidv7 } from '../platform/ids.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { withKind } from './end-request.ts'
import { largestForm } from './file-rules.ts'
import { getFile, listFiles } from './files.ts'
import type { AnyRequestKind } from './kinds.ts'
import { listMessages } from './messages.ts'
import { RequestBody } from './pages/request-page.tsx'
import { getRequest } from './queries.ts'
import { personOf, readerOf } from './reader.ts'
import { filesField, receiveForm } from './receive-form.ts'
import { writingTo } from './rules.ts'
import { beforeSchema, messageSchema } from './schemas.ts'
import { sendFile } from './send-file.ts'
import { adminWeb } from './web-admin.tsx'
import { answersWeb } from './web-answers.tsx'
import { queueWeb } from './web-queue.tsx'
import { withdrawRequest } from './withdraw-request.ts'
import { mayWrite, writeMessage } from './write-message.ts'

/** The pages about service requests: for those who ask, and for operators who decide. */
export function requestsWeb(kinds: readonly AnyRequestKind[]) {
  return new Hono<PublicEnv>()
    .route('/', ownWeb(kinds))
    .route('/', queueWeb)
    .route('/', adminWeb(kinds))
    .route('/', answersWeb)
}

/** Whoever asked may work for no organization: who may see a request is for its query to say. */
function ownWeb(kinds: readonly AnyRequestKind[]) {
  return new Hono<PublicEnv>()
    .get(urls.requests.show.pattern, allow('signed_in'), (c) => requestPage(c, kinds, {}))
    .post(urls.requests.messages.pattern, allow('signed_in'), acceptUpTo(largestForm), async (c) => {
      const { db } = c.var
      const person = personOf(c)
      const request = await getRequest(db, c.req.param('request'), person)
      if (!mayWrite(person, request)) throw new AppError('forbidden')
      return receiveForm(c, messageSchema, person, async (form, files) => {
        return form.ok ? sendMessage(c, kinds, form, files) : requestPage(c, kinds, { form })
      })
    })
    .get(urls.requests.file.pattern, allow('signed_in'), async (c) => {
      const { request, attachment } = c.req.param()
      const { id } = await getRequest(c.var.db, request, personOf(c))
      return sendFile(c, await getFile(c.var.db, id, attachment, { staff: false }))
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

type MessageForm = FormState & { value: { body: string; message_id: string } }

async function sendMessage(
  c: Context<PublicEnv>,
  kinds: readonly AnyRequestKind[],
  form: MessageForm,
  files: string[],
) {
  const { t, db, config } = c.var
  const number = c.req.param('request') ?? ''
  const written = await writeMessage({ db, config }, personOf(c), { number, ...form.value, files })
  if (!written.ok) {
    const [field, text] =
      written.refusal === 'ended'
        ? (['body', t('requests.messages.ended')] as const)
        : ([filesField, t('requests.files.full')] as const)
    return requestPage(c, kinds, { form: refused(form, field, text) })
  }
  leaveFlash(c, 'success', t(written.reopened ? 'requests.messages.reopened' : 'requests.messages.sent'))
  return c.redirect(`${urls.requests.show.to({ request: number })}#messages`, 303)
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
        files={await listFiles(db, request.id, { staff: false })}
        fileHref={({ id }) => urls.requests.file.to({ request: request.number, attachment: id })}
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
