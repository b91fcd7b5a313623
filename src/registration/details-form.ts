/** The forms of the Registration step: what is entered once for all, and what is entered for one license. */
import { addressSchema } from '../customers/index.ts'
import { keySchemes } from '../keys/index.ts'
import { type Contact, contactSchema } from '../licenses/index.ts'
import { errorsOf, type FormState } from '../platform/http/form.ts'
import type { T } from '../platform/i18n.ts'
import { hostWrongText } from './host-texts.ts'
import type { ProductFacts } from './license-facts.ts'
import { type Plan, type PlannedLicense, readHostId } from './plan-registration.ts'
import { fieldIssues, productFields, typedFields } from './product-fields.ts'
import type { HostShare } from './rules.ts'
import { type Details, detailsSchema, type FieldValues, longestAnswer, mostHosts } from './schemas.ts'

type Values = FormState['values']
type Errors = Record<string, string>
export type ReadForm<V> = { value: V; errors: Errors }

/** What the Registration step asks for one product, and the licenses for which it holds. */
export type ProductGroup = { product: ProductFacts; licenses: PlannedLicense[] }

/** The products of a basket that ask something: a host, or questions of their own. */
export function askingGroups(plan: Plan): ProductGroup[] {
  const asking = plan.licenses.filter(({ license }) => asksHost(license.product) || license.product.fields_schema)
  const groups = Map.groupBy(asking, ({ license }) => license.product.product_id)
  return [...groups.values()].map((licenses) => ({ product: licenses[0]!.license.product, licenses }))
}

export function asksHost(product: ProductFacts): boolean {
  return keySchemes[product.key_scheme].asks_host
}

/** Stored details as the form shows them. `defaults` fill in what was never entered. */
export function detailsValues(details: Details, defaults: { company: string; contact: Contact }): Values {
  const values: Record<string, string> = {
    registered_to: details.registered_to ?? defaults.company,
    address: details.address ? ('id' in details.address ? details.address.id : 'new') : 'none',
  }
  if (details.address && !('id' in details.address)) put(values, 'new', details.address)
  const contacts = details.contacts.length > 0 ? details.contacts : [defaults.contact]
  for (const [n, contact] of contacts.entries()) put(values, `contacts.${n}`, contact)
  for (const [product_id, { hosts, fields }] of Object.entries(details.products)) {
    putProduct(values, product_id, hosts, fields)
  }
  return values
}

/** What holds for one license as its own form shows it. */
export function licenseValues(planned: PlannedLicense, hosts: HostShare[], fields: FieldValues): Values {
  const values: Record<string, string> = { relates_to: planned.relation?.serial ?? '' }
  putProduct(values, planned.license.product.product_id, hosts, fields)
  return values
}

function putProduct(values: Record<string, string>, product_id: string, hosts: HostShare[], fields: FieldValues) {
  for (const [n, host] of hosts.entries()) put(values, `hosts.${product_id}.${n}`, host)
  put(values, `fields.${product_id}`, fields)
}

function put(values: Record<string, string>, prefix: string, object: Record<string, unknown>) {
  for (const [name, value] of Object.entries(object)) {
    if (value === true) values[`${prefix}.${name}`] = 'on'
    else if (value !== null && value !== undefined && value !== false) values[`${prefix}.${name}`] = String(value)
  }
}

/** How many rows of a repeated part a form has; at least one. */
export function rowsIn(values: Values, prefix: string): number {
  const numbers = Object.keys(values).flatMap((name) => {
    if (!name.startsWith(`${prefix}.`)) return []
    const n = Number(name.slice(prefix.length + 1).split('.')[0])
    return Number.isSafeInteger(n) && n >= 0 && n < 100 ? [n] : []
  })
  return Math.max(0, ...numbers) + 1
}

/** Reads the form of the Registration step. Nothing may be kept while there are errors. */
export function readDetails(values: Values, groups: ProductGroup[], t: T): ReadForm<Details> {
  const errors: Errors = {}
  const registered_to = text(values, 'registered_to')
  if (!registered_to) errors.registered_to = t('form.required')
  else if (registered_to.length > 200) errors.registered_to = t('form.too_long', { max: 200 })
  const address = readAddress(values, errors, t)
  const contacts = readContacts(values, errors, t)
  const products: Details['products'] = {}
  for (const { product, licenses } of groups) {
    const hosts = readHosts(values, product, errors, t)
    const isOnly = licenses.length === 1 && asksHost(product)
    if (hosts.length === 0 && isOnly && !hasError(errors, `hosts.${product.product_id}`)) {
      errors[`hosts.${product.product_id}.0.id`] = t('registration.problem.host_missing')
    }
    products[product.product_id] = { hosts, fields: readFields(values, product, errors, t) }
  }
  const value = { registered_to: registered_to || null, address, contacts, products }
  return { value: Object.keys(errors).length > 0 ? detailsSchema.parse({}) : value, errors }
}

