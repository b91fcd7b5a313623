import { type Context, Hono } from 'hono'
import { isOperator } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { type Decided, decideRequest } from './decide-request.ts'
import { withKind } from './end-request.ts'
import type { AnyRequestKind, ServiceRequest } from './kinds.ts'
import { AdminHomeBody } from './pages/admin-home-page.tsx'
import { DecideBody } from './pages/decide-page.tsx'
import { QueueBody } from './pages/queue-page.tsx'
import { countQueue, getRequest, listQueue } from './queries.ts'
import { readerOf } from './reader.ts'
import { decidingRoles } from './rules.ts'
import { decisionSchema, queueQuerySchema, takeSchema } from './schemas.ts'
import { takeRequest } from './take-request.ts'

/** The operators' pages. */
export function adminWeb(kinds: readonly AnyRequestKind[]) {
  return new Hono<OperatorEnv>()
    .get(urls.admin.home.pattern, allow('operator'), async (c) => {
      const { t, format, db, actor } = c.var
      const counts = await countQueue(db, actor)
      return c.html(
        <Page shell={shellFor(c)} title={t('requests.admin.title')} lead={t('requests.admin.lead')}>
          <AdminHomeBody {...{ t, format, counts, actor }} />
        </Page>,
      )
    })
    .get(urls.admin.requests.pattern, allow('operator'), async (c) => {
      const { t, db, actor } = c.var
      const query = queueQuerySchema.parse(c.req.query())
      const assignee = query.assignee === 'me' ? actor.user_id : query.assignee
      const page = await listQueue(db, { ...query, assignee })
      return c.html(
        <Page shell={shellFor(c)} title={t('requests.queue.title')} lead={t('requests.queue.lead')} live>
          <QueueBody reader={readerOf(c)} page={page} query={query} />
        </Page>,
      )
    })
    .get(urls.admin.request.pattern, allow('operator'), (c) => decidePage(c, kinds, emptyForm))
    .post(urls.admin.takeRequest.pattern, allow(decidingRoles), async (c) => {
      const { t, db, actor, config } = c.var
      const { request: number } = c.req.param()
      const form = await readForm(c, takeSchema)
      if (!form.ok) throw new AppError('malformed')
      const taken = await takeRequest(db, actor, { number, ...form.value }, config)
      if (taken.ok) return toRequest(c, number, t('requests.take.done', { number }))
      const request = await getRequest(db, number)
      if (taken.refusal === 'decided') return decidePage(c, kinds, refused(emptyForm, 'form', endedText(c, request)))
      const name = request.assignee_name ?? t('requests.queue.none')
      return decidePage(c, kinds, refused(emptyForm, 'form', t('requests.take.changed', { name })))
    })
    .post(urls.admin.decideRequest.pattern, allow(decidingRoles), async (c) => {
      const { t, db, actor, config } = c.var
      const { request: number } = c.req.param()
      const form = await readForm(c, decisionSchema)
      if (!form.ok) return decidePage(c, kinds, form)
      const decided = await decideRequest({ config, db }, actor, { number, ...form.value }, kinds)
      if (!decided.ok) return decidePage(c, kinds, refused(form, 'form', refusalText(c, decided)))
      return toRequest(c, number, t(`requests.decide.done.${form.value.decision}`, { number }))
    })
}

function toRequest(c: Context<OperatorEnv>, request: string, text: string) {
  leaveFlash(c, 'success', text)
  return c.redirect(urls.admin.request.to({ request }), 303)
}

function refusalText(c: Context<OperatorEnv>, decided: Exclude<Decided, { ok: true }>): string {
  if (decided.refusal === 'decided') return endedText(c, decided.request)
  const { t } = c.var
  // A kind's own texts stand alone.
  return t(decided.text as 'requests.decide.reason_missing')
}

/** Who came first, and when. */
function endedText(c: Context<OperatorEnv>, request: ServiceRequest): string {
  const { t, format } = c.var
  const { state, decided_at, decider_name, organization_name } = request
  const name = decider_name ?? organization_name
  const when = decided_at ? format.moment(decided_at) : ''
  if (state === 'withdrawn') return t('requests.decide.withdrawn', { name, when })
  return t(state === 'accepted' ? 'requests.decide.accepted' : 'requests.decide.refused', { name, when })
}

async function decidePage(c: Context<OperatorEnv>, kinds: readonly AnyRequestKind[], form: FormState) {
  const { t, format, locale, db, actor, config } = c.var
  const { kind, request } = withKind(kinds, await getRequest(db, c.req.param('request') ?? ''))
  const reading = { db, t, format, locale, now: actor.now }
  const facts = [...(await kind.facts(reading, request)), ...((await kind.decisionFacts?.(reading, request)) ?? [])]
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
        {...{ reader: readerOf(c), request, facts, form, user_id: actor.user_id }}
        vendor={config.vendor.name}
        mayDecide={isOperator(actor, decidingRoles)}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}
