import { z } from 'zod'
import { assignOwner } from '../licenses/index.ts'
import type { Operator } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { type Choice, defineRequestKind, type Fact, type Reading, type ServiceRequest } from '../requests/index.ts'
import { tellParties } from './emails/tell-parties.ts'
import { findParty, listNamed, type Named, type Party } from './parties.ts'
import { keyChoices } from './schemas.ts'

const detailsSchema = z.object({
  from: z.string(),
  to: z.string(),
  serials: z.array(z.string()),
  customer_numbers: z.array(z.string()),
  keys: z.enum(keyChoices),
  description: z.string(),
})
type Details = z.infer<typeof detailsSchema>
type Request = ServiceRequest<Details>

/** Serial numbers that an operator is shown of a list. */
const mostShown = 20

/**
 * A contract change: accepting it makes the organization of one user name the owner of licenses of the organization of
 * another, all of them or none. Source: seed 000, "Transferring license ownership".
 */
export const contractChangeRequests = defineRequestKind<Details>({
  kind: 'contract_change',
  details: detailsSchema,
  facts,
  decisionFacts,
  choices,
  async accept(trx, actor, request, _prepared, { chosen, config }) {
    const from = await findParty(trx, request.details.from)
    const to = await findParty(trx, request.details.to)
    const giver = from && workOf(from, chosen.from)
    const taker = to && workOf(to, chosen.to)
    if (!giver) return { ok: false, text: 'service.contract.choose_from' }
    if (!taker) return { ok: false, text: 'service.contract.choose_to' }
    if (giver.organization_id === taker.organization_id) return { ok: false, text: 'service.contract.same' }
    const given = await give(trx, actor, request, giver.organization_id, taker.organization_id)
    if (!given.ok) return given
    const parties = { giver: giver.organization_id, taker: taker.organization_id, to: to.user_id }
    await tellParties(trx, actor.now, request, parties, given.count, config)
    return { ok: true }
  },
})

type Given =
  | { ok: true; count: number }
  | { ok: false; text: 'service.contract.none' | 'service.contract.impossible'; values?: Record<string, string> }

async function give(trx: Trx, actor: Operator, request: Request, from: string, to: string): Promise<Given> {
  const { details, id, number } = request
  const named = await listNamed(trx, details, [from])
  const unknown = details.serials.filter((serial) => !named.some((license) => license.serial === serial))
  if (named.length === 0) return { ok: false, text: 'service.contract.none' }
  const { assigned, refused } = await assignOwner(trx, actor, {
    ...{ license_ids: named.map((license) => license.id), from, to, keys: details.keys },
    ...{ details: { request: number }, subject_id: id },
  })
  const serialOf = new Map(named.map((license) => [license.id, license.serial]))
  const wrong = [...unknown, ...refused.map(({ license_id }) => serialOf.get(license_id)!)]
  if (wrong.length > 0) return { ok: false, text: 'service.contract.impossible', values: { serials: shortened(wrong) } }
  return { ok: true, count: assigned.length }
}

/** The organization that was chosen, or the only one there is. */
function workOf({ works }: Party, chosen: string | undefined) {
  if (!chosen) return works.length === 1 ? works[0] : undefined
  return works.find(({ organization_id }) => organization_id === chosen)
}

function facts({ t }: Reading, { details }: Request): Fact[] {
  const { from, to, serials, customer_numbers, keys, description } = details
  return [
    { label: t('service.form.from'), value: from },
    { label: t('service.form.to'), value: to },
    ...(serials.length > 0 ? [{ label: t('service.form.serials'), value: listed(t, serials) }] : []),
    ...(customer_numbers.length > 0
      ? [{ label: t('service.form.customer_numbers'), value: listed(t, customer_numbers) }]
      : []),
    { label: t('service.form.keys'), value: t(`service.form.keys.${keys}`) },
    { label: t('service.form.description'), value: description },
  ]
}

async function decisionFacts({ db, t, format }: Reading, request: Request): Promise<Fact[]> {
  const { details, organization_id } = request
  const [from, to] = [await findParty(db, details.from), await findParty(db, details.to)]
  const owners = (from?.works ?? []).map((work) => work.organization_id)
  const named = await listNamed(db, details, owners)
  const isOwn = ({ owner_id }: Named) => owner_id !== null && owners.includes(owner_id)
  const serials = (licenses: Named[]) => shortened(licenses.map(({ serial }) => serial))
  const unknown = details.serials.filter((serial) => !named.some((license) => license.serial === serial))
  const foreign = [...unknown, ...named.filter((license) => !isOwn(license)).map(({ serial }) => serial)]
  const ended = named.filter((license) => isOwn(license) && license.problem)
  return [
    { label: t('service.contract.from'), value: partyText(t, from) },
    { label: t('service.contract.to'), value: partyText(t, to) },
    { label: t('service.contract.asker'), value: t(`service.contract.asker.${sideOf(organization_id, from, to)}`) },
    {
      label: t('service.contract.ready'),
      value: format.number(named.filter((one) => isOwn(one) && !one.problem).length),
    },
    ...(foreign.length > 0 ? [{ label: t('service.contract.foreign'), value: shortened(foreign) }] : []),
    ...(ended.length > 0 ? [{ label: t('service.contract.ended'), value: serials(ended) }] : []),
  ]
}

function partyText(t: Reading['t'], party: Party | undefined): string {
  if (!party) return t('service.contract.unknown')
  const { name, confirmed, works } = party
  return [
    name,
    ...(confirmed ? [] : [t('service.contract.unconfirmed')]),
    ...(works.length === 0 ? [t('requests.nobody')] : []),
    ...works.map((work) => `${work.name} (${t(`organizations.role.${work.role}` as 'organizations.role.viewer')})`),
  ].join('\n')
}

function sideOf(organization_id: string, from: Party | undefined, to: Party | undefined): 'from' | 'to' | 'neither' {
  const works = (party: Party | undefined) => party?.works.some((work) => work.organization_id === organization_id)
  if (works(from)) return 'from'
  return works(to) ? 'to' : 'neither'
}

async function choices({ db, t }: Reading, { details }: Request): Promise<Choice[]> {
  const [from, to] = [await findParty(db, details.from), await findParty(db, details.to)]
  const choice = (name: 'from' | 'to', party: Party | undefined): Choice[] => {
    const options = (party?.works ?? []).map((work) => ({ value: work.organization_id, text: work.name }))
    if (options.length < 2) return []
    return [{ name, label: t(`service.contract.choice.${name}`), options, required: true }]
  }
  return [...choice('from', from), ...choice('to', to)]
}

/** One below the other, as many as are read; an operator finds the rest in the facts for the decision. */
export function listed(t: Reading['t'], values: string[]): string {
  const more = values.length - mostShown
  return [...values.slice(0, mostShown), ...(more > 0 ? [t('service.form.more', { count: more })] : [])].join('\n')
}

function shortened(serials: string[]): string {
  const shown = serials.slice(0, mostShown).join(', ')
  return serials.length > mostShown ? `${shown} …` : shown
}
