/** What the demo's vendor publishes: small files that are really there, so that downloads and checks can be tried. */
import { buffer } from 'node:stream/consumers'
import {
  acceptTerms,
  addSent,
  createRelease,
  getTarget,
  newLink,
  noteDownload,
  publishRelease,
  receiveFile,
  saveTerms,
} from '../downloads/index.ts'
import type { Actor, Member } from '../platform/actor.ts'
import type { Services } from '../platform/services.ts'
import { openStorage } from '../platform/storage/index.ts'
import { zipStream } from '../platform/zip.ts'
import { agreement } from './software-terms.ts'

type System = 'windows-x64' | 'macos' | 'linux-x64'
type Release = { product: string; name: string; version: string; systems: System[]; notes: string; handbook?: boolean }

const all: System[] = ['windows-x64', 'macos', 'linux-x64']

const releases: Release[] = [
  {
    ...{ product: 'ATLAS-PRO', name: 'atlas-pro', version: '9.1', systems: all, handbook: true },
    notes:
      '## New\n\n- Routes for ferries and low bridges\n- **Offline maps** half as large\n\n## Fixed\n\n- Printing to A0 no longer cuts the legend\n\nThe [license file](https://example.com/atlas) of 9.0 is accepted.',
  },
  { product: 'ATLAS-PRO', name: 'atlas-pro', version: '9.0', systems: all, notes: 'The first version for tablets.' },
  { product: 'ATLAS-PRO', name: 'atlas-pro', version: '8.2', systems: ['windows-x64'], notes: 'Last of its line.' },
  {
    ...{ product: 'BEACON-MONITOR', name: 'beacon-monitor', version: '5.0', systems: ['linux-x64', 'windows-x64'] },
    notes: '- Watches certificates as well\n- Half the memory',
  },
  {
    product: 'BEACON-MONITOR',
    name: 'beacon-monitor',
    version: '4.8',
    systems: ['linux-x64'],
    notes: 'Small repairs.',
  },
  {
    product: 'CITADEL-BACKUP',
    name: 'citadel-backup',
    version: '12.1',
    systems: ['linux-x64'],
    notes: 'Immutable copies.',
  },
  { product: 'HARBOR-GATEWAY', name: 'harbor-gateway', version: '2026.1', systems: ['linux-x64'], notes: 'HTTP/3.' },
  {
    product: 'HARBOR-GATEWAY',
    name: 'harbor-gateway',
    version: '2025.1',
    systems: ['linux-x64'],
    notes: 'Rate limits.',
  },
]

/** Publishes terms and releases, unless a seeding that was cut off already did. */
export async function seedReleases(services: Services, actor: Actor): Promise<void> {
  const { db } = services
  const known = await db.selectFrom('software_terms').select('id').executeTakeFirst()
  if (!known) await saveTerms(db, actor, { product: null, ...agreement })
  for (const release of releases) await publish(services, actor, release)
}

async function publish({ db, config }: Services, actor: Actor, release: Release): Promise<void> {
  const { product, version, notes } = release
  const created = await createRelease(db, actor, { product, version, released_on: null, notes })
  if (!created.ok) return
  const { release_id } = created
  const needs = { db, config, storage: openStorage(config) }
  for (const { name, platform, language, bytes } of await filesOf(release)) {
    const facts = { release_id, name, platform, language, countries: [], sha256: null }
    const received = await receiveFile(needs, actor, facts, once(bytes))
    if (!received.ok) throw new Error(`the demo's ${name} was refused: ${received.refusal}`)
  }
  const published = await publishRelease({ db, config }, actor, { release_id })
  if (!published.ok) throw new Error(`the demo's ${product} ${version} was refused: ${published.refusal}`)
}

type Made = { name: string; platform: System | 'any'; language: string | null; bytes: Buffer }

async function filesOf({ name, version, systems, handbook }: Release): Promise<Made[]> {
  const installers = systems.map(async (platform) => {
    const file = `${name}-${version}-${platform}`
    const content = `${file}\n\nA file to try downloads with. It installs nothing.\n`
    const modified = new Date('2026-01-15T00:00:00Z')
    const bytes = await buffer(zipStream([{ name: 'README.txt', content, modified }]))
    return { name: `${file}.zip`, platform, language: null, bytes }
  })
  const books = ['en', 'fr', 'pt-BR'].map((language) => ({
    name: `${name}-${version}-handbook-${language}.txt`,
    platform: 'any' as const,
    language,
    bytes: Buffer.from(`${name} ${version}\n\n${handbookLine[language as 'en']}\n`.repeat(2000)),
  }))
  return [...(await Promise.all(installers)), ...(handbook ? books : [])]
}

const handbookLine = {
  en: 'Open the map and begin.',
  fr: 'Ouvrez la carte et commencez.',
  'pt-BR': 'Abra o mapa e comece.',
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

/** One file that was downloaded whole, and one that was not, so that history and statistics show something. */
export async function downloadSome({ db }: Services, member: Member): Promise<void> {
  const files = await db
    .selectFrom('release_files as f')
    .innerJoin('releases as r', 'r.id', 'f.release_id')
    .select(['f.id', 'f.name', 'f.size', 'f.release_id', 'r.terms_id'])
    .where('f.name', 'in', ['atlas-pro-9.1-windows-x64.zip', 'atlas-pro-9.1-handbook-en.txt'])
    .orderBy('f.name')
    .execute()
  for (const [n, { id, name, size, release_id, terms_id }] of files.entries()) {
    await acceptTerms(db, member, { release_id, terms_id: terms_id!, locale: 'en' })
    const from = { now: member.now, address: null, request_id: null }
    const target = await getTarget(db, newLink(member, { id }), name, from)
    await noteDownload(db, target, { agent: 'Demo', by_store: false })
    const end = n === 0 ? Math.floor(size / 3) : size
    await addSent(db, [{ download_id: target.link_id, start: 0, end, at: member.now }])
  }
}
