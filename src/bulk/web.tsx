import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { activeSigner, licenseFilesZip, licenseKeysCsv } from '../keys/index.ts'
import { catalogQuerySchema } from '../licenses/index.ts'
import { isAtLeast } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import { acceptUpTo } from '../platform/http/body-limit.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { type Asking, type OutcomeCode, outcomeCodes } from './action.ts'
import { findAction } from './actions.ts'
import { keysOf, reportCsv } from './download-keys.ts'
import { ResultPage, RunningPage } from './pages/bulk-page.tsx'
import { ActionPage, ChoosePage } from './pages/choose-page.tsx'
import { StartPage } from './pages/start-page.tsx'
import { type Bulk, countOutcomes, getBulk, listBulkRows, listBulks } from './queries.ts'
import { mostLines, readList } from './read-list.ts'
import { startBulkFromChosen, startBulkFromList, startBulkFromQuery } from './start-bulk.ts'
import { cancelBulk, checkBulk, continueBulk, runBulk } from './submit-bulk.ts'
import { workOnBulk } from './work-on-bulk.ts'

/** A hundred thousand serial numbers as a workbook with some columns around them. */
const uploadSize = 20 * 1024 * 1024
const onPage = 50
/** A job that has not moved for so long may be started again. */
const stalledAfter = 3 * 60_000

const startSchema = z.object({
  license: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .transform((chosen) => chosen.filter(Boolean)),
  query: z.string().max(20_000).default(''),
  /** Which button of the catalog was pressed: the rows chosen in it, or all that its question finds. */
  choose: z.enum(['selected', 'all']).optional(),
  serials: z.string().max(5_000_000).default(''),
})
const runSchema = z.object({ revision: z.coerce.number().int() })
const showSchema = z.object({
  action: z.string().optional().catch(undefined),
  choose: z.string().optional().catch(undefined),
  outcome: z.enum(outcomeCodes).optional().catch(undefined),
  after: z.coerce.number().int().min(0).max(1_000_000).catch(0),
})

export const bulkWeb = new Hono<Env>()
  .get(urls.bulk.start.pattern, allow('downloader'), (c) => startPage(c, emptyForm))
  .post(urls.bulk.start.pattern, allow('downloader'), acceptUpTo(uploadSize), async (c) => {
    const form = await readForm(c, startSchema)
    if (!form.ok) return startPage(c, form)
    const started = await start(c, form.value, form.files.file)
    if (started.ok) return c.redirect(urls.bulk.show.to({ bulk: started.bulk_id }), 303)
    const max = c.var.format.number(mostLines)
    return startPage(c, refused(form, 'serials', c.var.t(`bulk.start.${started.refusal}`, { max } as never)))
  })
  .get(urls.bulk.show.pattern, allow('downloader'), async (c) => show(c, await bulkOf(c)))
  .post(urls.bulk.check.pattern, allow('manager'), async (c) => {
    const bulk = await bulkOf(c)
    const form = await readForm(c, z.object({ action: z.string() }))
    const action = findAction(form.ok ? form.value.action : null)
    if (!action) throw new AppError('invalid')
    if (action.needs_columns && bulk.columns.length === 0) throw new AppError('invalid')
    const read = await action.read(askingOf(c, bulk), form.values)
    if (!read.ok) return actionPage(c, bulk, action.name, { values: form.values, errors: read.errors })
    const { by_job } = await checkBulk(c.var.db, c.var.actor, {
      bulk_id: bulk.id,
      action: action.name,
      input: read.input,
    })
    return goOn(c, bulk, by_job)
  })
  .post(urls.bulk.run.pattern, allow('manager'), async (c) => {
    const { db, actor, t } = c.var
    const bulk = await bulkOf(c)
    const form = await readForm(c, runSchema)
    if (!form.ok) throw new AppError('invalid')
    if (isStalled(c, bulk)) await continueBulk(db, actor, bulk.id)
    if (bulk.state === 'checking') return c.redirect(urls.bulk.show.to({ bulk: bulk.id }), 303)
    const result = await runBulk(db, actor, { bulk_id: bulk.id, revision: form.value.revision })
    if (result.ok) return goOn(c, bulk, result.by_job)
    leaveFlash(c, 'danger', t('bulk.changed'))
    return c.redirect(urls.bulk.show.to({ bulk: bulk.id }), 303)
  })
  .post(urls.bulk.cancel.pattern, allow('downloader'), async (c) => {
    const bulk = await bulkOf(c)
    if (await cancelBulk(c.var.db, c.var.actor, bulk.id)) return c.redirect(urls.bulk.show.to({ bulk: bulk.id }), 303)
    leaveFlash(c, 'success', c.var.t('bulk.discarded'))
    return c.redirect(urls.bulk.start.to(), 303)
  })
  .get(urls.bulk.report.pattern, allow('downloader'), async (c) => {
    const bulk = await bulkOf(c)
    return download(reportCsv(c.var.db, bulk, c.var.t), 'text/csv; charset=utf-8', 'report.csv')
  })
  .get(urls.bulk.keys.pattern, allow('downloader'), async (c) => {
    const bulk = await bulkOf(c)
    const csv = licenseKeysCsv(keysOf(c.var.db, c.var.actor, bulk, false), c.var.t)
    return download(csv, 'text/csv; charset=utf-8', 'license-keys.csv')
  })
  .get(urls.bulk.files.pattern, allow('downloader'), async (c) => {
    const zip = licenseFilesZip(keysOf(c.var.db, c.var.actor, await bulkOf(c), true), c.var.actor.now)
    return download(zip, 'application/zip', 'license-files.zip')
  })

