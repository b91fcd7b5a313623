import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Actor, dayOf, systemActor } from '../platform/actor.ts'
import type { Command, CommandIo } from '../platform/command.ts'
import { errorsOf } from '../platform/http/form.ts'
import { textsFor } from '../platform/i18n.ts'
import type { Services } from '../platform/services.ts'
import { countEligibility } from './campaign-preview.ts'
import { type Campaign, getCampaign, listCampaigns, listVersions, type NamedPath } from './campaign-queries.ts'
import { reportCampaign } from './campaign-report.ts'
import { phaseOf } from './campaign-rules.ts'
import { campaignSchema } from './campaign-schemas.ts'
import { endCampaign, pauseCampaign, publishCampaign, resumeCampaign } from './publish-campaign.ts'
import { createCampaign } from './save-campaign.ts'

const usage = `Usage: keyport campaigns list [--json]
       keyport campaigns create --name NAME --path "FROM > TO"… [options]
       keyport campaigns create --file CAMPAIGN.json
       keyport campaigns preview|report ID [--json]
       keyport campaigns publish|pause|resume|end ID

Lets licenses move to new versions. A new campaign is a draft; preview counts who is eligible and why not.
A path names versions by product code: "ATLAS-PRO 9.0 > ATLAS-PRO 9.1"; docs/campaigns.md explains the file.
  --starts-on DAY, --ends-on DAY   first and last day, the vendor's (default: from today, no end)
  --overlap-days N                 how long old and new keys both work (30)
  --notification-days N            how long a notification is valid (365)
  --without-maintenance            licenses need no maintenance on the day of the release
  --kind KIND…, --country CODE…    which licenses (product, subscription), customers of which countries (all)
Exit: 0 done, 1 refused, 2 called wrongly
`

