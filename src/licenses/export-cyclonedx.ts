/**
 * Licenses as a bill of materials in CycloneDX 1.6 (ECMA-424): a component per license, with who licenses it to whom
 * in its `licensing`. A bill of materials is passed on, so keys are never in it.
 */
import type { ExportRow } from './export-rows.ts'
import type { LicenseKind, Meter } from './rules.ts'

export const cycloneDxType = 'application/vnd.cyclonedx+json; version=1.6'

/** What stands around the components: the text before the first, and the one after the last. */
export function cycloneDxFrame(id: string, made_at: Date, vendor: string): [head: string, foot: string] {
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${id}`,
    version: 1,
    metadata: { timestamp: made_at.toISOString(), supplier: { name: vendor } },
  }
  return [`${JSON.stringify(bom).slice(0, -1)},"components":[`, ']}\n']
}

const meters: Record<Meter, string> = {
  device: 'device',
  user: 'named-user',
  core: 'core-points',
  server: 'custom-metric',
  instance: 'custom-metric',
  site: 'custom-metric',
}
const terms: Partial<Record<LicenseKind, string>> = {
  subscription: 'subscription',
  maintenance: 'other',
  content: 'other',
}

/** One license. */
export function cycloneDxComponent(row: ExportRow, vendor: string): object {
  const { serial, product, version, ends_on } = row
  const isLocked = row.keys?.some(({ host_id }) => host_id)
  const term = terms[row.kind] ?? (ends_on ? 'other' : 'perpetual')
  const types = [term, meters[row.meter], ...(isLocked ? ['node-locked'] : [])]
  const acquired = row.ordered_on ?? row.registered_on
  const licensing = {
    altIds: [serial],
    licensor: { organization: { name: vendor } },
    licensee: { organization: { name: row.registered_to ?? row.owner ?? row.customer } },
    purchaser: { organization: { name: row.customer } },
    ...(row.purchase_order && { purchaseOrder: row.purchase_order }),
    licenseTypes: types,
    ...(acquired && { lastRenewal: `${acquired}T00:00:00Z` }),
    ...(ends_on && { expiration: `${ends_on}T23:59:59Z` }),
  }
  return {
    type: 'application',
    'bom-ref': `license:${serial}`,
    name: product,
    version,
    licenses: [{ license: { name: `${product} ${version}`, licensing } }],
    properties: propertiesOf(row),
  }
}

/** Facts that the standard has no place for. */
function propertiesOf(row: ExportRow) {
  const names = ['product_code', 'kind', 'status', 'quantity', 'meter', 'customer_number', 'order_number'] as const
  return names.flatMap((name) => {
    const value = row[name]
    return value === null ? [] : [{ name: `keyport:${name}`, value: String(value) }]
  })
}
