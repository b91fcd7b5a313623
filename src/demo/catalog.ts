import type { NewProduct } from '../products/index.ts'
import { randomFrom } from './random.ts'

const siteQuestions = {
  type: 'object',
  properties: {
    site_name: {
      type: 'string',
      title: 'Site name',
      description: 'Shown in the product, so that users know which installation they look at.',
      minLength: 1,
      maxLength: 80,
      'x-locales': {
        fr: {
          title: 'Nom du site',
          description: 'Affiché dans le produit, pour que les utilisateurs sachent quelle installation ils consultent.',
        },
        'pt-BR': {
          title: 'Nome do site',
          description: 'Aparece no produto, para que os usuários saibam qual instalação estão vendo.',
        },
      },
    },
    environment: {
      type: 'string',
      title: 'Environment',
      enum: ['production', 'test', 'development'],
      'x-locales': { fr: { title: 'Environnement' }, 'pt-BR': { title: 'Ambiente' } },
    },
    data_centers: {
      type: 'integer',
      title: 'Number of data centers',
      minimum: 1,
      maximum: 99,
      'x-locales': { fr: { title: 'Nombre de centres de données' }, 'pt-BR': { title: 'Número de data centers' } },
    },
  },
  required: ['site_name', 'environment'],
}

/** What an invented vendor sells: every key scheme, maintenance, content and subscriptions. Versions oldest first. */
export const demoCatalog: NewProduct[] = [
  {
    code: 'ATLAS-PRO',
    name: 'Atlas Pro',
    description: 'Maps, routes and field work planning for teams.',
    kind: 'product',
    meter: 'user',
    key_scheme: 'file',
    features: { offline_maps: true, routing: 'premium', layers: 64 },
    versions: versions(['8.2', '2023-04-18', '2026-04-30'], ['9.0', '2024-09-10', '2027-09-30'], ['9.1', '2026-02-03']),
  },
  {
    code: 'ATLAS-SERVER',
    name: 'Atlas Server',
    description: 'The shared map and tile server behind Atlas Pro.',
    kind: 'product',
    meter: 'server',
    key_scheme: 'file_host',
    host_types: ['mac', 'hostname', 'uuid'],
    features: { clustering: true, tiles_per_second: 5000 },
    versions: versions(['8.2', '2023-04-18', '2026-04-30'], ['9.0', '2024-09-10', '2027-09-30'], ['9.1', '2026-02-03']),
  },
  {
    code: 'BEACON-MONITOR',
    name: 'Beacon Monitor',
    description: 'Watches devices and services and says what is wrong before users do.',
    kind: 'product',
    meter: 'device',
    key_scheme: 'code',
    versions: versions(['4.8', '2023-11-07', '2026-11-30'], ['5.0', '2025-06-17']),
  },
  {
    code: 'CITADEL-BACKUP',
    name: 'Citadel Backup',
    description: 'Backup and restore for servers, virtual machines and databases.',
    kind: 'product',
    meter: 'core',
    key_scheme: 'signed',
    downgrade_right: true,
    features: { immutable_copies: true, retention_years: 10 },
    versions: versions(
      ['11.4', '2023-08-22', '2026-08-31'],
      ['12.0', '2024-12-03', '2027-12-31'],
      ['12.1', '2026-03-10'],
    ),
  },
  {
    code: 'DELTA-SYNC',
    name: 'Delta Sync',
    description: 'Keeps folders alike on every desk, also over slow lines.',
    kind: 'product',
    meter: 'user',
    key_scheme: 'pool',
    versions: versions(['6.1', '2024-02-13', '2027-02-28'], ['7.0', '2025-10-21']),
  },
  {
    code: 'EMBER-POS',
    name: 'Ember Point of Sale',
    description: 'Tills and stock for shops; its key is printed on the certificate.',
    kind: 'product',
    meter: 'device',
    key_scheme: 'printed',
    versions: versions(['3.2', '2023-05-30', '2026-05-31'], ['3.5', '2025-03-04']),
  },
  {
    code: 'FERN-VIEWER',
    name: 'Fern Viewer',
    description: 'Opens every document; needs no key, registration is for support.',
    kind: 'product',
    meter: 'user',
    key_scheme: 'none',
    versions: versions(['2.0', '2024-01-16', '2027-01-31'], ['2.4', '2025-11-11']),
  },
  {
    code: 'GRANITE-HSM',
    name: 'Granite Key Vault',
    description: 'Hardware-bound key storage. Each serial number is registered on its own.',
    kind: 'product',
    meter: 'device',
    key_scheme: 'file_host',
    host_types: ['dongle', 'uuid'],
    register_alone: true,
    rehost_allowance: 1,
    features: { fips_mode: true, slots: 16 },
    versions: versions(['1.8', '2024-04-09', '2027-04-30'], ['2.0', '2025-12-02']),
  },
  {
    code: 'HARBOR-GATEWAY',
    name: 'Harbor Gateway',
    description: 'API gateway by the year.',
    kind: 'subscription',
    meter: 'instance',
    key_scheme: 'file',
    grace_days: 14,
    features: { rate_limits: true, regions: 3 },
    versions: versions(['2025.1', '2025-01-28', '2027-01-31'], ['2026.1', '2026-01-27']),
  },
  {
    code: 'IRIS-ANALYTICS',
    name: 'Iris Analytics',
    description: 'Reports and dashboards over your own data.',
    kind: 'product',
    meter: 'user',
    key_scheme: 'code',
    fields_schema: siteQuestions,
    versions: versions(['3.9', '2023-09-19', '2026-09-30'], ['4.0', '2025-04-08'], ['4.2', '2026-04-14']),
  },
  {
    code: 'JETTY-RENDER',
    name: 'Jetty Render',
    description: 'Rendering on every core you have.',
    kind: 'product',
    meter: 'core',
    key_scheme: 'signed',
    features: { gpu: true, max_resolution: '8K' },
    versions: versions(['1.6', '2024-06-11', '2027-06-30'], ['2.0', '2025-09-16']),
  },
  {
    code: 'KESTREL-CAD',
    name: 'Kestrel CAD',
    description: 'Drawing and construction, one license for a whole site.',
    kind: 'product',
    meter: 'site',
    key_scheme: 'file_host',
    host_types: ['machine_id', 'mac'],
    versions: versions(
      ['2024', '2023-10-03', '2026-10-31'],
      ['2025', '2024-10-01', '2027-10-31'],
      ['2026', '2025-10-07'],
    ),
  },
  {
    code: 'IRIS-DATA',
    name: 'Iris Market Data',
    description: 'Monthly market figures for Iris Analytics.',
    kind: 'content',
    meter: 'user',
    key_scheme: 'none',
    covers: 'IRIS-ANALYTICS',
    versions: versions(['2025', '2025-01-07', '2026-12-31'], ['2026', '2026-01-06']),
  },
  ...[
    ['ATLAS-PRO', 'Atlas Pro', 'user'],
    ['ATLAS-SERVER', 'Atlas Server', 'server'],
    ['CITADEL-BACKUP', 'Citadel Backup', 'core'],
    ['IRIS-ANALYTICS', 'Iris Analytics', 'user'],
    ['KESTREL-CAD', 'Kestrel CAD', 'site'],
  ].map(
    ([code, name, meter]): NewProduct => ({
      code: `${code}-MNT`,
      name: `${name} Maintenance`,
      description: `Updates, upgrades and support for ${name}, 12 months.`,
      kind: 'maintenance',
      meter: meter as NewProduct['meter'],
      key_scheme: 'none',
      covers: code,
      versions: versions(['1', '2020-01-01']),
    }),
  ),
]

/** Keys as the vendor's own generator would make them for Delta Sync. */
export function demoPoolKeys(count: number): string[] {
  const random = randomFrom(20_260, 1)
  const part = () =>
    random
      .below(16 ** 5)
      .toString(16)
      .padStart(5, '0')
      .toUpperCase()
  return Array.from({ length: count }, () => `DSYNC-${part()}-${part()}-${part()}`)
}

function versions(...list: [version: string, released_on: string, support_ends_on?: string][]): NewProduct['versions'] {
  return list.map(([version, released_on, support_ends_on]) => ({ version, released_on, support_ends_on }))
}
