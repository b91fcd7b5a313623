import { z } from 'zod'
import { fileName, languageTag, largestFile, platforms } from './rules.ts'

const emptyIsNull = (text: string) => text.trim() || null
const day = z.iso.date('form.invalid')

/** Country codes in any layout: "DE, FR us". */
const countries = z
  .string()
  .transform((text) => [
    ...new Set(
      text
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ])
  .refine((codes) => codes.length <= 100 && codes.every((code) => /^[A-Z]{2}$/.test(code)), {
    error: 'downloads.form.countries_wrong',
  })

export const newReleaseSchema = z.object({
  product: z.string().trim().min(1).max(40),
  version: z.string().trim().min(1).max(40),
  released_on: z.union([day, z.literal('').transform(() => null)]).default(null),
  notes: z.string().max(100_000).default(''),
})
export type NewRelease = z.output<typeof newReleaseSchema>

/** What is said of a file beside its bytes. */
const fileFactsSchema = z.object({
  platform: z.enum(platforms),
  language: z
    .string()
    .transform(emptyIsNull)
    .pipe(z.string().regex(languageTag, 'downloads.form.language_wrong').nullable()),
  countries,
})

export const newUploadSchema = fileFactsSchema.extend({
  name: z.string().regex(fileName, 'downloads.form.name_wrong'),
  size: z.coerce.number().int().min(1, 'downloads.form.empty_file').max(largestFile, 'downloads.form.too_large'),
  sha256: z
    .string()
    .default('')
    .transform((text) => text.trim().toLowerCase() || null)
    .pipe(
      z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'downloads.form.sha256_wrong')
        .nullable(),
    ),
})
export type NewUpload = z.output<typeof newUploadSchema>

export const revisionSchema = z.object({ revision: z.coerce.number().int() })
export const notesSchema = revisionSchema.extend({ notes: z.string().max(100_000) })
export const withdrawalSchema = revisionSchema.extend({ reason: z.string().trim().min(1).max(500) })

const text = z.string().trim().max(200_000)
/** English is what everybody falls back to. */
export const termsSchema = z.object({
  product: z.string().trim().max(40).default(''),
  eula_en: text.min(1),
  eula_fr: text.default(''),
  eula_pt: text.default(''),
  export_en: text.min(1),
  export_fr: text.default(''),
  export_pt: text.default(''),
})

export const acceptanceSchema = z.object({
  decision: z.enum(['accept', 'decline']),
  read: z.string().optional(),
  terms: z.uuid(),
})
