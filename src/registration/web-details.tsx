import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { listAddresses } from '../customers/index.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { refusalOf } from './complete-registration.ts'
import { askingGroups, asksHost, detailsValues, licenseValues, readDetails, readLicense } from './details-form.ts'
import { findCandidate } from './license-facts.ts'
import { DetailsPage } from './pages/details-page.tsx'
import { LicensePage } from './pages/license-page.tsx'
import { shownSerial } from './pages/plan-texts.ts'
import type { Plan, PlannedLicense } from './plan-registration.ts'
import type { Draft } from './queries.ts'
import { readPlan } from './read-plan.ts'
import { relationOf } from './rules.ts'
import { saveChoices, saveDetails } from './save-details.ts'
import { openDraft, showStep, wizardTexts } from './show-step.tsx'
import { type Wizard, wizardUrls } from './wizard.ts'

/** Every field is read by details-form.ts; the revision says which state of the draft the form was made from. */
const formSchema = z.looseObject({ revision: z.coerce.number().int(), more: z.string().max(200).optional() })
/** Licenses that can be changed one by one on the page; those with a problem come first. */
const singlesShown = 100
/** Addresses to choose from on the page; a search finds the others. */
const addressesShown = 20
/** Serial numbers proposed behind the field that names a covered license. */
const proposalsShown = 50

/** The Registration step of a wizard. */
export function detailsWeb(wizard: Wizard) {
  const { details: detailsUrl, license: licenseUrl, verify } = wizardUrls[wizard.purpose]
  return new Hono<Env>()
    .get(detailsUrl.pattern, allow('manager'), async (c) => {
      const open = await openPlan(c, wizard)
      if ('elsewhere' in open) return open.elsewhere
      return detailsPage(c, open, formOf(valuesOf(c, open.draft)))
    })
    .post(detailsUrl.pattern, allow('manager'), async (c) => {
      const open = await openPlan(c, wizard)
      if ('elsewhere' in open) return open.elsewhere
      const form = await readForm(c, formSchema)
      if (!form.ok) throw new AppError('invalid')
      // A button for one more row, or for addresses: the same form again, with everything typed.
      if (form.value.more)
        return detailsPage(c, open, formOf({ ...form.values, [form.value.more]: form.values[form.value.more] ?? '' }))

      const { t, db, actor } = c.var
      const { value: details, errors } = readDetails(form.values, askingGroups(open.plan), t)
      if (Object.keys(errors).length > 0) return detailsPage(c, open, { values: form.values, errors })
      const { revision } = form.value
      const saved = await saveDetails(db, actor, { draft_id: open.draft.id, revision, details })
      if (saved.ok) return c.redirect(verify.to({ draft: open.draft.id }), 303)
      if (saved.refusal === 'stale') return detailsPage(c, open, refused(form, 'form', t('registration.stale')))
      return detailsPage(c, open, refused(form, 'address', t('registration.details.address_unknown')))
    })
    .get(licenseUrl.pattern, allow('manager'), async (c) => {
      const open = await openLicense(c, wizard)
      if ('elsewhere' in open) return open.elsewhere
      return licensePage(c, open, formOf(licenseFormValues(open)))
    })
    .post(licenseUrl.pattern, allow('manager'), async (c) => {
      const open = await openLicense(c, wizard)
      if ('elsewhere' in open) return open.elsewhere
      const form = await readForm(c, formSchema)
      if (!form.ok) throw new AppError('invalid')
      const { more, revision } = form.value
      if (more) return licensePage(c, open, formOf({ ...form.values, [more]: form.values[more] ?? '' }))

      const { t } = c.var
      const isReset = form.values.reset === 'on'
      const read = isReset ? { choices: null, errors: {} } : await readChoices(c, open, form.values)
      if (Object.keys(read.errors).length > 0) return licensePage(c, open, { values: form.values, errors: read.errors })
      const saved = await saveChoices(c.var.db, c.var.actor, {
        draft_id: open.draft.id,
        revision,
        serial: open.planned.license.serial,
        choices: read.choices,
      })
      if (!saved.ok) return licensePage(c, open, refused(form, 'form', t('registration.stale')))
      return c.redirect(detailsUrl.to({ draft: open.draft.id }), 303)
    })
}

type OpenPlan = { draft: Draft; plan: Plan }

/** The draft with its plan; a basket that cannot go on leads back to its serial numbers. */
async function openPlan(c: Context<Env>, wizard: Wizard): Promise<OpenPlan | { elsewhere: Response }> {
  const open = await openDraft(c, wizard.purpose)
  if ('elsewhere' in open) return open
  const { draft } = open
  const plan = await readPlan(c.var.db, c.var.actor, draft, wizard)
  const refusal = refusalOf(plan, draft)?.refusal
  if (refusal !== 'refused_serials' && refusal !== 'empty') return { draft, plan }
  const back = wizardUrls[wizard.purpose].first.to({ draft: draft.id }, { problem: refusal })
  return { elsewhere: c.redirect(back, 303) }
}

async function openLicense(
  c: Context<Env>,
  wizard: Wizard,
): Promise<(OpenPlan & { planned: PlannedLicense }) | { elsewhere: Response }> {
  const open = await openPlan(c, wizard)
  if ('elsewhere' in open) return open
  const planned = open.plan.licenses.find(({ license }) => license.serial === c.req.param('serial'))
  if (!planned) throw new AppError('not_found')
  return { ...open, planned }
}

