import type { License } from '@keyport/license'

/** The reader's language, and the words in it that the page brought along. */
export type Words = { locale: string; word(key: string): string | undefined }

const DAY = 86_400

/** What a license says, in the reader's words. Its days count in UTC, so every reader sees the same ones. */
export function factsOf(
  license: License,
  signed_by: readonly string[],
  words: Words,
): Record<string, string | undefined> & Facts {
  const { product, licensee, nbf, exp, grace_days, maintenance_until } = license
  const day = (seconds: number) =>
    new Intl.DateTimeFormat(words.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(seconds * 1000)
  return {
    product: `${product.name} ${product.version} (${product.code})`,
    serial: license.serial,
    quantity: quantityOf(license, words),
    licensee: [licensee.name, licensee.customer_number].filter(Boolean).join(', '),
    host: hostOf(license, words),
    starts: day(nbf ?? license.iat),
    // The last day on which it counts; `exp` is the first moment after it.
    ends: exp === undefined ? (words.word('perpetual') ?? '') : day(exp - 1),
    grace: exp !== undefined && grace_days > 0 ? day(exp + grace_days * DAY - 1) : undefined,
    maintenance: maintenance_until && day(Date.parse(`${maintenance_until}T00:00:00Z`) / 1000),
    kind: words.word(`kind.${license.kind}`) ?? license.kind,
    features: featuresOf(license),
    temporary: license.temporary ? words.word('yes') : undefined,
    issued: day(license.iat),
    issuer: license.iss,
    key: license.jti,
    signed_by: signed_by.join(', '),
  }
}

type Facts = { serial: string; quantity: string; host: string; starts: string; ends: string }

function quantityOf({ meter, quantity }: License, { locale, word }: Words): string {
  const number = new Intl.NumberFormat(locale).format(quantity)
  const category = new Intl.PluralRules(locale).select(quantity)
  const counted = word(`meter.${meter}.${category}`) ?? word(`meter.${meter}.other`)
  return counted?.replace('{count}', () => number) ?? `${number} × ${meter}`
}

function hostOf({ host }: License, { word }: Words): string {
  if (!host) return word('any_host') ?? ''
  return `${word(`host.${host.type}`) ?? host.type} ${host.id}`
}

function featuresOf({ features }: License): string {
  const all = Object.entries(features).map(([name, value]) => (value === true ? name : `${name}: ${value}`))
  return all.join(', ')
}
