import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { isOperator } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { openStorage } from '../platform/storage/index.ts'
import { shellFor } from '../shell.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { countByDay, getAdminRelease, listAdminFiles, listProducts, listReleases } from './admin-queries.ts'
import { removeFile, saveNotes, withdrawRelease } from './change-release.ts'
import { createRelease } from './create-release.ts'
import { renderMarkdown } from './markdown.tsx'
import { AdminReleaseBody } from './pages/admin-release-page.tsx'
import { AdminReleasesBody } from './pages/admin-releases-page.tsx'
import { NewReleaseBody } from './pages/new-release-page.tsx'
import { publishRelease } from './publish-release.ts'
import { releaseStates } from './rules.ts'
import { newReleaseSchema, notesSchema, revisionSchema, withdrawalSchema } from './schemas.ts'
import { listUploads } from './uploads.ts'
import { adminTermsWeb } from './web-terms.tsx'
import { idOf, uploadsWeb } from './web-uploads.ts'

const querySchema = z.object({
  state: z.enum(releaseStates).optional().catch(undefined),
  after: z.string().optional(),
})

/** Releases, for the vendor's staff: everybody there sees them, those for the catalog change them. */
export const releasesAdminWeb = new Hono<OperatorEnv>()
  .get(urls.admin.releases.pattern, allow('operator'), async (c) => {
    const { t, format, db, actor } = c.var
    const query = querySchema.parse(c.req.query())
    const { rows, after } = await listReleases(db, query)
    const mayChange = isOperator(actor, ['catalog'])
    const action = { text: t('releases.new'), href: urls.admin.newRelease.to(), icon: 'plus' as const }
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('releases.title')}
        lead={t('releases.lead')}
        action={mayChange ? action : undefined}
        actions={<Links c={c} />}
        live
      >
        <AdminReleasesBody
          {...{ t, format, rows, state: query.state }}
          moreHref={after && urls.admin.releases.to({ state: query.state, after })}
        />
      </Page>,
    )
  })
  .get(urls.admin.newRelease.pattern, allow(['catalog']), (c) => newPage(c, emptyForm))
  .post(urls.admin.newRelease.pattern, allow(['catalog']), async (c) => {
    const { t, db, actor } = c.var
    const form = await readForm(c, newReleaseSchema)
    if (!form.ok) return newPage(c, form)
    const created = await createRelease(db, actor, form.value)
    if (!created.ok) {
      const field = created.refusal === 'exists' ? 'version' : 'product'
      return newPage(c, refused(form, field, t(`releases.new.${created.refusal}`)))
    }
    return c.redirect(urls.admin.release.to({ release: created.release_id }), 303)
  })
  .get(urls.admin.release.pattern, allow('operator'), (c) => releasePage(c, emptyForm))
  .post(urls.admin.releaseNotes.pattern, allow(['catalog']), async (c) => {
    const form = await readForm(c, notesSchema)
    if (!form.ok) return releasePage(c, form)
    const saved = await saveNotes(c.var.db, c.var.actor, { release_id: idOf(c, 'release'), ...form.value })
    return saved.ok
      ? back(c, 'releases.notes.saved')
      : releasePage(c, refused(form, 'notes', c.var.t('releases.stale')))
  })
  .post(urls.admin.publishRelease.pattern, allow(['catalog']), async (c) => {
    const { t, db, actor, config } = c.var
    const form = await readForm(c, revisionSchema)
    if (!form.ok) throw new AppError('malformed')
    const published = await publishRelease({ db, config }, actor, { release_id: idOf(c, 'release'), ...form.value })
    if (published.ok) return back(c, 'releases.publish.done')
    return releasePage(c, refused(emptyForm, 'publish', t(`releases.publish.refused.${published.refusal}`)))
  })
  .post(urls.admin.withdrawRelease.pattern, allow(['catalog']), async (c) => {
    const { t, db, actor } = c.var
    const form = await readForm(c, withdrawalSchema)
    if (!form.ok) return releasePage(c, form)
    const withdrawn = await withdrawRelease(db, actor, { release_id: idOf(c, 'release'), ...form.value })
    if (withdrawn.ok) return back(c, 'releases.withdraw.done')
    return releasePage(
      c,
      refused(form, 'reason', t(withdrawn.refusal === 'stale' ? 'releases.stale' : 'releases.withdraw.not_published')),
    )
  })
  .post(urls.admin.removeFile.pattern, allow(['catalog']), async (c) => {
    const { t, db, actor, config } = c.var
    const file = { release_id: idOf(c, 'release'), file_id: idOf(c, 'file') }
    const removed = await removeFile({ db, storage: openStorage(config) }, actor, file)
    if (removed.ok) return back(c, 'releases.file.removed')
    return releasePage(c, refused(emptyForm, 'publish', t('releases.file.published_stays')))
  })
  .route('/', uploadsWeb(releasePage))
  .route('/', adminTermsWeb)

function Links({ c }: { c: Context<OperatorEnv> }) {
  const { t } = c.var
  return (
    <>
      <LinkButton icon="license" href={urls.admin.softwareTerms.to()}>
        {t('releases.terms.title')}
      </LinkButton>
      <LinkButton icon="trending-up" href={urls.admin.downloads.to()}>
        {t('releases.downloads.title')}
      </LinkButton>
    </>
  )
}

function back(
  c: Context<OperatorEnv>,
  text: 'releases.notes.saved' | 'releases.publish.done' | 'releases.withdraw.done' | 'releases.file.removed',
) {
  leaveFlash(c, 'success', c.var.t(text))
  return c.redirect(urls.admin.release.to({ release: idOf(c, 'release') }), 303)
}

async function newPage(c: Context<OperatorEnv>, form: FormState) {
  const { t, db, actor } = c.var
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('releases.new')}
      lead={t('releases.new.lead')}
      breadcrumb={[{ text: t('releases.title'), href: urls.admin.releases.to() }]}
      refused={isRefused}
      narrow
    >
      <NewReleaseBody {...{ t, form, today: actor.today }} products={await listProducts(db)} />
    </Page>,
    isRefused ? 422 : 200,
  )
}

/** Days that the chart of a release shows. */
const chartDays = 14

async function releasePage(c: Context<OperatorEnv>, form: FormState) {
  const { t, format, db, actor } = c.var
  const release = await getAdminRelease(db, c.req.param('release') ?? '')
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('downloads.release.title', release)}
      lead={t('downloads.release.lead', { day: format.day(release.released_on) })}
      breadcrumb={[{ text: t('releases.title'), href: urls.admin.releases.to() }]}
      refused={isRefused}
    >
      <AdminReleaseBody
        {...{ t, format, form, release, today: actor.today }}
        files={await listAdminFiles(db, release.id)}
        uploads={await listUploads(db, release.id)}
        days={await countByDay(db, { release_id: release.id, today: actor.today, days: chartDays })}
        notes={await renderMarkdown(release.notes)}
        mayChange={isOperator(actor, ['catalog'])}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}
