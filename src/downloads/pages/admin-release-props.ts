import type { Day } from '../../platform/actor.ts'
import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import type { AdminFile, AdminRelease } from '../admin-queries.ts'
import type { Upload } from '../uploads.ts'

export type AdminReleaseProps = {
  t: T
  format: Format
  form: FormState
  today: Day
  release: AdminRelease
  files: AdminFile[]
  uploads: Upload[]
  days: { day: Day; count: number }[]
  /** The notes, made safe. */
  notes: string
  mayChange: boolean
}

/** Of several forms on a page, each shows its own errors. */
export function only(form: FormState, ...names: string[]): FormState {
  const own = Object.entries(form.errors).filter(([name]) => names.includes(name))
  return { values: form.values, errors: Object.fromEntries(own) }
}
