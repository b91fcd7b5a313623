import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { catalogQuerySchema, listFirst } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { shellFor } from '../shell.tsx'
import { type Link, Page } from '../ui/layout.tsx'
import { Code } from '../ui/text.tsx'
import { urls } from '../urls.ts'
import { ChooseBody } from './pages/choose-page.tsx'
import { OwnershipRequestBody } from './pages/ownership-page.tsx'
import { chooseSchema } from './schemas.ts'

const mostOffered = 20

/** Requests that begin with a license: choosing it, and License Ownership Assignment & Transfers. */
export const licenseWeb = new Hono<Env>()
  .get(urls.requests.choose.pattern, allow('manager'), async (c) => {
    const { t, format, db, actor } = c.var
    const { for: about, q } = chooseSchema.parse(c.req.query())
    const found = await listFirst(db, actor, catalogQuerySchema.parse({ q, source: 'own' }), mostOffered + 1)
    const licenses = found.slice(0, mostOffered)
    const more = found.length > mostOffered
    const body = <ChooseBody {...{ t, format, today: actor.today, about, q, licenses, more }} />
    const service = { text: t('ui.nav.service'), href: urls.requests.list.to() }
    return show(
      c,
      { title: t('service.choose.title'), lead: t(`service.choose.lead.${about}`), trail: [service] },
      body,
    )
  })
  .get(urls.requests.ownershipRequest.pattern, allow('manager'), async (c) => {
    const { t, config } = c.var
    const { serial } = await findOwn(c)
    const ownership = { text: t('licenses.option.ownership'), href: urls.transfers.ownership.to({ serial }) }
    const { support_email } = config
    const body = <OwnershipRequestBody {...{ t, serial, vendor: config.vendor.name, support_email }} />
    const trail = [...trailOf(c, serial), ownership]
    return show(c, { title: t('service.ownership.request'), lead: <Code>{serial}</Code>, trail }, body)
  })

function findOwn(c: Context<Env>) {
  return getOwn(c.var.db, c.var.actor, c.req.param('serial') ?? '')
}

/** @throws AppError `not_found` for a license of somebody else, exactly as for one that does not exist. */
async function getOwn(db: Db, { organization_id }: Member, serial: string) {
  const license = await db
    .selectFrom('licenses as l')
    .innerJoin('organizations as o', 'o.id', 'l.owner_id')
    .select(['l.serial', 'o.name as organization'])
    .where('l.serial', '=', serial.replaceAll('\0', ''))
    .where('l.owner_id', '=', organization_id)
    .executeTakeFirst()
  if (!license) throw new AppError('not_found')
  return license
}

function trailOf({ var: { t } }: Context<Env>, serial: string): Link[] {
  return [
    { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() },
    { text: serial, href: urls.licenses.show.to({ serial }) },
  ]
}

function show(c: Context<Env>, { title, lead, trail }: { title: string; lead: Child; trail: Link[] }, body: Child) {
  return c.html(
    <Page shell={shellFor(c)} title={title} lead={lead} breadcrumb={trail}>
      {body}
    </Page>,
  )
}
