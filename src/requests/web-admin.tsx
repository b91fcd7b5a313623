import { type Context, Hono } from 'hono'
import { isOperator } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import { acceptUpTo } from '../platform/http/body-limit.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { isLocale, localeNames } from '../platform/i18n.ts'
import { uuidv7 } from '../platform/ids.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { listCannedAnswers, textFor } from './canned-answers.ts'
import { type Decided, decideRequest } from './decide-request.ts'
import { withKind } from './end-request.ts'
import { largestForm } from './file-rules.ts'
import { getFile, listFiles } from './files.ts'
import type { AnyRequest, AnyRequestKind, Chosen } from './kinds.ts'
import { listMessages } from './messages.ts'
import { DecideBody } from './pages/decide-page.tsx'
import { getRequest, listAssignees } from './queries.ts'
import { readerOf } from './reader.ts'
import { filesField, receiveForm } from './receive-form.ts'
import { decidingRoles } from './rules.ts'
import { answerSchema, beforeSchema, decisionSchema, takeSchema } from './schemas.ts'
import { sendFile } from './send-file.ts'
import { takeRequest } from './take-request.ts'
import { answerRequest } from './write-message.ts'

/** The operators' pages about one request. */
export function adminWeb(kinds: readonly AnyRequestKind[]) {
  return new Hono<OperatorEnv>()
    .get(urls.admin.request.pattern, allow('operator'), (c) => decidePage(c, kinds, emptyForm))
    .post(urls.admin.takeRequest.pattern, allow(decidingRoles), async (c) => {
      const { t, db, actor, config } = c.var
      const { request: number } = c.req.param()
      const form = await readForm(c, takeSchema)
      if (!form.ok) throw new AppError('malformed')
      const { revision, assignee = actor.user_id } = form.value
      const assignee_id = assignee === 'none' ? null : assignee
      const taken = await takeRequest(db, actor, { number, revision, assignee_id }, config)
      const request = await getRequest(db, number)
      if (taken.ok) return toRequest(c, number, takenText(c, request))
      if (taken.refusal === 'unable') {
        return decidePage(c, kinds, refused(emptyForm, 'form', t('requests.assign.unable')))
      }
      if (taken.refusal === 'decided') return decidePage(c, kinds, refused(emptyForm, 'form', endedText(c, request)))
      const name = request.assignee_name ?? t('requests.queue.none')
      return decidePage(c, kinds, refused(emptyForm, 'form', t('requests.take.changed', { name })))
    })
    .get(urls.admin.requestFile.pattern, allow('operator'), async (c) => {
      const { request, attachment } = c.req.param()
      const { id } = await getRequest(c.var.db, request)
      return sendFile(c, await getFile(c.var.db, id, attachment, { staff: true }))
    })
    .post(urls.admin.answerRequest.pattern, allow(decidingRoles), acceptUpTo(largestForm), (c) =>
      receiveForm(c, answerSchema, c.var.actor, async (form, files) => {
        if (form.values.use) return decidePage(c, kinds, await withCannedAnswer(c, form, files))
        return form.ok ? sendAnswer(c, kinds, form, files) : decidePage(c, kinds, form)
      }),
    )
    .post(urls.admin.decideRequest.pattern, allow(decidingRoles), acceptUpTo(largestForm), (c) =>
      receiveForm(c, decisionSchema, c.var.actor, async (form, files) => {
        const { t, db, actor, config } = c.var
        const { request: number } = c.req.param()
        // Files belong to a message; a decision has none, and nothing that was chosen is lost without a word.
        if (files.length > 0) return decidePage(c, kinds, refused(form, filesField, t('requests.answer.files_first')))
        if (!form.ok) return decidePage(c, kinds, form)
        const decision = { number, ...form.value, chosen: chosenIn(form) }
        const decided = await decideRequest({ config, db }, actor, decision, kinds)
        if (!decided.ok) return decidePage(c, kinds, refused(form, 'form', refusalText(c, decided)))
        return toRequest(c, number, t(`requests.decide.done.${form.value.decision}`, { number }))
      }),
    )
}

type AnswerForm = FormState & { value: { reason: string; message_id: string; internal: boolean } }

