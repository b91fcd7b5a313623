import { Hono } from 'hono'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { shellFor } from '../shell.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { everyDownload, listDownloads } from './history.ts'
import { downloadsCsv } from './history-csv.ts'
import { HistoryTable } from './pages/history-page.tsx'

/** What the organization downloaded. */
export const historyWeb = new Hono<Env>()
  .get(urls.software.history.pattern, allow('viewer'), async (c) => {
    const { t, format, db, actor } = c.var
    const { organization_id } = actor
    const { rows, after } = await listDownloads(db, { organization_id, after: c.req.query('after') })
    const csv = (
      <LinkButton icon="download" href={urls.software.historyCsv.to()} download>
        {t('downloads.history.csv')}
      </LinkButton>
    )
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('downloads.history.title')}
        lead={t('downloads.history.lead')}
        breadcrumb={[{ text: t('downloads.title'), href: urls.software.home.to() }]}
        actions={csv}
        live
      >
        <HistoryTable {...{ t, format, rows }} moreHref={after && urls.software.history.to({ after })} />
      </Page>,
    )
  })
  .get(urls.software.historyCsv.pattern, allow('viewer'), (c) => {
    const { t, db, actor } = c.var
    return downloadsCsv(everyDownload(db, { organization_id: actor.organization_id }), t)
  })
