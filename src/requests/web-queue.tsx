import { Hono } from 'hono'
import { isOperator } from '../platform/actor.ts'
import { allow } from '../platform/http/access.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { AdminHomeBody } from './pages/admin-home-page.tsx'
import { QueueBody } from './pages/queue-page.tsx'
import { countQueue, isRequest, listAssignees, listQueue } from './queries.ts'
import { readerOf } from './reader.ts'
import { decidingRoles } from './rules.ts'
import { queueQuerySchema } from './schemas.ts'

/** What waits for operators: in numbers, and as a list. */
export const queueWeb = new Hono<OperatorEnv>()
  .get(urls.admin.home.pattern, allow('operator'), async (c) => {
    const { t, format, db, actor } = c.var
    const counts = await countQueue(db, actor)
    return c.html(
      <Page shell={shellFor(c)} title={t('requests.admin.title')} lead={t('requests.admin.lead')}>
        <AdminHomeBody {...{ t, format, counts, actor }} />
      </Page>,
    )
  })
  .get(urls.admin.requests.pattern, allow('operator'), async (c) => {
    const { t, db, actor } = c.var
    const query = queueQuerySchema.parse(c.req.query())
    // Somebody on the telephone quotes a number: whatever state the request is in, that is the one.
    if (query.number && (await isRequest(db, query.number))) {
      return c.redirect(urls.admin.request.to({ request: query.number }), 303)
    }
    const assignee = query.assignee === 'me' ? actor.user_id : query.assignee
    const page = await listQueue(db, actor.now, { ...query, assignee })
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('requests.queue.title')}
        lead={t('requests.queue.lead')}
        action={
          isOperator(actor, decidingRoles)
            ? { text: t('requests.answers.title'), href: urls.admin.answers.to(), icon: 'mail' }
            : undefined
        }
        live
      >
        <QueueBody reader={readerOf(c, actor)} page={page} query={query} assignees={await listAssignees(db)} />
      </Page>,
    )
  })
