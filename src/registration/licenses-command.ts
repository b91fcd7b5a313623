import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findMemberByEmail } from '../accounts/index.ts'
import { activeSigner } from '../keys/index.ts'
import { isPossible } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Command, CommandIo } from '../platform/command.ts'
import { AppError } from '../platform/errors.ts'
import { textsFor } from '../platform/i18n.ts'
import type { Services } from '../platform/services.ts'
import { addSerials } from './add-serials.ts'
import { completeRegistration } from './complete-registration.ts'
import { asksHost } from './details-form.ts'
import { discardDraft } from './discard-draft.ts'
import { type IssuedKey, issuedKeys } from './issued-keys.ts'
import { outcomeText } from './pages/outcome.tsx'
import { problemText } from './pages/plan-texts.ts'
import type { Plan } from './plan-registration.ts'
import { typedFields } from './product-fields.ts'
import { type Draft, getDraft } from './queries.ts'
import { readPlan } from './read-plan.ts'
import { isAccepted } from './rules.ts'
import { saveDetails } from './save-details.ts'
import { type Details, detailsSchema } from './schemas.ts'
import { startDraft } from './start-draft.ts'

const usage = `Usage: keyport licenses register --as EMAIL SERIAL… [--host TYPE:ID] [--field NAME=VALUE] [--out DIR] [--json]
  --as EMAIL          the user who registers; the licenses will belong to their organization
  --host TYPE:ID      the host for products whose license files are bound to one, for example mac:00:1a:2b:3c:4d:5e
  --field NAME=VALUE  an answer that a product asks for; may be given several times
  --out DIR           where license files are written; here, when left out
  --json              prints [{"serial", "key_id", "key" or "file"}], a refusal as {"code", "text", "serials"}
`
const t = textsFor('en')

/** Why nothing was registered, in one shape for all reasons; `serials` says it for each that is concerned. */
type Refused = { code: string; text: string; serials: { serial: string; code: string; text: string }[] }
type Call = { services: Services; actor: Member; serials: string[]; host: string | undefined; fields: string[] }

/**
 * The command `keyport licenses register`: the wizard's own commands, acting for a user.
 * @returns 0 registered, 1 refused, 2 called wrongly.
 */
export const licensesCommand: Command = async (services, argv, io) => {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      as: { type: 'string' },
      host: { type: 'string' },
      field: { type: 'string', multiple: true },
      out: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [name, ...serials] = positionals
  if (values.help) {
    io.stdout.write(usage)
    return 0
  }
  if (name !== 'register' || !values.as || serials.length === 0 || (values.host && !/^\w+:.+$/.test(values.host))) {
    io.stderr.write(usage)
    return 2
  }
  const out = writableFolder(io, values.out)
  const actor = await findMemberByEmail(services.db, values.as, new Date())
  if (!actor) return refuse(io, { code: 'unknown_user', text: `${values.as} has no account here`, serials: [] })
  const result = await registerSerials({
    services,
    actor,
    serials,
    host: values.host,
    fields: values.field ?? [],
  }).catch(asRefused)
  return 'code' in result ? refuse(io, result) : print(io, result, out, values.json ?? false)
}

/** A user who may not register, and everything else that people are told with a code. */
function asRefused(error: unknown): Refused {
  if (!(error instanceof AppError)) throw error
  return { code: error.code, text: t(`errors.${error.code}.text`), serials: [] }
}

/** Checked before anything is registered: keys must not be made that cannot be handed over. */
function writableFolder(io: CommandIo, out: string | undefined): string {
  const folder = resolve(io.cwd, out ?? '.')
  mkdirSync(folder, { recursive: true })
  accessSync(folder, constants.W_OK)
  return folder
}

/**
 * Registers serial numbers for a member by the wizard's commands; the user is the contact, the organization the company.
 * @returns the keys, or why nothing was registered; `serials` says it for each that is concerned.
 * @throws AppError `forbidden` unless the actor is a manager.
 */
export async function registerSerials(call: Call): Promise<IssuedKey[] | Refused> {
  const { services, actor, serials } = call
  const { db } = services
  const unlike = serials.filter((serial) => !isPossible(serial))
  if (unlike.length > 0) return { ...refusedFor('refused_serials'), serials: unlike.map(unknownSerial) }

  const draft_id = await startDraft(db, actor)
  const refused = await tryToRegister(call, draft_id)
  if (refused) {
    await discardDraft(db, actor, draft_id)
    return refused
  }
  const { registration_id } = await getDraft(db, actor, draft_id)
  const keys: IssuedKey[] = []
  for await (const page of issuedKeys(
    db,
    { id: registration_id!, organization_id: actor.organization_id },
    { files: true },
  ))
    keys.push(...page)
  return keys
}

