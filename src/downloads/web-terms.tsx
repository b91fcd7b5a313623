import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import { allow } from '../platform/http/access.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { countByMonth, countByProduct, listProducts, listTerms } from './admin-queries.ts'
import { everyDownload, listDownloads } from './history.ts'
import { downloadsCsv } from './history-csv.ts'
import { AdminDownloadsBody } from './pages/admin-downloads-page.tsx'
import { AdminTermsBody } from './pages/admin-terms-page.tsx'
import { saveTerms } from './save-terms.ts'
import { termsSchema } from './schemas.ts'

/** What downloads ask to be agreed to, and the downloads of everybody. */
export const adminTermsWeb = new Hono<OperatorEnv>()
  .get(urls.admin.softwareTerms.pattern, allow('operator'), (c) => termsPage(c, emptyForm))
  .post(urls.admin.softwareTerms.pattern, allow(['catalog']), async (c) => {
    const { t, db, actor } = c.var
    const form = await readForm(c, termsSchema)
    if (!form.ok) return termsPage(c, form)
    const saved = await saveTerms(db, actor, newTermsOf(form.value))
    if (!saved.ok) return termsPage(c, refused(form, 'product', t('releases.new.unknown_product')))
    leaveFlash(c, 'success', t('releases.terms.saved', { number: saved.number }))
    return c.redirect(urls.admin.softwareTerms.to(), 303)
  })
  .get(urls.admin.downloads.pattern, allow('operator'), async (c) => {
    const { t, format, db, actor } = c.var
    const { rows, after } = await listDownloads(db, { after: c.req.query('after') })
    const csv = (
      <LinkButton icon="download" href={urls.admin.downloadsCsv.to()} download>
        {t('downloads.history.csv')}
      </LinkButton>
    )
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('releases.downloads.title')}
        lead={t('releases.downloads.lead')}
        breadcrumb={[{ text: t('releases.title'), href: urls.admin.releases.to() }]}
        actions={csv}
        live
      >
        <AdminDownloadsBody
          {...{ t, format, rows }}
          months={await countByMonth(db, actor.today)}
          products={await countByProduct(db, actor.today)}
          moreHref={after && urls.admin.downloads.to({ after })}
        />
      </Page>,
    )
  })
  .get(urls.admin.downloadsCsv.pattern, allow('operator'), (c) => downloadsCsv(everyDownload(c.var.db, {}), c.var.t))

/** A language left empty reads English. */
function newTermsOf(form: z.output<typeof termsSchema>) {
  const texts = (en: string, fr: string, pt: string) => ({ en, ...(fr && { fr }), ...(pt && { 'pt-BR': pt }) })
  return {
    product: form.product || null,
    eula: texts(form.eula_en, form.eula_fr, form.eula_pt),
    export_statement: texts(form.export_en, form.export_fr, form.export_pt),
  }
}

async function termsPage(c: Context<OperatorEnv>, form: FormState) {
  const { t, format, db } = c.var
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('releases.terms.title')}
      lead={t('releases.terms.lead')}
      breadcrumb={[{ text: t('releases.title'), href: urls.admin.releases.to() }]}
      refused={isRefused}
    >
      <AdminTermsBody {...{ t, format, form }} terms={await listTerms(db)} products={await listProducts(db)} />
    </Page>,
    isRefused ? 422 : 200,
  )
}
