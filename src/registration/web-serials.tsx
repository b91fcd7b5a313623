import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { suggestSerials } from '../licenses/index.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import { acceptUpTo } from '../platform/http/body-limit.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { type Added, addSerials } from './add-serials.ts'
import type { CompletionRefusal } from './complete-registration.ts'
import { asksHost } from './details-form.ts'
import { discardDraft } from './discard-draft.ts'
import type { SerialRow } from './pages/outcome.tsx'
import { type SerialList, SerialsPage } from './pages/serials-page.tsx'
import type { AssessedRow, Plan } from './plan-registration.ts'
import { type Draft, listOpenDrafts } from './queries.ts'
import { readPlan } from './read-plan.ts'
import { readSerialFile } from './read-serial-file.ts'
import { removeRefusedSerials, removeSerials, separateSerial } from './remove-serials.ts'
import { isAccepted, maySee } from './rules.ts'
import { mostSerials } from './schemas.ts'
import { openDraft, showStep } from './show-step.tsx'
import { startDraft } from './start-draft.ts'

/** Ten thousand serial numbers as a workbook with some columns around them. */
const uploadSize = 8 * 1024 * 1024
const rowsOnPage = 100

const addSchema = z.object({ serials: z.string().max(1_000_000).default('') })
const serialSchema = z.object({ serial: z.string().min(1).max(40) })
const removeSchema = z.object({
  serial: z.string().max(40).optional(),
  instead: z.string().max(40).optional(),
  all_refused: z.literal('on').optional(),
})

export const serialsWeb = new Hono<Env>()
  .get(urls.registration.start.pattern, allow('manager'), (c) => startPage(c, emptyForm))
  .post(urls.registration.drafts.pattern, allow('manager'), acceptUpTo(uploadSize), async (c) => {
    const read = await readSerialsForm(c)
    if ('refused' in read) return startPage(c, read.refused)
    const draft_id = await startDraft(c.var.db, c.var.actor)
    const result = await addSerials(c.var.db, c.var.actor, { draft_id, text: read.text })
    if (result.ok) return added(c, draft_id, result)
    await discardDraft(c.var.db, c.var.actor, draft_id)
    return startPage(c, refusedAdd(c, read.form, result.refusal))
  })
  .get(urls.registration.serials.pattern, allow('manager'), async (c) => {
    const open = await openDraft(c)
    return 'elsewhere' in open ? open.elsewhere : serialsPage(c, open.draft, emptyForm)
  })
  .post(urls.registration.serials.pattern, allow('manager'), acceptUpTo(uploadSize), async (c) => {
    const open = await openDraft(c)
    if ('elsewhere' in open) return open.elsewhere
    const { draft } = open
    const read = await readSerialsForm(c)
    if ('refused' in read) return serialsPage(c, draft, read.refused)
    const result = await addSerials(c.var.db, c.var.actor, { draft_id: draft.id, text: read.text })
    if (!result.ok) return serialsPage(c, draft, refusedAdd(c, read.form, result.refusal))
    return added(c, draft.id, result)
  })
  .post(urls.registration.removeSerial.pattern, allow('manager'), async (c) => {
    const open = await openDraft(c)
    if ('elsewhere' in open) return open.elsewhere
    const draft_id = open.draft.id
    const { db, actor, t } = c.var
    const { serial, instead, all_refused } = pressed(await readForm(c, removeSchema))
    const serials = serial === undefined ? [] : [serial]
    const count = all_refused
      ? await removeRefusedSerials(db, actor, draft_id)
      : await removeSerials(db, actor, { draft_id, serials })
    if (instead) await addSerials(db, actor, { draft_id, text: instead })
    else leaveFlash(c, 'success', t('registration.serials.removed', { count }))
    return c.redirect(urls.registration.serials.to({ draft: draft_id }), 303)
  })
  .post(urls.registration.separateSerial.pattern, allow('manager'), async (c) => {
    const open = await openDraft(c)
    if ('elsewhere' in open) return open.elsewhere
    const draft_id = open.draft.id
    const { serial } = pressed(await readForm(c, serialSchema))
    await separateSerial(c.var.db, c.var.actor, { draft_id, serial })
    leaveFlash(c, 'success', c.var.t('registration.serials.separated', { serial }))
    return c.redirect(urls.registration.serials.to({ draft: draft_id }), 303)
  })
  .post(urls.registration.discard.pattern, allow('manager'), async (c) => {
    const open = await openDraft(c)
    if ('elsewhere' in open) return open.elsewhere
    await discardDraft(c.var.db, c.var.actor, open.draft.id)
    leaveFlash(c, 'success', c.var.t('registration.discarded'))
    return c.redirect(urls.registration.start.to(), 303)
  })

/** These forms have buttons only: whoever sends something else did not press one. */
function pressed<V>(form: { ok: true; value: V } | { ok: false }): V {
  if (!form.ok) throw new AppError('invalid')
  return form.value
}