async function sendAnswer(
  c: Context<OperatorEnv>,
  kinds: readonly AnyRequestKind[],
  form: AnswerForm,
  files: string[],
) {
  const { t, db, actor, config } = c.var
  const number = c.req.param('request') ?? ''
  const { reason: body, ...message } = form.value
  const answered = await answerRequest({ config, db }, actor, { number, body, files, ...message })
  if (answered.ok) return toRequest(c, number, t(message.internal ? 'requests.answer.noted' : 'requests.answer.sent'))
  if (answered.refusal === 'files') return decidePage(c, kinds, refused(form, filesField, t('requests.files.full')))
  return decidePage(c, kinds, refused(form, 'form', endedText(c, await getRequest(db, number))))
}

/** What was typed, and below it the canned answer that was chosen; files must be chosen again. */
async function withCannedAnswer(c: Context<OperatorEnv>, { values }: FormState, files: string[]): Promise<FormState> {
  const { t, db, actor, config } = c.var
  const request = await getRequest(db, c.req.param('request') ?? '')
  const chosen = (await listCannedAnswers(db)).find(({ id }) => id === values.answer)
  const canned = chosen && textFor(chosen, request, { operator: actor.name, vendor: config.vendor.name })
  const reason = [values.reason, canned].filter(Boolean).join('\n\n')
  const form = { values: { ...values, reason, answer: '' }, errors: {} }
  return files.length > 0 ? refused(form, filesField, t('requests.files.again')) : form
}

function toRequest(c: Context<OperatorEnv>, request: string, text: string) {
  leaveFlash(c, 'success', text)
  return c.redirect(urls.admin.request.to({ request }), 303)
}

function refusalText(c: Context<OperatorEnv>, decided: Exclude<Decided, { ok: true }>): string {
  if (decided.refusal === 'decided') return endedText(c, decided.request)
  // A kind's own texts stand alone, with the values it gave them.
  const t = c.var.t as (key: string, values?: Record<string, string | number>) => string
  return t(decided.text, decided.values)
}

/** What was chosen to accept a request; which choices there are, its kind knows. */
function chosenIn({ values }: FormState): Chosen {
  const pairs = Object.entries(values).filter(([name]) => name.startsWith('chosen_'))
  return Object.fromEntries(pairs.map(([name, value]) => [name.slice('chosen_'.length), [value].flat()[0] ?? '']))
}

function takenText({ var: { t, actor } }: Context<OperatorEnv>, request: AnyRequest): string {
  const { number, assignee_id, assignee_name } = request
  if (assignee_id === actor.user_id) return t('requests.take.done', { number })
  return t('requests.assign.done', { number, name: assignee_name ?? t('requests.queue.none') })
}

/** Who came first, and when. */
function endedText(c: Context<OperatorEnv>, request: AnyRequest): string {
  const { t, format } = c.var
  const { state, decided_at, decider_name, organization_name } = request
  const name = decider_name ?? organization_name ?? t('requests.messages.gone')
  const when = decided_at ? format.moment(decided_at) : ''
  if (state === 'withdrawn') return t('requests.decide.withdrawn', { name, when })
  return t(state === 'accepted' ? 'requests.decide.accepted' : 'requests.decide.refused', { name, when })
}

async function decidePage(c: Context<OperatorEnv>, kinds: readonly AnyRequestKind[], form: FormState) {
  const { t, format, locale, db, actor, config } = c.var
  const { kind, request } = withKind(kinds, await getRequest(db, c.req.param('request') ?? ''))
  const reading = { db, t, format, locale, now: actor.now }
  const facts = [...(await kind.facts(reading, request)), ...((await kind.decisionFacts?.(reading, request)) ?? [])]
  const mayDecide = isOperator(actor, decidingRoles)
  const { messages, before } = await listMessages(db, request.id, { staff: true, ...beforeSchema.parse(c.req.query()) })
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('requests.title', { number: request.number })}
      lead={t(`requests.kind.${request.kind}`)}
      breadcrumb={[{ text: t('requests.queue.title'), href: urls.admin.requests.to() }]}
      refused={isRefused}
    >
      <DecideBody
        {...{ reader: readerOf(c, actor), request, facts, messages, form, mayDecide, user_id: actor.user_id }}
        files={await listFiles(db, request.id, { staff: true })}
        fileHref={({ id }) => urls.admin.requestFile.to({ request: request.number, attachment: id })}
        choices={request.state === 'open' && mayDecide ? ((await kind.choices?.(reading, request)) ?? []) : []}
        earlierHref={before && urls.admin.request.to({ request: request.number }, { before })}
        vendor={config.vendor.name}
        answers={mayDecide ? await listCannedAnswers(db) : []}
        assignees={await listAssignees(db)}
        message_id={uuidv7()}
        language={localeNames[isLocale(request.locale) ? request.locale : 'en']}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}
