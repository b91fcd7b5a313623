/** Published releases for tests of who may take them, made by the commands that operators use. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginUpload } from '../src/downloads/begin-upload.ts'
import { createRelease } from '../src/downloads/create-release.ts'
import { finishUpload } from '../src/downloads/finish-upload.ts'
import { publishRelease } from '../src/downloads/publish-release.ts'
import { receivePart } from '../src/downloads/receive-part.ts'
import { saveTerms } from '../src/downloads/save-terms.ts'
import type { NewUpload } from '../src/downloads/schemas.ts'
import { type Actor, type Member, systemActor } from '../src/platform/actor.ts'
import type { Config } from '../src/platform/config.ts'
import type { Db } from '../src/platform/db/index.ts'
import { uuidv7 } from '../src/platform/ids.ts'
import { openStorage, partSize } from '../src/platform/storage/index.ts'

type Scope = { after(done: () => Promise<void>): void }
type Needs = { db: Db; config: Config }

/** A DATA_DIR that goes with the test. */
export async function aStore(scope: Scope): Promise<{ DATA_DIR: string; KEY_ENCRYPTION_KEY: string }> {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'keyport-releases-'))
  scope.after(() => rm(DATA_DIR, { recursive: true }))
  return { DATA_DIR, KEY_ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64') }
}

export async function someTerms(db: Db, product: string | null = null) {
  const saved = await saveTerms(db, systemActor('test'), {
    product,
    eula: { en: '# License\n\nBe **good**.', fr: '# Licence\n\nSoyez **sages**.' },
    export_statement: { en: 'Not to the moon.' },
  })
  if (!saved.ok) throw new Error(saved.refusal)
  return saved.terms_id
}

type Wanted = Partial<Omit<NewUpload, 'size'>> & { bytes?: Uint8Array }

/** A file of a release, whole and signed, not published. */
export async function aFile({ db, config }: Needs, release_id: string, wanted: Wanted = {}): Promise<string> {
  const { bytes = Buffer.from('installer\n'.repeat(1000)), ...facts } = wanted
  const needs = { db, config, storage: openStorage(config) }
  const actor = systemActor('test')
  const file = { name: 'app.tar.gz', platform: 'linux-x64', language: null, countries: [], sha256: null } as const
  const begun = await beginUpload(needs, actor, {
    ...file,
    ...facts,
    countries: facts.countries ?? [],
    size: bytes.byteLength,
    release_id,
  })
  if (!begun.ok) throw new Error(begun.refusal)
  const { upload_id } = begun
  for (let offset = 0; offset < bytes.byteLength; offset += partSize) {
    const part = await receivePart(needs, actor, {
      upload_id,
      offset,
      bytes: bytes.subarray(offset, offset + partSize),
    })
    if (!part.ok) throw new Error(part.refusal)
  }
  const finished = await finishUpload(needs, actor, upload_id)
  if (!finished.ok) throw new Error(finished.refusal)
  return finished.file_id
}

type ReleaseOptions = { product: string; version?: string; released_on?: string; files?: Wanted[]; actor?: Actor }

/** A published release with one small file unless told otherwise; terms are made when there are none. */
export async function aRelease(
  needs: Needs,
  given: ReleaseOptions,
): Promise<{ release_id: string; file_ids: string[] }> {
  const { db } = needs
  const { product, version = '1.0', released_on = null, files = [{}], actor = systemActor('test') } = given
  const created = await createRelease(db, actor, { product, version, released_on, notes: '# New\n\nFaster.' })
  if (!created.ok) throw new Error(created.refusal)
  const { release_id } = created
  const file_ids: string[] = []
  for (const file of files) file_ids.push(await aFile(needs, release_id, file))
  if (!(await db.selectFrom('software_terms').select('id').executeTakeFirst())) await someTerms(db)
  const published = await publishRelease(needs, actor, { release_id })
  if (!published.ok) throw new Error(published.refusal)
  return { release_id, file_ids }
}

/** Registers a license for a member's organization, as the wizard would, without its keys. */
export async function ownLicense(db: Db, license_id: string, { organization_id, user_id }: Member): Promise<void> {
  const id = uuidv7()
  const registration = {
    id,
    organization_id,
    user_id,
    license_count: 1,
    registered_to: 'Acme',
    completed_at: new Date(),
  }
  await db.insertInto('registrations').values(registration).execute()
  const owner = { owner_id: organization_id, registered_at: new Date(), registration_id: id }
  await db.updateTable('licenses').set(owner).where('id', '=', license_id).execute()
}
