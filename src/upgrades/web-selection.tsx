import { type Context, Hono } from 'hono'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import { acceptUpTo } from '../platform/http/body-limit.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { isUuid } from '../platform/ids.ts'
import { mostSerials, openDraft, showStep } from '../registration/index.ts'
import { urls } from '../urls.ts'
import { SelectionPage } from './pages/selection-page.tsx'
import { quantityRefusal } from './rules.ts'
import { selectionSchema } from './schemas.ts'
import { type Selected, selectAll, selectLicenses, selectNone } from './select-licenses.ts'
import {
  type Candidate,
  countChosen,
  getUpgradeDraft,
  listCandidates,
  readLeft,
  type UpgradeDraft,
} from './selection.ts'
import { closedText } from './texts.ts'
import { getPath } from './upgraded.ts'

const rowsOnPage = 100
/** Ten pages loaded one after the other, each license with its id twice and its quantity. */
const formSize = 2 * 1024 * 1024

/** Upgrade License Selection. What is checked is kept page by page, so that thousands can be chosen without script. */
export const selectionWeb = new Hono<Env>()
  .get(urls.upgrades.selection.pattern, allow('manager'), async (c) => {
    const open = await openDraft(c, 'upgrade')
    return 'elsewhere' in open ? open.elsewhere : selectionPage(c, open.draft.id, emptyForm)
  })
  .post(urls.upgrades.selection.pattern, allow('manager'), acceptUpTo(formSize), async (c) => {
    const open = await openDraft(c, 'upgrade')
    if ('elsewhere' in open) return open.elsewhere
    const { t, db, actor, config } = c.var
    const form = await readForm(c, selectionSchema)
    if (!form.ok) throw new AppError('invalid')
    const draft = await getUpgradeDraft(db, actor, open.draft.id, config)
    const { action, search } = form.value
    const here = urls.upgrades.selection.to({ draft: draft.id }, { search })
    if (action === 'none') {
      await selectNone(db, actor, draft)
      return c.redirect(here, 303)
    }
    if (action === 'all') return addAll(c, draft, search, here)

    const read = await readSelected(c, draft, form)
    if ('refused' in read) return selectionPage(c, draft.id, read.refused)
    const kept = await selectLicenses(db, actor, draft, { shown: form.value.shown, selected: read.selected })
    if (!kept.ok) {
      const max = String(mostSerials)
      const text = kept.refusal === 'too_many' ? t('upgrades.selection.full', { max }) : t('upgrades.selection.changed')
      return selectionPage(c, draft.id, refused(form, 'form', text))
    }
    if (action === 'keep') {
      leaveFlash(c, 'success', t('upgrades.selection.kept'))
      return c.redirect(here, 303)
    }
    if ((await countChosen(db, draft.id)).licenses === 0) {
      return selectionPage(c, draft.id, refused(form, 'form', t('upgrades.selection.empty')))
    }
    return c.redirect(urls.upgrades.verify.to({ draft: draft.id }), 303)
  })

async function addAll(c: Context<Env>, draft: UpgradeDraft, text: string, here: string) {
  const { t, db, actor } = c.var
  const { added, complete } = await selectAll(db, actor, draft, { text })
  const said = t('upgrades.selection.added', { count: added })
  const full = complete ? '' : ` ${t('upgrades.selection.full', { max: String(mostSerials) })}`
  leaveFlash(c, complete ? 'success' : 'danger', said + full)
  return c.redirect(here, 303)
}

/** The checked licenses with their quantities, or the form with what is wrong beside each. */
async function readSelected(
  c: Context<Env>,
  draft: UpgradeDraft,
  form: FormState & { value: { license: string[] } },
): Promise<{ selected: Selected[] } | { refused: FormState }> {
  const { t, db, actor, format } = c.var
  const left = await readLeft(db, actor, draft, form.value.license)
  const errors: Record<string, string> = {}
  const selected = form.value.license.map((license_id) => {
    const typed = String(form.values[`quantity.${license_id}`] ?? '')
    const max = left.get(license_id) ?? 0
    if (max > 0 && quantityRefusal(typed, max)) {
      errors[`quantity.${license_id}`] = t('upgrades.selection.quantity_wrong', { max: format.number(max) })
    }
    return { license_id, quantity: Number(typed) || 1 }
  })
  return Object.keys(errors).length > 0 ? { refused: { values: form.values, errors } } : { selected }
}

async function selectionPage(c: Context<Env>, draft_id: string, form: FormState) {
  const { t, format, db, actor, config } = c.var
  const draft = await getUpgradeDraft(db, actor, draft_id, config)
  const search = String(form.values.search ?? c.req.query('search') ?? '')
    .replaceAll('\0', '')
    .slice(0, 100)
  const after = c.req.query('after')
  const page = { text: search, after: after && isUuid(after) ? after : undefined, limit: rowsOnPage }
  const candidates = await listCandidates(db, actor, draft, page)
  const { path } = draft
  const names = { product: path.product, from: path.from_version, to_product: path.to_product, to: path.to_version }
  return showStep(
    c,
    {
      title: t('upgrades.step.selection'),
      lead: t('upgrades.selection.lead', names),
      purpose: 'upgrade',
      form,
      live: true,
    },
    <SelectionPage
      {...{ t, format, form, draft, candidates, search }}
      released_on={(await getPath(db, draft.notification, path.path_id)).released_on}
      chosen={await countChosen(db, draft.id)}
      moreHref={moreHref(draft, candidates, search)}
      problem={problemOf(c, draft)}
    />,
  )
}

function moreHref({ id: draft }: UpgradeDraft, candidates: Candidate[], search: string): string | undefined {
  if (candidates.length < rowsOnPage) return undefined
  return urls.upgrades.selection.to({ draft }, { search, after: candidates.at(-1)!.license_id })
}

/** Why nothing can be upgraded now, or why the wizard came back to this step. */
function problemOf(c: Context<Env>, draft: UpgradeDraft): string | undefined {
  const { t, format, config } = c.var
  const closed = closedText({ t, format }, draft.notification, config.support_email)
  if (closed) return closed
  const code = c.req.method === 'GET' ? (c.req.query('problem') ?? draft.refusal) : null
  switch (code) {
    case 'refused_serials':
    case 'empty':
    case 'taken':
      return t(`upgrades.selection.problem.${code}`)
    case 'pool_empty':
      return t('upgrades.selection.problem.pool_empty', { email: config.support_email })
    default:
      return undefined
  }
}
