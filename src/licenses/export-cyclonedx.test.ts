/** Against the JSON Schema that the makers of CycloneDX publish. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { uuidv7 } from '../platform/ids.ts'
import { cycloneDxComponent, cycloneDxFrame } from './export-cyclonedx.ts'
import type { ExportRow } from './export-rows.ts'
import { kinds } from './rules.ts'

const library = import.meta.resolve('@cyclonedx/cyclonedx-library/package.json')
const schema = (name: string) =>
  JSON.parse(readFileSync(new URL(`res/schema/${name}.SNAPSHOT.schema.json`, library), 'utf8'))
const ajv = new Ajv({ strict: false, validateFormats: false })
for (const name of ['spdx', 'jsf-0.82']) {
  ajv.addSchema({ ...schema(name), $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` })
}
const isBom = ajv.compile(schema('bom-1.6'))

const plain: ExportRow = {
  serial: 'KP-0001',
  status: 'active',
  product_code: 'MAIL',
  product: 'Mail Server',
  version: '4.2',
  kind: 'product',
  quantity: 5,
  meter: 'device',
  starts_on: null,
  ends_on: null,
  grace_days: 0,
  maintenance_until: null,
  support_ends_on: null,
  registered_on: '2026-06-15',
  registered_to: 'Acme Research',
  owner: 'Acme',
  customer_number: 'C1',
  customer: 'Acme Purchasing',
  order_number: 'O-1',
  order_line: 1,
  ordered_on: '2026-06-01',
  purchase_order: 'PO-7',
  certificate_number: null,
  reseller: null,
  company: null,
  street: null,
  street2: null,
  city: null,
  region: null,
  postal_code: null,
  country: null,
  contacts: [],
  revoked_on: null,
  revoked_reason: null,
  superseded_on: null,
  covers: null,
  renews: null,
  split_from: null,
  tags: null,
  values: null,
  keys: null,
}
const key = { scheme: 'file_host', quantity: 1, file_name: 'a.slf', issued_on: '2026-06-15', expires_on: null }

function bomOf(rows: ExportRow[]) {
  const [head, foot] = cycloneDxFrame(uuidv7(), new Date('2026-11-22T10:00:00Z'), 'Vendor "Ltd"')
  const components = rows.map((row) => JSON.stringify(cycloneDxComponent(row, 'Vendor "Ltd"')))
  return JSON.parse(head + components.join(',') + foot)
}

test('what is exported is a valid bill of materials, whatever a license holds', () => {
  const meters = ['device', 'user', 'server', 'core', 'instance', 'site'] as const
  const rows = kinds.flatMap((kind) =>
    meters.map((meter) => ({ ...plain, kind, meter, serial: `KP-${kind}-${meter}` })),
  )
  const bare = { ...plain, serial: 'BARE-01', registered_to: null, owner: null, order_number: null, ordered_on: null }
  rows.push({ ...bare, purchase_order: null, registered_on: null })
  rows.push({
    ...plain,
    serial: 'HOST-01',
    product: '</script>"😀',
    keys: [{ ...key, host_type: 'hostname', host_id: 'h', key_text: 'K' }],
  })
  for (const all of [rows, []]) {
    isBom(bomOf(all))
    assert.deepEqual(isBom.errors ?? [], [])
  }
  const broken = bomOf(rows)
  broken.components[0].licenses[0].license.licensing.licenseTypes = ['bought']
  assert.equal(isBom(broken), false)
})

test('licensing says who licenses what to whom, since when and until when', () => {
  const [component] = bomOf([{ ...plain, kind: 'subscription', ends_on: '2027-01-31' }]).components
  assert.deepEqual(component.licenses, [
    {
      license: {
        name: 'Mail Server 4.2',
        licensing: {
          altIds: ['KP-0001'],
          licensor: { organization: { name: 'Vendor "Ltd"' } },
          licensee: { organization: { name: 'Acme Research' } },
          purchaser: { organization: { name: 'Acme Purchasing' } },
          purchaseOrder: 'PO-7',
          licenseTypes: ['subscription', 'device'],
          lastRenewal: '2026-06-01T00:00:00Z',
          expiration: '2027-01-31T23:59:59Z',
        },
      },
    },
  ])
})

test('a bill of materials is passed on: no key is in it', () => {
  const row = { ...plain, keys: [{ ...key, host_type: 'hostname', host_id: 'db1', key_text: 'SECRET' }] }
  const text = JSON.stringify(bomOf([row]))
  assert.ok(!text.includes('SECRET'))
  assert.ok(text.includes('node-locked'))
})
