/** What values of user-defined fields look like: as typed, as stored, and as sorted. */
import type { Locale } from '../platform/i18n.ts'

export const fieldTypes = ['text', 'number', 'date', 'choice', 'yes_no'] as const
export type FieldType = (typeof fieldTypes)[number]

export type FieldKind = { type: FieldType; choices: readonly string[] }

/** Why a text is no value of a field. */
export type ValueProblem = 'too_long' | 'number' | 'number_size' | 'date' | 'choice' | 'yes_no' | 'text'

export const longestValue = 1000
const [integerDigits, decimals] = [15, 6]
const canonicalNumber = /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/

/** What is wrong with a value in the form in which values are stored; undefined when nothing is. */
export function problemOf({ type, choices }: FieldKind, value: string): ValueProblem | undefined {
  switch (type) {
    case 'text':
      if (value === '' || value !== value.trim() || /\p{Cc}/u.test(value)) return 'text'
      return [...value].length > longestValue ? 'too_long' : undefined
    case 'number':
      if (!canonicalNumber.test(value) || value === '-0') return 'number'
      return fits(value) ? undefined : 'number_size'
    case 'date':
      return isDay(value) ? undefined : 'date'
    case 'choice':
      return choices.includes(value) ? undefined : 'choice'
    case 'yes_no':
      return value === 'true' || value === 'false' ? undefined : 'yes_no'
  }
}

export type ReadValue = { ok: true; value: string | null } | { ok: false; problem: ValueProblem }

/** Reads what a person typed in their language: numbers and dates become ISO, nothing becomes null. */
export function readFieldValue(field: FieldKind, typed: string, locale: Locale): ReadValue {
  const text = typed.replace(/\p{Cc}+/gu, ' ').trim()
  if (text === '') return { ok: true, value: null }
  const value = canonicalOf(field.type, text, locale)
  const problem = problemOf(field, value)
  return problem ? { ok: false, problem } : { ok: true, value }
}

function canonicalOf(type: FieldType, text: string, locale: Locale): string {
  if (type === 'number') return numberOf(text, locale)
  return type === 'date' ? dateOf(text, locale) : text
}

/** How each language writes numbers: the sign before decimals, and the one between thousands besides spaces. */
const signs: Record<Locale, { decimal: ',' | '.'; group: ',' | '.' | ' ' }> = {
  en: { decimal: '.', group: ',' },
  fr: { decimal: ',', group: ' ' },
  'pt-BR': { decimal: ',', group: '.' },
}

/** Thousands must stand in threes: "1.5" is no Brazilian 15, and then read as everybody's decimal point. */
function numberOf(text: string, locale: Locale): string {
  const { decimal, group } = signs[locale]
  const plain = text.replace(/^[−–]/, '-').replace(/^\+/, '').replace(/\s/g, ' ')
  const [whole = '', ...rest] = plain.split(decimal)
  for (const sign of [group, ' ']) {
    const grouped = new RegExp(`^-?\\d{1,3}(\\${sign}\\d{3})+$`)
    if (grouped.test(whole) && rest.length <= 1) return tidy([whole.replaceAll(sign, ''), ...rest].join('.'))
  }
  return tidy(rest.length === 1 ? [whole, ...rest].join('.') : plain)
}

/** Without zeros that say nothing. What is no number stays as it is. */
function tidy(text: string): string {
  const found = /^(-?)0*(\d+)(?:\.(\d*))?$/.exec(text)
  if (!found) return text
  const [, minus, whole, fraction = ''] = found
  const significant = fraction.replace(/0+$/, '')
  const value = significant ? `${whole}.${significant}` : whole!
  return value === '0' ? '0' : minus + value
}

function fits(value: string): boolean {
  const [whole = '', fraction = ''] = value.replace('-', '').split('.')
  return whole.length <= integerDigits && fraction.length <= decimals
}

/** ISO days in every language; where days always come first, with slashes or dots, too. */
function dateOf(text: string, locale: Locale): string {
  const found = locale === 'en' ? null : /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text)
  if (!found) return text
  const [, day = '', month = '', year = ''] = found
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function isDay(value: string): boolean {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

/** A stored value as a field of a form takes it: numbers as the language writes them. */
export function typedValue(type: FieldType, value: string, locale: Locale): string {
  return type === 'number' ? value.replace('.', signs[locale].decimal) : value
}

const longestSorted = 200

/**
 * What values sort by, byte by byte. Numbers have a fixed width: `p` and 15 digits before and 6 after the point, with
 * zeros; below zero `m` and the nines' complement of the digits, so that more negative ones come first. Dates are ISO.
 * Texts and choices are in lower case without accents; no comes before yes.
 */
export function sortValue(type: FieldType, value: string): string {
  if (type === 'number') return sortedNumber(value)
  if (type === 'date') return value
  if (type === 'yes_no') return value === 'true' ? '1' : '0'
  const folded = value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return [...folded].slice(0, longestSorted).join('')
}

function sortedNumber(value: string): string {
  const [whole = '', fraction = ''] = value.replace('-', '').split('.')
  const digits = `${whole.padStart(integerDigits, '0')}.${fraction.padEnd(decimals, '0')}`
  return value.startsWith('-') ? `m${digits.replace(/\d/g, (digit) => String(9 - Number(digit)))}` : `p${digits}`
}
