import { type Context, Hono } from 'hono'
import { countAsking } from '../delegation/index.ts'
import { type CatalogQuery, catalogQuerySchema, countCatalog, listFirst } from '../licenses/index.ts'
import { listInvitationsFor } from '../organizations/index.ts'
import { isAtLeast, type Member } from '../platform/actor.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { countWaiting, listOpenDrafts, listPurchases } from '../registration/index.ts'
import { countSharers } from '../sharing/index.ts'
import { shellFor } from '../shell.tsx'
import { countWaitingFor } from '../succession/index.ts'
import { countOffers } from '../transfers/index.ts'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { countPending } from './count-pending.ts'
import { HomeBody, OutsiderBody } from './pages/home-page.tsx'
import { getStatistics } from './statistics.ts'

/** Rows of the short lists on Home. */
const shortList = 5
const shortestList = 3
/** Up to here waiting licenses are counted. */
const countedAtMost = 1000

export const homeWeb = new Hono<PublicEnv>().get(urls.home.pattern, allow('signed_in'), async (c) => {
  const { t, db, visitor } = c.var
  if (visitor?.operator_role && !visitor.role) return c.redirect(urls.admin.home.to(), 303)
  const invitations = visitor?.email ? await listInvitationsFor(db, visitor.email, visitor.now) : []
  if (!visitor || !isAtLeast(visitor, 'viewer')) {
    return c.html(
      <Page shell={shellFor(c)} title={t('home.title')} lead={t('home.outsider')}>
        <OutsiderBody t={t} invitations={invitations} />
      </Page>,
    )
  }
  return c.html(
    <Page shell={shellFor(c)} title={t('home.welcome', { name: visitor.name })} lead={t('home.lead')}>
      <HomeBody {...(await propsFor(c, visitor))} invitations={invitations} />
    </Page>,
  )
})

async function propsFor(c: Context<PublicEnv>, actor: Member) {
  const { t, format, db, config } = c.var
  const mayRegister = isAtLeast(actor, 'manager')
  const count = (query: Partial<CatalogQuery>) => countCatalog(db, actor, queryOf(query))
  const list = (query: Partial<CatalogQuery>) => listFirst(db, actor, queryOf(query), shortList)
  const all = await count({})
  return {
    ...{ t, format, mayRegister },
    today: actor.today,
    drafts: mayRegister ? await listOpenDrafts(db, actor, shortList) : [],
    totals: {
      all,
      expiring: await count({ status: 'expiring' }),
      grace: await count({ status: 'grace' }),
      start_planning: await count({ status: 'start_planning' }),
    },
    purchases: mayRegister ? (await listPurchases(db, actor, { size: shortestList })).rows : [],
    waiting: mayRegister ? await countWaiting(db, actor, countedAtMost) : { count: 0, exact: true },
    pending: await countPending(db, actor),
    sharers: await countSharers(db, actor),
    offers: await countOffers(db, actor),
    asking: await countAsking(db, actor),
    recovering: await countWaitingFor(db, actor),
    statistics: all.count > 0 ? await getStatistics(db, actor, config, all.exact) : undefined,
    ending: [...(await list({ status: 'grace' })), ...(await list({ status: 'expiring' }))].slice(0, shortList),
    // License information that was added is sorted in, though nobody has registered it.
    recent: (await list({})).filter(({ registered_on }) => registered_on),
  }
}

function queryOf(query: Partial<CatalogQuery>): CatalogQuery {
  return catalogQuerySchema.parse(query)
}
