import { type Context, Hono } from 'hono'
import { isAtLeast } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { attachment } from '../platform/http/file-name.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { listComments } from './comments.ts'
import { listHistory } from './history.ts'
import { mayOn } from './levels.ts'
import { getKeyFile, getLicense, type LicenseDetails, listKeys } from './license-details.ts'
import { listRelatives } from './lineage.ts'
import { getNotes } from './notes.ts'
import { type LicenseOption, licenseOptions, optionsOf, seesNotes } from './option-rules.ts'
import { LicenseBody, LicenseName } from './pages/license-page.tsx'
import type { OptionEntry } from './pages/options-card.tsx'

/** Of license files; license-file.md. */
const licenseFileType = 'application/vnd.keyport.slf+json'
const commentsShown = 3

/**
 * Why entries that another module stands behind are not possible for a license, in words; null when they are. Asked
 * only for licenses that the reader's organization owns, or manages for their owner.
 */
export type OptionReasons = (c: Context<Env>, serial: string) => Promise<Partial<Record<LicenseOption, string | null>>>

/** License Key Details, and the files of a license. */
export function licenseDetailsWeb(reasonsOf: OptionReasons): Hono<Env> {
  return new Hono<Env>()
    .get(urls.licenses.show.pattern, allow('viewer'), async (c) => {
      const { t, config, db, actor } = c.var
      const license = await getLicense(db, actor, c.req.param('serial'))
      const mayRegister = isAtLeast(actor, 'manager')
      const catalog = { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() }
      const register = {
        text: t('licenses.details.register'),
        href: urls.registration.start.to(),
        icon: 'key' as const,
      }
      return c.html(
        <Page
          shell={shellFor(c)}
          title={t('licenses.details.title')}
          lead={<LicenseName t={t} license={license} />}
          breadcrumb={[catalog]}
          action={license.owned || !mayRegister ? undefined : register}
        >
          <LicenseBody
            {...(await partsOf(c, license))}
            options={await entriesOf(c, license, reasonsOf)}
            mayTake={mayOn(actor, license, 'downloader')}
            mayRegister={mayRegister}
            vendor={config.vendor.name}
            support_email={config.support_email}
          />
        </Page>,
      )
    })
    .get(urls.licenses.file.pattern, allow('downloader'), async (c) => {
      const { serial, key } = c.req.param()
      const { db, actor } = c.var
      const { name, content, own, license_id, owner_id } = await getKeyFile(db, actor, serial, key)
      // The owner reads what others take.
      if (!own && owner_id) {
        const taken = { organization_id: owner_id, license_id, subject_id: key, details: { name } }
        await db.transaction().execute((trx) => record(trx, actor, 'license.file_taken', taken))
      }
      return c.body(content, 200, {
        'content-type': licenseFileType,
        'content-disposition': attachment(name),
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
    })
}

async function partsOf(c: Context<Env>, license: LicenseDetails) {
  const { t, format, locale, db, actor } = c.var
  const before = c.req.query('before')
  const [keys, relatives, notes, comments, history] = await Promise.all([
    listKeys(db, actor, license.id),
    listRelatives(db, actor, license.id),
    getNotes(db, actor, license),
    seesNotes(actor, license) ? listComments(db, actor, license.id, { limit: commentsShown }) : undefined,
    listHistory(db, actor, license.id, before),
  ])
  return {
    ...{ t, format, locale, license, keys, relatives, notes, comments, today: actor.today },
    history: { ...history, paged: before !== undefined },
  }
}

/** What the license or the reader's role rules out is said first, then what the module behind an entry knows. */
async function entriesOf(c: Context<Env>, license: LicenseDetails, reasonsOf: OptionReasons): Promise<OptionEntry[]> {
  const { t, actor } = c.var
  const refusals = optionsOf(license, actor)
  const managed = license.owned && license.level === 'full'
  const further = managed ? await reasonsOf(c, license.serial) : {}
  return licenseOptions.map((option) => {
    const refusal = refusals[option]
    return { option, refused: refusal ? t(`licenses.option_refused.${refusal}`) : (further[option] ?? null) }
  })
}
