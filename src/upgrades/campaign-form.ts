/** Between the form of a campaign and its terms. */
import { errorsOf, type FormState } from '../platform/http/form.ts'
import type { T } from '../platform/i18n.ts'
import type { CampaignTerms } from './campaign-rules.ts'
import { campaignSchema, mostPaths } from './campaign-schemas.ts'

type Values = FormState['values']

/** Terms as the form shows them. */
export function formValues(terms: CampaignTerms): Values {
  const { name, starts_on, ends_on, overlap_days, notification_days, needs_maintenance, kinds, countries } = terms
  return {
    ...{ name, starts_on, kinds },
    ends_on: ends_on ?? '',
    overlap_days: String(overlap_days),
    notification_days: String(notification_days),
    needs_maintenance: needs_maintenance ? 'on' : [],
    countries: countries.join(' '),
    ...pathValues(terms.paths),
  }
}

function pathValues(paths: { from_version_id: string; to_version_id: string }[]): Record<string, string> {
  const fields = paths.flatMap(({ from_version_id, to_version_id }, n) => [
    [`paths.${n}.from_version_id`, from_version_id],
    [`paths.${n}.to_version_id`, to_version_id],
  ])
  return Object.fromEntries(fields)
}

/**
 * Reads the form. Empty rows of paths fall out and the others move up, in what is read and in what is shown again, so
 * that an error stands beside its row.
 */
export function readCampaignForm(typed: Values, t: T): { form: FormState; terms: CampaignTerms | undefined } {
  const paths = pathsIn(typed)
  const others = Object.entries(typed).filter(([name]) => !name.startsWith('paths.'))
  const values = {
    ...Object.fromEntries(others),
    // An unticked box is not sent, and must not come back as it was before.
    needs_maintenance: typed.needs_maintenance ?? [],
    kinds: typed.kinds ?? [],
    ...pathValues(paths),
  }
  const parsed = campaignSchema.safeParse({
    ...values,
    needs_maintenance: typed.needs_maintenance === 'on',
    kinds: [typed.kinds ?? []].flat(),
    countries: countriesIn(typed.countries),
    paths,
  })
  if (parsed.success) return { form: { values, errors: {} }, terms: parsed.data }
  return { form: { values, errors: besideFields(errorsOf(parsed.error.issues, t)) }, terms: undefined }
}

/** What is wrong with a list as a whole is said beside its first field. */
function besideFields(errors: Record<string, string>): Record<string, string> {
  const named = Object.entries(errors).map(([field, error]) => {
    if (field === 'paths') return ['paths.0.from_version_id', error]
    return [field.replace(/^(countries|kinds)\..*$/, '$1'), error]
  })
  return Object.fromEntries(named)
}

function pathsIn(typed: Values) {
  const rows = Array.from({ length: mostPaths }, (_, n) => ({
    from_version_id: one(typed[`paths.${n}.from_version_id`]),
    to_version_id: one(typed[`paths.${n}.to_version_id`]),
  }))
  return rows.filter(({ from_version_id, to_version_id }) => from_version_id || to_version_id)
}

function countriesIn(typed: Values[string] | undefined): string[] {
  const codes = one(typed)
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean)
  return [...new Set(codes)]
}

const one = (value: string | string[] | undefined) => [value ?? ''].flat()[0] ?? ''

/** Rows of paths that are filled in. */
export function pathRows(values: Values): number {
  return pathsIn(values).length
}
