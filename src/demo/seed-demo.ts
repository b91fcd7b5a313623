import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createAccount, createColleague, createOperator, findMemberByEmail } from '../accounts/index.ts'
import { importPoolKeys } from '../keys/index.ts'
import { importOrders } from '../orders/index.ts'
import { inviteMember } from '../organizations/index.ts'
import { type Actor, type Member, type Role, systemActor } from '../platform/actor.ts'
import { hashPassword } from '../platform/auth/index.ts'
import type { Db } from '../platform/db/index.ts'
import type { Locale } from '../platform/i18n.ts'
import type { Services } from '../platform/services.ts'
import { csvLine } from '../platform/tables/index.ts'
import { saveProducts } from '../products/index.ts'
import { registerSerials } from '../registration/index.ts'
import { tagSome } from './bulk-tags.ts'
import { demoCatalog, demoPoolKeys } from './catalog.ts'
import { addFields } from './company-fields.ts'
import { companyOrders, registeredSerials } from './company-orders.ts'
import { deploySome } from './deployed-licenses.ts'
import { demoOrders } from './generate-orders.ts'
import { addNotes } from './license-notes.ts'
import { keepSearches } from './saved-searches.ts'
import { makeCampaigns } from './seed-campaigns.ts'
import { downloadSome, seedReleases } from './seed-releases.ts'
import { answerDemoRequest, openDemoRequests } from './seed-requests.ts'
import { shareSome } from './shared-licenses.ts'

/** What `DATA_DIR/demo.json` tells scripts and people who try the portal. */
export type DemoFile = {
  url: string
  users: { email: string; password: string; role: string; organization: string }[]
  /** By key scheme: serial numbers that nobody has registered yet. */
  serial_numbers: Record<string, string[]>
}

type Person = { email: string; given_name: string; family_name: string; role: Role; locale: Locale; time_zone: string }
type Company = { name: string; country: string; people: [administrator: Person, ...colleagues: Person[]] }

/** Every login of the demo has it; a portal in production has no demo. */
const password = 'ferry-lantern-42'

const companies: Company[] = [
  {
    name: 'Halden Maritime AS',
    country: 'NO',
    people: [
      person('ase@halden.example', 'Åse', 'Lægreid', 'administrator'),
      person('magnus@halden.example', 'Magnus', 'Ødegård', 'manager'),
      person('ingrid@halden.example', 'Ingrid', 'Sørensen', 'downloader'),
      person('viktor@halden.example', 'Viktor', 'Lund', 'viewer'),
    ],
  },
  {
    name: 'Atelier Vermeil SARL',
    country: 'FR',
    people: [person('zoe@vermeil.example', 'Zoé', 'Lefèvre', 'administrator', 'fr')],
  },
  {
    name: 'Fjord Software Partner AS',
    country: 'NO',
    people: [person('pia@fjord.example', 'Pia', 'Solberg', 'administrator')],
  },
]
const operator = { email: 'operator@keyport.example', name: 'Robin Okafor', role: 'administrator' as const }

/**
 * Fills an empty portal with a vendor's catalog, logins and orders, by the commands that operators use; a portal
 * that has them stays as it is. Then writes `DATA_DIR/demo.json`.
 * @throws AppError `forbidden` in production.
 */
export async function seedDemo(services: Services, now = new Date()): Promise<DemoFile> {
  const { config, db } = services
  if (config.production) throw new Error('a portal in production gets no demo data')
  const actor = systemActor('demo', now)
  if (!(await isSeeded(db))) await seed(services, actor)
  const demo = { url: config.base_url, users: logins(config.vendor.name), serial_numbers: await freeSerials(db) }
  await writeDemoFile(config.data_dir, demo)
  return demo
}

/** The operator is made last, to answer a request: with one, all the rest is there. A seeding that was cut off is done again. */
async function isSeeded(db: Db): Promise<boolean> {
  const { rows } = await sql`select from operators o join auth."user" u on u.id = o.user_id
    where u.email = ${operator.email}`.execute(db)
  return rows.length > 0
}

