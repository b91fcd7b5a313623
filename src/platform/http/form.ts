import type { Context } from 'hono'
import type { z } from 'zod'
import { AppError } from '../errors.ts'
import type { MessageKey, T } from '../i18n.ts'
import type { Env, OperatorEnv, PublicEnv } from './env.ts'

/** What a form page shows: everything typed, and beside which field something is wrong (in the reader's language). */
export type FormState = {
  values: Readonly<Record<string, string | string[]>>
  errors: Readonly<Record<string, string>>
}

export const emptyForm: FormState = { values: {}, errors: {} }

/** A form showing stored values, before anything was typed. */
export function formOf(values: FormState['values']): FormState {
  return { values, errors: {} }
}

type Read<V> = FormState & { files: Record<string, File> } & ({ ok: true; value: V } | { ok: false })

/**
 * Reads a posted form and checks it. What was typed is kept either way; answer a refused one with status 422.
 * A schema's own messages are message keys ("accounts.password.weak").
 */
export async function readForm<S extends z.ZodType>(
  c: Context<PublicEnv> | Context<Env> | Context<OperatorEnv>,
  schema: S,
): Promise<Read<z.output<S>>> {
  const { values, files } = await readFields(c)
  const parsed = schema.safeParse(values)
  if (parsed.success) return { ok: true, value: parsed.data, values, files, errors: {} }
  return { ok: false, values, files, errors: errorsOf(parsed.error.issues, c.var.t) }
}

/** The same for fields that were read already, in their order; one that comes several times is a list. */
export function readValues<S extends z.ZodType>(pairs: [string, string][], schema: S, t: T) {
  const values: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of pairs) {
    const before = values[name]
    values[name] = before === undefined ? clean(value) : [before, clean(value)].flat()
  }
  const parsed = schema.safeParse(values)
  if (parsed.success) return { ok: true as const, value: parsed.data, values, errors: {} }
  return { ok: false as const, values, errors: errorsOf(parsed.error.issues, t) }
}

/** The same form, refused by the command: `text` shows beside `field`. */
export function refused(form: FormState, field: string, text: string): FormState {
  return { values: form.values, errors: { ...form.errors, [field]: text } }
}

async function readFields(c: Context) {
  const type = c.req.header('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    throw new AppError('unsupported_media_type')
  }
  const body = await c.req.parseBody({ all: true }).catch((cause: unknown) => {
    if (cause instanceof Error && cause.name === 'BodyLimitError') throw new AppError('too_large')
    throw new AppError('malformed', 'unreadable form', { cause })
  })
  const values: Record<string, string | string[]> = Object.create(null)
  const files: Record<string, File> = Object.create(null)
  for (const [name, value] of Object.entries(body)) {
    if (value instanceof File) files[name] = value
    else if (Array.isArray(value)) values[name] = value.filter((v) => typeof v === 'string').map(clean)
    else values[name] = clean(value)
  }
  return { values, files }
}

/** PostgreSQL cannot store NUL, and browsers send CRLF. */
function clean(value: string): string {
  return value.replaceAll('\0', '').replaceAll('\r\n', '\n')
}

/** What is wrong, by field (paths joined with dots), in the language of `t`. */
export function errorsOf(issues: z.core.$ZodIssue[], t: T): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const issue of issues) {
    const field = issue.path.map(String).join('.') || 'form'
    errors[field] ??= textOf(issue, t)
  }
  return errors
}

function textOf(issue: z.core.$ZodIssue, t: T): string {
  if (issue.message.includes('.') && !issue.message.includes(' ')) return t(issue.message as 'form.invalid')
  switch (issue.code) {
    case 'invalid_type':
      return t(issue.input === undefined || issue.expected === 'string' ? 'form.required' : 'form.number')
    case 'too_small':
      if (issue.origin !== 'string') return t('form.too_small', { min: Number(issue.minimum) })
      return issue.minimum === 1 ? t('form.required') : t('form.too_short', { min: Number(issue.minimum) })
    case 'too_big':
      if (issue.origin !== 'string') return t('form.too_big', { max: Number(issue.maximum) })
      return t('form.too_long', { max: Number(issue.maximum) })
    case 'invalid_format':
      return issue.format === 'email' ? t('form.email') : t('form.invalid')
    case 'invalid_value':
      return t('form.choose')
    default:
      return t('form.invalid' satisfies MessageKey)
  }
}