function valuesOf(c: Context<Env>, draft: Draft) {
  const { name, email } = c.var.actor
  const contact = { name, email: email ?? '', phone: null }
  return detailsValues(draft.details, { company: draft.organization_name, contact })
}

async function detailsPage(c: Context<Env>, { draft, plan }: OpenPlan, form: FormState) {
  const { t, format, locale, db, actor } = c.var
  const search = String(form.values.address_search ?? '').slice(0, 200)
  const { addresses } = await listAddresses(db, actor, { text: search }, addressesShown)
  const isComing = c.req.method === 'GET' && c.req.query('problem') === 'incomplete'
  const problem = isComing && refusalOf(plan, draft)?.refusal === 'incomplete'
  return showStep(
    c,
    {
      title: t('registration.step.details'),
      lead: t(wizardTexts[draft.purpose].details_lead),
      form,
      purpose: draft.purpose,
    },
    <DetailsPage
      {...{ t, format, locale, form, addresses }}
      purpose={draft.purpose}
      draft_id={draft.id}
      revision={draft.revision}
      groups={askingGroups(plan)}
      singles={singlesOf(plan)}
      aside={countsOf(plan)}
      problem={problem ? t('registration.problem.incomplete') : undefined}
    />,
  )
}

function singlesOf(plan: Plan): PlannedLicense[] {
  const changeable = plan.licenses.filter(({ license }) => {
    const { product, kind } = license
    return (
      asksHost(product) || product.fields_schema || relationOf({ kind, covers_product_id: product.covers_product_id })
    )
  })
  const wrong = changeable.filter(({ problem }) => problem)
  return [...wrong, ...changeable.filter(({ problem }) => !problem)].slice(0, singlesShown)
}

function countsOf(plan: Plan) {
  const groups = Map.groupBy(plan.licenses, ({ license: { product } }) => `${product.name} ${product.version}`)
  return [...groups].map(([product, licenses]) => ({ product, count: licenses.length }))
}

function licenseFormValues({ draft, plan, planned }: OpenPlan & { planned: PlannedLicense }) {
  const own = plan.rows.find((row) => row.position === planned.position)?.choices
  const forAll = draft.details.products[planned.license.product.product_id]
  return licenseValues(planned, own?.hosts ?? forAll?.hosts ?? [], own?.fields ?? forAll?.fields ?? {})
}

function licensePage(
  c: Context<Env>,
  { draft, plan, planned }: OpenPlan & { planned: PlannedLicense },
  form: FormState,
) {
  const { t, format, locale } = c.var
  const { product, quantity } = planned.license
  const name = `${product.name} ${product.version}`
  return showStep(
    c,
    {
      title: t('registration.license.title', { serial: shownSerial(planned.license) }),
      purpose: draft.purpose,
      lead: t('registration.license.lead', { product: name, quantity: format.number(quantity) }),
      form,
    },
    <LicensePage
      {...{ t, locale, form, planned }}
      purpose={draft.purpose}
      draft_id={draft.id}
      revision={draft.revision}
      relation={relationChoice(plan, planned)}
      problem={undefined}
    />,
  )
}

/** What the license may do to another, with the serial numbers that it can be for. */
function relationChoice(plan: Plan, { license }: PlannedLicense) {
  const kind = relationOf({ kind: license.kind, covers_product_id: license.product.covers_product_id })
  if (!kind) return undefined
  const product_id = relatedProduct(license)
  const likely = [...plan.candidates.values()].filter(
    (candidate) => candidate.product_id === product_id && candidate.license_id !== license.license_id,
  )
  return { kind, serials: likely.slice(0, proposalsShown).map(({ serial }) => serial) }
}

function relatedProduct({ product }: PlannedLicense['license']): string {
  return product.covers_product_id ?? product.product_id
}

async function readChoices(
  c: Context<Env>,
  { plan, planned }: OpenPlan & { planned: PlannedLicense },
  values: FormState['values'],
) {
  const { license } = planned
  const { product } = license
  const { value, errors } = readLicense(values, product, c.var.t)
  const choices = {
    ...(asksHost(product) ? { hosts: value.hosts } : {}),
    ...(product.fields_schema ? { fields: value.fields } : {}),
  }
  const kind = relationOf({ kind: license.kind, covers_product_id: product.covers_product_id })
  if (!kind) return { choices, errors }

  const relates_to = value.relates_to === '' ? null : await relatedId(c, plan, license, value.relates_to)
  if (relates_to !== undefined) return { choices: { ...choices, relates_to }, errors }
  const text = c.var.t('registration.relation.unknown', { product: product.name })
  return { choices, errors: { ...errors, relates_to: text } }
}

/** The license that was named: of this basket, or owned already. */
async function relatedId(
  c: Context<Env>,
  plan: Plan,
  license: PlannedLicense['license'],
  serial: string,
): Promise<string | undefined> {
  const product_id = relatedProduct(license)
  const near = [...plan.candidates.values()].find(
    (candidate) => candidate.serial.toUpperCase() === serial.toUpperCase() && candidate.product_id === product_id,
  )
  if (near) return near.license_id === license.license_id ? undefined : near.license_id
  return findCandidate(c.var.db, c.var.actor, serial, product_id)
}
