/**
 * User-defined fields: what an organization wants to know about its licenses, and the values on them.
 *
 * Invariants: an organization has at most 30 live fields, with different names; a field keeps its type for life, and
 * its values when it is renamed or deleted (until it is purged after 30 days); a value is stored in ISO form.
 * Owns: user_defined_fields, license_field_values.
 */
export { addField } from './add-field.ts'
export { copyFieldValues, copyValuesTo } from './copy-field-values.ts'
export { purgeFields } from './jobs.ts'
export { type FieldDefinition, listFields } from './queries.ts'
export { readFieldValue } from './rules.ts'
export { setFieldValues } from './set-field-values.ts'
export { fieldsWeb } from './web.ts'