function unknownSerial(serial: string) {
  return { serial, code: 'not_found', text: t('registration.outcome.not_found.text') }
}

async function tryToRegister(call: Call, draft_id: string): Promise<Refused | undefined> {
  const { services, actor, serials } = call
  const { db, config } = services
  const added = await addSerials(db, actor, { draft_id, serials })
  if (!added.ok) return { code: added.refusal, text: addText(added.refusal), serials: [] }

  const draft = await getDraft(db, actor, draft_id)
  const plan = await readPlan(db, actor, draft)
  const details = detailsFor(call, draft, plan)
  await saveDetails(db, actor, { draft_id, revision: draft.revision, details })
  const entered = await getDraft(db, actor, draft_id)
  const issuing = { config, signer: await activeSigner(db, config) }
  const done = await completeRegistration(db, actor, { draft_id, revision: entered.revision }, issuing)
  if (done.ok) return undefined
  const reasons = reasonsIn(await readPlan(db, actor, entered), config.support_email)
  return { ...refusedFor(done.refusal, config.support_email), serials: reasons }
}

function addText(refusal: 'nothing_found' | 'too_many' | 'too_many_unknown'): string {
  return refusal === 'too_many'
    ? t('registration.serials.too_many', { max: 10_000 })
    : t(`registration.serials.${refusal}`)
}

/** What the Registration step would ask: the organization, the user as contact, and what the options say. */
function detailsFor({ actor, host, fields }: Call, draft: Draft, plan: Plan): Details {
  const answers = Object.fromEntries(fields.map((field) => [field.split('=')[0]!, field.slice(field.indexOf('=') + 1)]))
  const at = host?.indexOf(':') ?? 0
  const hosts = host ? [{ type: host.slice(0, at), id: host.slice(at + 1), quantity: null }] : []
  const products = plan.licenses.map(({ license: { product } }) => [
    product.product_id,
    { hosts: asksHost(product) ? hosts : [], fields: typedFields(product.fields_schema, answers) },
  ])
  return detailsSchema.parse({
    registered_to: draft.organization_name,
    contacts: [{ name: actor.name, email: actor.email, phone: null }],
    products: Object.fromEntries(products),
  })
}

function refusedFor(
  refusal: 'empty' | 'refused_serials' | 'incomplete' | 'changed' | 'taken' | 'pool_empty',
  email = '',
) {
  const text =
    refusal === 'pool_empty' ? t('registration.refusal.pool_empty', { email }) : t(`registration.refusal.${refusal}`)
  return { code: refusal as string, text }
}

function reasonsIn(plan: Plan, support_email: string): Refused['serials'] {
  const refused = plan.rows.filter((row) => !isAccepted(row.outcome))
  const incomplete = plan.licenses.filter(({ problem }) => problem)
  return [
    ...refused.map(({ serial, outcome }) => {
      return {
        serial,
        code: outcome,
        text: outcomeText(t, outcome, support_email) ?? t(`registration.outcome.${outcome}`),
      }
    }),
    ...incomplete.map((planned) => {
      return { serial: planned.license.serial, code: planned.problem!, text: problemText(t, planned)! }
    }),
  ]
}

function refuse(io: CommandIo, refused: Refused): number {
  io.stdout.write(`${JSON.stringify(refused, null, 2)}\n`)
  return 1
}

/** Files are written first: what is printed exists. */
function print(io: CommandIo, keys: IssuedKey[], out: string, json: boolean): number {
  const lines = keys.map(({ serial, key_id, key_text, file_name, file_content }) => {
    if (!file_name) return { serial, key_id, key: key_text }
    writeFileSync(join(out, file_name), file_content ?? '')
    return { serial, key_id, file: file_name }
  })
  const text = json
    ? JSON.stringify(lines, null, 2)
    : lines.map((line) => `${line.serial}\t${'file' in line ? line.file : (line.key ?? '')}`).join('\n')
  io.stdout.write(`${text}\n`)
  return 0
}