/** Reads the form of one license. */
export function readLicense(
  values: Values,
  product: ProductFacts,
  t: T,
): ReadForm<{ hosts: HostShare[]; fields: FieldValues; relates_to: string }> {
  const errors: Errors = {}
  const hosts = asksHost(product) ? readHosts(values, product, errors, t) : []
  if (asksHost(product) && hosts.length === 0 && !hasError(errors, `hosts.${product.product_id}`)) {
    errors[`hosts.${product.product_id}.0.id`] = t('registration.problem.host_missing')
  }
  const fields = readFields(values, product, errors, t)
  return { value: { hosts, fields, relates_to: text(values, 'relates_to') }, errors }
}

function hasError(errors: Errors, prefix: string): boolean {
  return Object.keys(errors).some((name) => name.startsWith(prefix))
}

function readAddress(values: Values, errors: Errors, t: T): Details['address'] {
  const chosen = text(values, 'address')
  if (chosen === '' || chosen === 'none') return null
  if (chosen !== 'new') return { id: chosen }
  const read = addressSchema.safeParse(under(values, 'new'))
  if (read.success) return read.data
  addErrors(errors, 'new', errorsOf(read.error.issues, t))
  return null
}

function readContacts(values: Values, errors: Errors, t: T): Contact[] {
  const contacts: Contact[] = []
  for (let n = 0; n < rowsIn(values, 'contacts'); n++) {
    const entered = under(values, `contacts.${n}`)
    if (Object.values(entered).every((value) => value.trim() === '')) continue
    const read = contactSchema.safeParse(entered)
    if (read.success) contacts.push(read.data)
    else addErrors(errors, `contacts.${n}`, errorsOf(read.error.issues, t))
  }
  if (contacts.length === 0 && !hasError(errors, 'contacts.')) {
    errors['contacts.0.name'] = t('registration.contact.required')
  }
  return contacts
}

function readHosts(values: Values, product: ProductFacts, errors: Errors, t: T): HostShare[] {
  const hosts: HostShare[] = []
  const prefix = `hosts.${product.product_id}`
  for (let n = 0; n < rowsIn(values, prefix); n++) {
    const typed = text(values, `${prefix}.${n}.id`)
    const amount = text(values, `${prefix}.${n}.quantity`)
    if (typed === '' && amount === '') continue
    const type = text(values, `${prefix}.${n}.type`) || product.host_types[0]!
    const id = typed.length <= 200 && product.host_types.includes(type) ? readHostId(type, typed) : undefined
    if (!id) errors[`${prefix}.${n}.id`] = hostWrongText(t, type)
    const quantity = amount === '' ? null : Number(amount)
    const isCount = quantity === null || (Number.isSafeInteger(quantity) && quantity >= 1 && quantity < 2 ** 31)
    if (!isCount) errors[`${prefix}.${n}.quantity`] = t('form.number')
    if (id && isCount) hosts.push({ type, id, quantity })
    if (hosts.length > mostHosts) errors[`${prefix}.${n}.id`] = t('registration.hosts.too_many', { max: mostHosts })
  }
  return hosts
}

function readFields(values: Values, product: ProductFacts, errors: Errors, t: T): FieldValues {
  const prefix = `fields.${product.product_id}`
  const names = productFields(product.fields_schema, 'en').map(({ name }) => name)
  const typed = Object.fromEntries(names.map((name) => [name, text(values, `${prefix}.${name}`)]))
  const fields = typedFields(product.fields_schema, typed)
  addErrors(errors, prefix, errorsOf(fieldIssues(product.fields_schema, fields), t))
  for (const [name, value] of Object.entries(fields)) {
    if (String(value).length > longestAnswer) errors[`${prefix}.${name}`] = t('form.too_long', { max: longestAnswer })
  }
  return fields
}

function addErrors(errors: Errors, prefix: string, more: Record<string, string>) {
  for (const [name, error] of Object.entries(more)) errors[`${prefix}.${name}`] = error
}

/** The fields of a form whose names begin with `prefix.`, by the rest of their names. */
function under(values: Values, prefix: string): Record<string, string> {
  const names = Object.keys(values).filter((name) => name.startsWith(`${prefix}.`))
  return Object.fromEntries(names.map((name) => [name.slice(prefix.length + 1), text(values, name)]))
}

function text(values: Values, name: string): string {
  const value = values[name]
  return (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).trim()
}