function bulkOf(c: Context<Env>): Promise<Bulk> {
  return getBulk(c.var.db, c.var.actor, c.req.param('bulk') ?? '')
}

type Start = z.output<typeof startSchema>

async function start(c: Context<Env>, { license, query, choose, serials }: Start, file?: File) {
  const { db, actor } = c.var
  // Nothing chosen is nothing, not all.
  if (choose === 'selected' || (!choose && license.length > 0)) return startBulkFromChosen(db, actor, license)
  if (choose === 'all' || query) {
    const question = new URLSearchParams(query.slice(query.indexOf('?') + 1))
    return startBulkFromQuery(db, actor, catalogQuerySchema.parse(Object.fromEntries(question)))
  }
  const bytes = file && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(serials)
  const list = await readList(bytes)
  return list.ok ? startBulkFromList(db, actor, list) : list
}

/** Few licenses are worked on at once, many by a job whose progress the page shows. */
async function goOn(c: Context<Env>, bulk: Bulk, by_job: boolean) {
  const { db, actor, config } = c.var
  if (!by_job) await workOnBulk(db, actor, bulk.id, { config, signer: await activeSigner(db, config) })
  return c.redirect(urls.bulk.show.to({ bulk: bulk.id }), 303)
}

function askingOf(c: Context<Env>, { columns }: Bulk): Asking {
  const { db, actor, t, format, locale } = c.var
  return { db, actor, t, format, locale, columns, searched: c.req.query('q')?.slice(0, 200) ?? '' }
}

/** Keys belong to nobody else: no cache may keep them. */
function download(body: ReadableStream<Uint8Array>, type: string, name: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  })
}

async function startPage(c: Context<Env>, form: FormState) {
  const { t, format, db, actor } = c.var
  const bulks = await listBulks(db, actor, onPage + 1, c.req.query('before'))
  const shown = bulks.slice(0, onPage)
  const moreHref = bulks.length > onPage ? urls.bulk.start.to({ before: shown.at(-1)!.id }) : undefined
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('bulk.title')}
      lead={t('bulk.lead')}
      breadcrumb={[{ text: t('ui.nav.licenses'), href: urls.licenses.catalog.to() }]}
      live={moreHref !== undefined}
      refused={isRefused}
    >
      <StartPage {...{ t, format, form, moreHref }} bulks={shown} />
    </Page>,
    isRefused ? 422 : 200,
  )
}

