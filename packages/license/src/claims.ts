import { MAX_TIME, MIN_TIME, SLF_VERSION } from './format.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { Refused } from './result.ts'

/** The computer that a license is bound to. */
export interface Host {
  type: string
  id: string
}

/** The claims of a license, as signed. Times are whole seconds since 1970 (NumericDate), days are `YYYY-MM-DD`. */
export interface License {
  slf: 1
  /** The vendor. */
  iss: string
  /** The key's id, unique for the vendor. */
  jti: string
  iat: number
  /** First moment; absent: from the moment of issue. */
  nbf?: number
  /** First moment after the end; absent: perpetual. */
  exp?: number
  serial: string
  product: { code: string; name: string; version: string }
  kind: string
  quantity: number
  meter: string
  licensee: { name: string; customer_number?: string }
  host?: Host
  /** Last day of maintenance. */
  maintenance_until?: string
  /** Without prototype: a name that the license does not have is undefined, whatever the name. */
  features: Readonly<Record<string, true | number | string>>
  warn_days: number
  grace_days: number
  /** Key ids that this license takes the place of. */
  replaces: readonly string[]
  /** A bridge until a request for a new host is decided. */
  temporary: boolean
}

const MAX_DAYS = 36_525
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * Reads the claims of a license; unknown members are left out.
 * @throws Refused `unsupported_version` or `malformed`
 */
export function readClaims(claims: JsonObject): License {
  if (typeof claims.slf !== 'number') throw bad('slf')
  if (claims.slf !== SLF_VERSION) {
    throw new Refused('unsupported_version', 'This license needs a newer version of the program.')
  }
  const license: License = {
    slf: 1,
    iss: text(claims.iss, 'iss'),
    jti: text(claims.jti, 'jti'),
    iat: time(claims.iat, 'iat'),
    serial: text(claims.serial, 'serial'),
    product: product(claims.product),
    kind: text(claims.kind, 'kind'),
    quantity: count(claims.quantity, 'quantity', 1, Number.MAX_SAFE_INTEGER),
    meter: text(claims.meter, 'meter'),
    licensee: licensee(claims.licensee),
    features: features(claims.features),
    warn_days: claims.warn_days === undefined ? 0 : count(claims.warn_days, 'warn_days', 0, MAX_DAYS),
    grace_days: claims.grace_days === undefined ? 0 : count(claims.grace_days, 'grace_days', 0, MAX_DAYS),
    replaces: replaces(claims.replaces),
    temporary: flag(claims.temporary, 'temporary'),
  }
  if (claims.nbf !== undefined) license.nbf = time(claims.nbf, 'nbf')
  if (claims.exp !== undefined) license.exp = time(claims.exp, 'exp')
  if (claims.host !== undefined) license.host = host(claims.host)
  if (claims.maintenance_until !== undefined) license.maintenance_until = day(claims.maintenance_until)
  if (license.exp !== undefined && license.exp <= (license.nbf ?? MIN_TIME)) throw bad('exp')
  return license
}

/** A NumericDate between the years 2000 and 9999. @throws Refused `malformed` */
export function time(value: Json | undefined, name: string): number {
  return count(value, name, MIN_TIME, MAX_TIME)
}

/** A text that is not empty. @throws Refused `malformed` */
export function text(value: Json | undefined, name: string): string {
  if (typeof value !== 'string' || value === '') throw bad(name)
  return value
}

function count(value: Json | undefined, name: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) throw bad(name)
  return value
}

function flag(value: Json | undefined, name: string): boolean {
  if (value === undefined) return false
  if (typeof value !== 'boolean') throw bad(name)
  return value
}

function product(value: Json | undefined): License['product'] {
  if (!isObject(value)) throw bad('product')
  return {
    code: text(value.code, 'product.code'),
    name: text(value.name, 'product.name'),
    version: text(value.version, 'product.version'),
  }
}

function licensee(value: Json | undefined): License['licensee'] {
  if (!isObject(value)) throw bad('licensee')
  const name = text(value.name, 'licensee.name')
  if (value.customer_number === undefined) return { name }
  return { name, customer_number: text(value.customer_number, 'licensee.customer_number') }
}

function host(value: Json): Host {
  if (!isObject(value)) throw bad('host')
  return { type: text(value.type, 'host.type'), id: text(value.id, 'host.id') }
}

function features(value: Json | undefined): License['features'] {
  if (value === undefined) return Object.create(null)
  if (!isObject(value)) throw bad('features')
  for (const feature of Object.values(value)) {
    if (feature !== true && typeof feature !== 'number' && typeof feature !== 'string') throw bad('features')
  }
  return value as License['features']
}

function replaces(value: Json | undefined): string[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw bad('replaces')
  return value.map((jti) => text(jti, 'replaces'))
}

function day(value: Json): string {
  const [, year, month, date] = (typeof value === 'string' && DAY.exec(value)) || []
  if (year === undefined || Number(year) < 2000) throw bad('maintenance_until')
  const parsed = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)))
  const exists = parsed.getUTCMonth() === Number(month) - 1 && parsed.getUTCDate() === Number(date)
  if (!exists) throw bad('maintenance_until')
  return value as string
}

function bad(name: string): Refused {
  return new Refused('malformed', `The claim "${name}" is missing or not what it should be.`)
}