const options = {
  name: { type: 'string' },
  path: { type: 'string', multiple: true },
  file: { type: 'string' },
  'starts-on': { type: 'string' },
  'ends-on': { type: 'string' },
  'overlap-days': { type: 'string' },
  'notification-days': { type: 'string' },
  'without-maintenance': { type: 'boolean' },
  kind: { type: 'string', multiple: true },
  country: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const t = textsFor('en')
type Values = ReturnType<typeof read>['values']
const read = (argv: string[]) => parseArgs({ args: argv, options, allowPositionals: true })

/** `keyport campaigns`. */
export const campaignsCommand: Command = async (services, argv, io) => {
  const { values, positionals } = read(argv)
  const [verb = '', id, ...rest] = positionals
  if (values.help) {
    io.stdout.write(usage)
    return 0
  }
  if (verb === 'list' && !id) return list(services, io, values)
  if (verb === 'create' && !id) return create(services, io, values)
  if (Object.hasOwn(verbs, verb) && id && rest.length === 0) return verbs[verb]!(services, io, id, values)
  io.stderr.write(usage)
  return 2
}

type Verb = (services: Services, io: CommandIo, id: string, values: Values) => Promise<number>

const verbs: Record<string, Verb> = {
  preview,
  report,
  publish: (services, io, id) =>
    change(services, io, id, async (actor) => {
      const { revision } = await getCampaign(services.db, id)
      return publishCampaign(services.db, actor, { campaign_id: id, revision }, services.config)
    }),
  pause: (services, io, id) => change(services, io, id, (actor) => pauseCampaign(services.db, actor, id)),
  resume: (services, io, id) => change(services, io, id, (actor) => resumeCampaign(services.db, actor, id)),
  end: (services, io, id) => change(services, io, id, (actor) => endCampaign(services.db, actor, id)),
}

const theActor = () => systemActor('keyport campaigns')
const todayOf = ({ config }: Services) => dayOf(new Date(), config.vendor.time_zone)

async function list(services: Services, io: CommandIo, { json }: Values): Promise<number> {
  const { campaigns } = await listCampaigns(services.db)
  const today = todayOf(services)
  if (json) return writeJson(io, campaigns)
  for (const campaign of campaigns) {
    const days = `${campaign.starts_on}..${campaign.ends_on ?? ''}`
    io.stdout.write(`${campaign.id}  ${phaseOf(campaign, today).padEnd(9)}  ${days.padEnd(22)}  ${campaign.name}\n`)
  }
  return 0
}

async function create(services: Services, io: CommandIo, values: Values): Promise<number> {
  const given = values.file ? await readJson(resolve(io.cwd, values.file)) : fromFlags(values)
  const { paths, ...terms } = given as { paths?: unknown }
  const mistyped = Object.keys(terms).find((name) => !(name in campaignSchema.shape))
  if (mistyped) return refused(io, `a campaign has no ${mistyped}`)
  const named = Array.isArray(paths) ? paths.map(String) : []
  const found = await findPaths(services, named)
  const unknown = found.findIndex((path) => !path)
  if (unknown >= 0) return refused(io, `no such versions: ${named[unknown]}`)
  const parsed = campaignSchema.safeParse({ starts_on: todayOf(services), ...terms, paths: found })
  if (!parsed.success) {
    for (const [field, error] of Object.entries(errorsOf(parsed.error.issues, t))) refused(io, `${field}: ${error}`)
    return 1
  }
  const saved = await createCampaign(services.db, theActor(), parsed.data)
  if (saved.ok) {
    io.stdout.write(`${saved.campaign_id}\n`)
    return 0
  }
  if (saved.refusal !== 'path') return refused(io, t(`campaigns.refused.${saved.refusal}`))
  return refused(io, `${named[saved.index]}: ${t(`campaigns.fault.${saved.fault}`)}`)
}

function fromFlags(values: Values): object {
  return {
    name: values.name ?? '',
    paths: values.path ?? [],
    ...(values['starts-on'] && { starts_on: values['starts-on'] }),
    ...(values['ends-on'] && { ends_on: values['ends-on'] }),
    ...(values['overlap-days'] && { overlap_days: values['overlap-days'] }),
    ...(values['notification-days'] && { notification_days: values['notification-days'] }),
    ...(values['without-maintenance'] && { needs_maintenance: false }),
    ...(values.kind && { kinds: values.kind }),
    ...(values.country && { countries: values.country.map((code) => code.toUpperCase()) }),
  }
}

async function readJson(file: string): Promise<object> {
  const text = await readFile(file, 'utf8')
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {}
  throw Object.assign(new Error(`${file} holds no JSON object`), { name: 'ConfigProblem' })
}

/** Versions by `CODE VERSION`, as people write them. */
async function findPaths({ db }: Services, named: string[]) {
  const versions = new Map((await listVersions(db)).map(({ id, code, version }) => [`${code} ${version}`, id]))
  return named.map((path) => {
    const [from, to] = path.split('>').map((end) => versions.get(end.trim().replace(/\s+/, ' ')))
    return from && to ? { from_version_id: from, to_version_id: to } : undefined
  })
}

async function preview(services: Services, io: CommandIo, id: string, { json }: Values): Promise<number> {
  const campaign = await getCampaign(services.db, id)
  const counts = await countEligibility(services.db, id, todayOf(services))
  if (json) return writeJson(io, { campaign, ...counts })
  io.stdout.write(`${counts.customers} customers\n`)
  for (const { outcome, licenses, quantity } of counts.overall) writeCount(io, outcome, licenses, quantity)
  for (const path of campaign.paths) {
    io.stdout.write(`\n${nameOf(path)}\n`)
    for (const count of counts.by_path.filter(({ path_id }) => path_id === path.id)) {
      writeCount(io, count.outcome, count.licenses, count.quantity)
    }
  }
  return 0
}

async function report(services: Services, io: CommandIo, id: string, { json }: Values): Promise<number> {
  const campaign = await getCampaign(services.db, id)
  const told = await reportCampaign(services.db, campaign, todayOf(services))
  if (json) return writeJson(io, { campaign, ...told })
  const { notified, without_mail, refused_mails, upgraded } = told.customers
  io.stdout.write(`customers: ${notified} told, ${without_mail} of them without an address, ${upgraded} upgraded\n`)
  io.stdout.write(`mails refused for good: ${refused_mails}\n`)
  for (const path of campaign.paths) {
    const done = told.paths.find(({ path_id }) => path_id === path.id)!
    const eligible = told.eligibility.by_path.find(
      ({ path_id, outcome }) => path_id === path.id && outcome === 'eligible',
    )
    io.stdout.write(`\n${nameOf(path)}\n`)
    writeCount(io, 'eligible', eligible?.licenses ?? 0, eligible?.quantity ?? 0)
    writeCount(io, 'upgraded', done.upgraded, done.upgraded_quantity)
    io.stdout.write(`  ${'overlaps that run'.padEnd(22)} ${done.overlaps}\n`)
  }
  return 0
}

const nameOf = (path: NamedPath) => `${path.from_product} ${path.from_version} > ${path.to_product} ${path.to_version}`

function writeCount(io: CommandIo, what: string, licenses: number, quantity: number) {
  io.stdout.write(`  ${what.padEnd(22)} ${licenses} licenses, quantity ${quantity}\n`)
}

type Changed = { ok: true } | { ok: false; refusal: 'state' | 'changed' | 'over' | 'ended' }

async function change(services: Services, io: CommandIo, id: string, work: (actor: Actor) => Promise<Changed>) {
  const result = await work(theActor())
  if (!result.ok) return refused(io, t(`campaigns.refused.${result.refusal}`))
  const campaign: Campaign = await getCampaign(services.db, id)
  io.stdout.write(`${phaseOf(campaign, todayOf(services))}\n`)
  return 0
}

function refused(io: CommandIo, text: string): number {
  io.stderr.write(`keyport: ${text}\n`)
  return 1
}

function writeJson(io: CommandIo, value: unknown): number {
  io.stdout.write(`${JSON.stringify(value)}\n`)
  return 0
}