async function readSerialsForm(c: Context<Env>): Promise<{ text: string; form: FormState } | { refused: FormState }> {
  const { t } = c.var
  const form = await readForm(c, addSchema)
  if (!form.ok) return { refused: form }
  const { file } = form.files
  if (!file || file.size === 0) {
    if (form.value.serials.trim()) return { text: form.value.serials, form }
    return { refused: refused(form, 'serials', t('registration.serials.required')) }
  }
  const listed = await readSerialFile(new Uint8Array(await file.arrayBuffer()))
  if (listed === undefined) return { refused: refused(form, 'file', t('registration.serials.unreadable')) }
  return { text: `${form.value.serials}\n${listed}`, form }
}

function refusedAdd(c: Context<Env>, form: FormState, refusal: 'nothing_found' | 'too_many' | 'too_many_unknown') {
  const { t, format } = c.var
  const max = format.number(mostSerials)
  const text =
    refusal === 'too_many' ? t('registration.serials.too_many', { max }) : t(`registration.serials.${refusal}`)
  return refused(form, 'serials', text)
}

function added(c: Context<Env>, draft_id: string, { added, repeated, words }: Added) {
  const { t } = c.var
  const [serial = ''] = repeated
  const parts = [t('registration.serials.added', { added })]
  if (repeated.length > 0) parts.push(t('registration.serials.repeated', { count: repeated.length, serial }))
  if (words > 0) parts.push(t('registration.serials.words', { count: words }))
  leaveFlash(c, 'success', parts.join(' '))
  return c.redirect(urls.registration.serials.to({ draft: draft_id }), 303)
}

async function startPage(c: Context<Env>, form: FormState) {
  const { t, format, db, actor, config } = c.var
  const open = await listOpenDrafts(db, actor, 20, 'purchase')
  const { support_email } = config
  return showStep(
    c,
    { title: t('registration.title'), lead: t('registration.lead'), form },
    <SerialsPage {...{ t, format, form, open, support_email }} list={undefined} problem={undefined} />,
  )
}

async function serialsPage(c: Context<Env>, draft: Draft, form: FormState) {
  const { t, format, db, actor, config } = c.var
  const plan = await readPlan(db, actor, draft)
  const list = await listOf(c, draft, plan)
  const { support_email } = config
  const asked = c.req.query('problem') ?? draft.refusal
  return showStep(
    c,
    { title: t('registration.step.serials'), lead: t('registration.lead'), form, live: list.moreHref !== undefined },
    <SerialsPage {...{ t, format, form, list, support_email }} open={[]} problem={problemOf(c, asked, list)} />,
  )
}

/** Why the wizard came back to this step; only what still holds. */
function problemOf(c: Context<Env>, code: string | null, { ready, refused }: SerialList): string | undefined {
  const { t, config } = c.var
  switch (code as CompletionRefusal | null) {
    case 'refused_serials':
      return refused > 0 ? t('registration.serials.refused', { count: refused }) : undefined
    case 'empty':
      return ready + refused === 0 ? t('registration.serials.none_yet') : undefined
    case 'taken':
      return t('registration.refusal.taken')
    case 'pool_empty':
      return t('registration.refusal.pool_empty', { email: config.support_email })
    default:
      return undefined
  }
}

/** One page of the list, by keyset of the position. */
async function listOf(c: Context<Env>, draft: Draft, plan: Plan): Promise<SerialList> {
  const only_refused = c.req.query('show') === 'refused'
  const after = Number(c.req.query('after') ?? 0) || 0
  const shown = plan.rows.filter((row) => row.position > after && (!only_refused || !isAccepted(row.outcome)))
  const page = shown.slice(0, rowsOnPage)
  const unknown = page.filter((row) => row.outcome === 'not_found').map((row) => row.serial)
  const suggestions = await suggestSerials(c.var.db, c.var.actor, unknown)
  const names = { draft: draft.id }
  const next = { show: only_refused ? 'refused' : undefined, after: page.at(-1)?.position }
  const isEntered = draft.details.registered_to !== null && plan.licenses.every(({ problem }) => !problem)
  return {
    draft_id: draft.id,
    rows: page.map((row) => rowOf(row, suggestions)),
    ready: plan.licenses.length,
    refused: plan.rows.length - plan.licenses.length,
    only_refused,
    moreHref: shown.length > page.length ? urls.registration.serials.to(names, next) : undefined,
    nextHref: (isEntered ? urls.registration.verify : urls.registration.details).to(names),
  }
}

function rowOf({ serial, outcome, license }: AssessedRow, suggestions: Map<string, string>): SerialRow {
  const seen = maySee(outcome) ? license : null
  return {
    serial,
    outcome,
    product: seen && `${seen.product.name} ${seen.product.version}`,
    quantity: seen?.quantity ?? null,
    suggestion: suggestions.get(serial) ?? null,
    movable: seen !== null && asksHost(seen.product),
  }
}
