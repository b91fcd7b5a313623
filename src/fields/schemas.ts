import { z } from 'zod'
import { type FieldType, fieldTypes } from './rules.ts'

/** What may stand beside a field; the names of its columns. */
export const flags = ['required', 'in_catalog', 'searchable', 'shared'] as const
export type Flag = (typeof flags)[number]

/** Live fields of an organization. */
export const mostFields = 30
export const mostChoices = 100
export const longestChoice = 80
/** Days for which a deleted field can be brought back. */
export const daysKept = 30

/** One line of text: line ends and other control characters become spaces. */
const line = z.string().transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim())

const choices = z
  .string()
  .default('')
  .transform((text) => [...new Set(text.split('\n').map((each) => each.replace(/\p{Cc}+/gu, ' ').trim()))])
  .transform((lines) => lines.filter(Boolean))
  .refine((lines) => lines.length <= mostChoices, 'fields.choices.too_many')
  .refine((lines) => lines.every((each) => [...each].length <= longestChoice), 'fields.choices.too_long')

const chosenFlags = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((chosen) => flags.filter((flag) => [chosen].flat().includes(flag)))

const definition = { name: line.pipe(z.string().min(1).max(80)), choices, flags: chosenFlags }

/** "Add Field". */
export const newFieldSchema = z
  .object({ ...definition, type: z.enum(fieldTypes) })
  .refine(hasItsChoices, { path: ['choices'], message: 'fields.choices.needed' })
  .transform(withoutOtherChoices)

/** A field's name, flags and choices; its type stays what it was. */
export function changedFieldSchema(type: FieldType) {
  return z
    .object({ ...definition, revision: z.coerce.number().int(), was: z.string().max(20_000).default('') })
    .transform((form) => ({ ...form, type }))
    .refine(hasItsChoices, { path: ['choices'], message: 'fields.choices.needed' })
    .transform(withoutOtherChoices)
}

export type Definition = { name: string; choices: string[]; flags: Flag[] }

function hasItsChoices({ type, choices }: { type: FieldType; choices: string[] }): boolean {
  return type !== 'choice' || choices.length > 0
}

/** Choices that were typed before another type was chosen are left out. */
function withoutOtherChoices<F extends { type: FieldType; choices: string[] }>(form: F): F {
  return form.type === 'choice' ? form : { ...form, choices: [] }
}

/** What the address of a field holds. */
export const fieldIdSchema = z.guid()
export const moveSchema = z.object({ direction: z.enum(['up', 'down']) })