async function seed(services: Services, actor: Actor): Promise<void> {
  const { db } = services
  const hashing = hashPassword(password)
  await saveProducts(db, actor, demoCatalog)
  await importPoolKeys(db, actor, { product_code: 'DELTA-SYNC', keys: demoPoolKeys(300) })
  await importRows(db, actor, companyOrders(actor.now), 'demo companies')
  await importRows(db, actor, demoOrders({ lines: 300, seed: 1, today: actor.today }), 'demo customers')
  const password_hash = await hashing
  for (const company of companies) await createCompany(db, actor, company, password_hash)
  const administrator = await findMemberByEmail(db, companies[0]!.people[0]!.email, actor.now)
  await inviteMember(db, administrator!, { email: 'sigrid@halden.example', role: 'downloader' }, services.config)
  const manager = await findMemberByEmail(db, companies[0]!.people[1]!.email, actor.now)
  await registerSome(services, manager!)
  await deploySome(services, manager!)
  await addFields(db, manager!)
  await tagSome(services, manager!)
  await addNotes(services, manager!)
  await keepSearches(db, manager!)
  await openDemoRequests(services, manager!)
  await makeCampaigns(services, actor)
  await seedReleases(services, actor)
  await downloadSome(services, manager!)
  const [friend, partner] = ['zoe@vermeil.example', 'pia@fjord.example']
  await shareSome(services, { administrator: administrator!, manager: manager!, friend, partner })
  const made = await createOperator(db, actor, { ...operator, password })
  if (made.ok) await answerDemoRequest(services, { ...actor, name: operator.name, user_id: made.user_id })
}

async function importRows(db: Db, actor: Actor, rows: Iterable<string[]>, name: string): Promise<void> {
  const bytes = Buffer.from([...rows].map(csvLine).join(''))
  const report = await importOrders(db, actor, { bytes }, { name })
  if (report.rejected > 0) throw new Error(`${report.rejected} rows of ${name} were refused`)
}

async function createCompany(db: Db, actor: Actor, { name, country, people }: Company, password_hash: string) {
  const [administrator, ...colleagues] = people
  const login = { password_hash, phone: null }
  await createAccount(db, actor, { ...administrator, ...login, company: name, country, confirmed: true })
  const member = await findMemberByEmail(db, administrator.email, actor.now)
  const { organization_id } = member!
  for (const colleague of colleagues) await createColleague(db, actor, { ...colleague, ...login, organization_id })
}

/** So that the catalog shows licenses in several states from the start. */
async function registerSome(services: Services, actor: Member): Promise<void> {
  const { rows } = await sql<{ serial: string }>`select serial from licenses
    where serial = any(${registeredSerials}::text[]) and registered_at is null`.execute(services.db)
  if (rows.length === 0) return
  const serials = rows.map(({ serial }) => serial)
  const registered = await registerSerials({ services, actor, serials, host: undefined, fields: [] })
  if ('code' in registered) throw new Error(`the demo's licenses were not registered: ${registered.text}`)
}

/** Ordinary ones: what asks for a basket of its own, for answers or for another license is left out. */
async function freeSerials(db: Db): Promise<Record<string, string[]>> {
  const { rows } = await sql<{ key_scheme: string; serials: string[] }>`
    select p.key_scheme, array_agg(l.serial order by l.serial desc) as serials
    from products p
    join product_versions v on v.product_id = p.id
    join lateral (
      select l.serial from licenses l
      join order_lines ol on ol.id = l.order_line_id
      join orders o on o.id = ol.order_id and o.cancelled_at is null
      where l.product_version_id = v.id and l.registered_at is null and l.revoked_at is null
      order by l.serial desc limit 20
    ) l on true
    where p.covers_product_id is null and not p.register_alone and p.fields_schema is null
    group by p.key_scheme order by p.key_scheme`.execute(db)
  return Object.fromEntries(rows.map(({ key_scheme, serials }) => [key_scheme, serials]))
}

function logins(vendor: string): DemoFile['users'] {
  const members = companies.flatMap(({ name, people }) =>
    people.map(({ email, role }) => ({ email, password, role, organization: name })),
  )
  return [...members, { email: operator.email, password, role: 'operator', organization: vendor }]
}

/** For its owner only, and whole at every moment. */
async function writeDemoFile(data_dir: string, demo: DemoFile): Promise<void> {
  const file = join(data_dir, 'demo.json')
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
}

function person(email: string, given_name: string, family_name: string, role: Role, locale: Locale = 'en'): Person {
  return { email, given_name, family_name, role, locale, time_zone: locale === 'fr' ? 'Europe/Paris' : 'Europe/Oslo' }
}
