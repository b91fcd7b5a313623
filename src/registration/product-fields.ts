import { z } from 'zod'
import type { FieldValues } from './schemas.ts'

/** One question of a product's `fields_schema`, ready to be shown as a form field. */
export type ProductField = {
  name: string
  label: string
  hint: string | undefined
  type: 'text' | 'email' | 'date' | 'number' | 'yes_no' | 'choice'
  required: boolean
  choices: string[]
}

type Property = {
  type?: string
  title?: string
  description?: string
  format?: string
  enum?: unknown[]
  /** Translations of `title` and `description`: `{"fr": {"title": "…"}}`. */
  'x-locales'?: Record<string, { title?: string; description?: string }>
}
type ObjectSchema = { properties?: Record<string, Property>; required?: string[] }

/** The questions of a product, in the order of its schema. Only flat ones can be asked; others are left out. */
export function productFields(schema: unknown, locale: string): ProductField[] {
  const { properties = {}, required = [] } = (schema ?? {}) as ObjectSchema
  return Object.entries(properties).flatMap(([name, property]) => {
    const type = typeOf(property)
    if (!type) return []
    const words = { ...property, ...property['x-locales']?.[locale] }
    const choices = (property.enum ?? []).map(String)
    return [
      { name, label: words.title ?? name, hint: words.description, type, required: required.includes(name), choices },
    ]
  })
}

function typeOf(property: Property): ProductField['type'] | undefined {
  if (property.enum) return 'choice'
  switch (property.type) {
    case 'string':
      return property.format === 'email' || property.format === 'date' ? property.format : 'text'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'yes_no'
    default:
      return undefined
  }
}

/** What was typed, as the schema's types; what is not a number stays text and fails the check. Empty means left out. */
export function typedFields(schema: unknown, typed: Record<string, string | undefined>): FieldValues {
  const { properties = {} } = (schema ?? {}) as ObjectSchema
  const values: FieldValues = {}
  for (const [name, property] of Object.entries(properties)) {
    const text = typed[name]?.trim()
    if (property.type === 'boolean' && !property.enum) values[name] = text === 'on' || text === 'true'
    else if (text) values[name] = typedValue(property, text)
  }
  return values
}

function typedValue(property: Property, text: string): string | number {
  if (property.type !== 'integer' && property.type !== 'number') return text
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}

const compiled = new Map<string, z.ZodType>()

/** Checks answers against the product's JSON Schema. @returns what is wrong, by question; nothing when all is well. */
export function fieldIssues(schema: unknown, values: FieldValues): z.core.$ZodIssue[] {
  if (!schema) return []
  const text = JSON.stringify(schema)
  let check = compiled.get(text)
  if (!check) {
    if (compiled.size >= 1000) compiled.clear()
    check = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
    compiled.set(text, check)
  }
  return check.safeParse(values).error?.issues ?? []
}