async function show(c: Context<Env>, bulk: Bulk) {
  const { action, choose, outcome, after } = showSchema.parse(c.req.query())
  const isOpen = bulk.state === 'new' || bulk.state === 'checked'
  const is_manager = isAtLeast(c.var.actor, 'manager')
  if (isOpen && is_manager && findAction(action)) return actionPage(c, bulk, action!, emptyForm)
  if (bulk.state === 'new' || (isOpen && choose)) return choosePage(c, bulk, is_manager)
  if (bulk.state === 'checking' || bulk.state === 'running') return runningPage(c, bulk)
  return resultPage(c, bulk, { outcome, after, is_manager })
}

async function choosePage(c: Context<Env>, bulk: Bulk, is_manager: boolean) {
  const { t, format, db } = c.var
  const found = bulk.total - ((await countOutcomes(db, bulk.id)).get('not_found') ?? 0)
  return page(c, { title: t('bulk.title.choose') }, <ChoosePage {...{ t, format, bulk, found, is_manager }} />)
}

async function actionPage(c: Context<Env>, bulk: Bulk, name: string, form: FormState) {
  const { t } = c.var
  const action = findAction(name)!
  const fields = await action.fields(askingOf(c, bulk))
  const isRefused = Object.keys(form.errors).length > 0
  const searched = c.req.query('q') ?? ''
  const body = <ActionPage {...{ t, bulk, action, form, fields, searched }} />
  return page(c, { title: t(action.title), lead: t(action.lead), narrow: true, refused: isRefused }, body)
}

function isStalled(c: Context<Env>, { state, updated_at }: Bulk): boolean {
  const isWorkedOn = state === 'checking' || state === 'running'
  return isWorkedOn && c.var.actor.now.getTime() - updated_at.getTime() > stalledAfter
}

function runningPage(c: Context<Env>, bulk: Bulk) {
  const { t, format } = c.var
  const title = t(findAction(bulk.action)?.title ?? 'bulk.title')
  const body = <RunningPage {...{ t, format, bulk }} stalled={isStalled(c, bulk)} />
  return page(c, { title, lead: t('bulk.progress.lead'), live: true, refreshSeconds: 2, narrow: true }, body)
}

async function resultPage(
  c: Context<Env>,
  bulk: Bulk,
  asked: { outcome: OutcomeCode | undefined; after: number; is_manager: boolean },
) {
  // The progress block asks for itself, and there is no more to show in it: htmx is told to leave.
  if (c.req.header('hx-request') && c.req.query('progress')) {
    c.header('hx-redirect', urls.bulk.show.to({ bulk: bulk.id }))
    return c.body(null, 204)
  }
  const { t, format, db } = c.var
  const action = findAction(bulk.action)
  const { outcome, after } = asked
  const rows = await listBulkRows(db, bulk, { after, outcome, limit: onPage + 1 })
  const shown = rows.slice(0, onPage)
  const next = { outcome, after: shown.at(-1)?.position }
  const moreHref = rows.length > onPage ? urls.bulk.show.to({ bulk: bulk.id }, next) : undefined
  const summary = action ? await action.summary(askingOf(c, bulk), bulk.input) : []
  const counts = await countOutcomes(db, bulk.id)
  return page(
    c,
    { title: t(action?.title ?? 'bulk.title'), live: moreHref !== undefined },
    <ResultPage {...{ t, format, bulk, summary, counts, moreHref }} {...asked} shown={outcome} rows={shown} />,
  )
}

type Frame = Omit<Parameters<typeof Page>[0], 'shell' | 'children' | 'breadcrumb'>

function page(c: Context<Env>, frame: Frame, body: Parameters<typeof Page>[0]['children']) {
  const { t } = c.var
  const breadcrumb = [
    { text: t('ui.nav.licenses'), href: urls.licenses.catalog.to() },
    { text: t('bulk.title'), href: urls.bulk.start.to() },
  ]
  return c.html(
    <Page shell={shellFor(c)} breadcrumb={breadcrumb} {...frame}>
      {body}
    </Page>,
    frame.refused ? 422 : 200,
  )
}
