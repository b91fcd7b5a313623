import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import type { Config } from '../../platform/config.ts'
import type { Trx } from '../../platform/db/index.ts'
import { formatFor, isLocale, textsFor } from '../../platform/i18n.ts'
import { enqueueMails, type OutgoingMail } from '../../platform/mail/index.ts'
import { urls } from '../../urls.ts'
import type { Deployment } from '../queries.ts'
import { type DeploymentNews, deploymentMail, type Story } from './deployment-mail.ts'

type Reader = { email: string; name: string | null; locale: string; time_zone: string }

/** Tells technical contacts and administrators what happened to the keys of a license; each address once. */
export async function tellAbout(
  trx: Trx,
  actor: Pick<Actor, 'now' | 'name' | 'locale' | 'time_zone' | 'kind'>,
  license: Deployment,
  news: DeploymentNews,
  story: Story,
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<void> {
  const url = config.base_url + urls.licenses.show.to({ serial: license.serial })
  const by = actor.kind === 'user' ? actor.name : config.vendor.name
  const mails = (await readersOf(trx, actor, license)).map(
    ({ email, name, locale: given, time_zone }): OutgoingMail => {
      const locale = isLocale(given) ? given : 'en'
      const reading = { t: textsFor(locale), format: formatFor(locale, time_zone), name, by, url }
      const content = deploymentMail(news, { ...reading, license, story })
      return { template: `deployment.${news}`, to: { email, ...(name && { name }) }, locale, content }
    },
  )
  await enqueueMails(trx, actor.now, mails)
}

/** Contacts have no account: they read the language of whoever acts. */
async function readersOf(
  trx: Trx,
  { locale, time_zone }: Pick<Actor, 'locale' | 'time_zone'>,
  { organization_id, contacts }: Deployment,
): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select u.email, u.name, u.locale, u."timeZone" as time_zone
    from memberships m join auth."user" u on u.id = m.user_id and u."emailVerified"
    where m.organization_id = ${organization_id} and m.role = 'administrator' order by u.id`.execute(trx)
  const told = new Map(rows.map((reader) => [reader.email.toLowerCase(), reader]))
  for (const { email, name } of contacts) {
    const address = email.trim().toLowerCase()
    if (z.email().safeParse(address).success && !told.has(address))
      told.set(address, { email: address, name, locale, time_zone })
  }
  return [...told.values()]
}
