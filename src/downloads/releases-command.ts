import { open } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { systemActor } from '../platform/actor.ts'
import type { Command, CommandIo } from '../platform/command.ts'
import type { Services } from '../platform/services.ts'
import { openStorage } from '../platform/storage/index.ts'
import { withdrawRelease } from './change-release.ts'
import { createRelease } from './create-release.ts'
import { publicKeyFile } from './minisign.ts'
import { publishRelease } from './publish-release.ts'
import { activeReleaseKey, listReleaseKeys, rotateReleaseKey } from './release-keys.ts'
import { platforms } from './rules.ts'
import { saveTerms } from './save-terms.ts'
import { newReleaseSchema, newUploadSchema } from './schemas.ts'
import { sendFile } from './send-file.ts'

const usage = `Usage: keyport releases list [--product CODE]
       keyport releases create --product CODE --version VERSION [--released-on DAY] [--notes FILE]
       keyport releases upload FILE --product CODE --version VERSION --platform PLATFORM
               [--name NAME] [--language TAG] [--countries "DE FR"] [--sha256 HEX]
       keyport releases publish --product CODE --version VERSION
       keyport releases withdraw --product CODE --version VERSION --reason TEXT
       keyport releases terms --eula FILE --export FILE [--product CODE]
       keyport releases key [rotate]

upload sends a file in parts; the same command again goes on where it was cut off. PLATFORM is one of:
${platforms.join(', ')}.
terms publishes the license agreement and export statement (Markdown, English) that downloads ask for.
key shows the public key that verifies files (minisign); rotate makes a new one.
`

const text = { type: 'string' } as const
const options = {
  ...{ product: text, version: text, 'released-on': text, notes: text, platform: text, name: text, language: text },
  ...{ countries: text, sha256: text, reason: text, eula: text, export: text },
  help: { type: 'boolean' },
} as const
type Values = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values']
type Call = { services: Services; io: CommandIo; values: Values; rest: string[] }

/** `keyport releases …`: the same commands as the pages of administration. */
export const releasesCommand: Command = async (services, argv, io) => {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
  const [name = '', ...rest] = positionals
  if (values.help) {
    io.stdout.write(usage)
    return 0
  }
  const work = Object.hasOwn(works, name) ? works[name as keyof typeof works] : undefined
  if (!work) {
    io.stderr.write(usage)
    return 2
  }
  return work({ services, io, values, rest })
}

const works = { list, create, upload, publish, withdraw, terms, key }
const actor = () => systemActor('command line')

async function list({ services: { db }, io, values }: Call): Promise<number> {
  const rows = await db
    .selectFrom('releases as r')
    .innerJoin('product_versions as v', 'v.id', 'r.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .leftJoin('release_files as f', 'f.release_id', 'r.id')
    .select(['p.code', 'v.version', 'r.state', 'v.released_on'])
    .select((select) => select.fn.count<number>('f.id').as('files'))
    .$if(values.product !== undefined, (query) => query.where('p.code', '=', values.product!))
    .groupBy(['p.code', 'v.version', 'r.state', 'v.released_on'])
    .orderBy('p.code')
    .orderBy('v.released_on')
    .orderBy('v.version')
    .execute()
  for (const { code, version, state, released_on, files } of rows) {
    io.stdout.write(`${code} ${version}  ${state}  ${released_on}  ${files} files\n`)
  }
  return 0
}

async function create({ services, io, values }: Call): Promise<number> {
  const notes = values.notes === undefined ? '' : await read(io, values.notes)
  const input = newReleaseSchema.safeParse({ ...values, released_on: values['released-on'] ?? '', notes })
  if (!input.success) return wrong(io, input.error)
  const created = await createRelease(services.db, actor(), input.data)
  return tell(io, created, () => `${input.data.product} ${input.data.version} is staged\n`)
}

async function upload(call: Call): Promise<number> {
  const { services, io, values, rest } = call
  const [path] = rest
  const release_id = await findRelease(call)
  if (!path || !release_id) return path ? unknown(call) : wrongCall(io)
  const file = await open(resolve(io.cwd, path), 'r')
  try {
    const { size } = await file.stat()
    const { name = basename(path), platform, language = '', countries = '', sha256 = '' } = values
    const input = newUploadSchema.safeParse({ name, platform, language, countries, size, sha256 })
    if (!input.success) return wrong(io, input.error)
    const needs = { db: services.db, config: services.config, storage: openStorage(services.config) }
    const sent = await sendFile(needs, actor(), { ...input.data, release_id }, file, (done) => {
      io.signal.throwIfAborted()
      io.stdout.write(`\r${Math.floor((100 * done) / size)} %`)
    })
    return tell(io, sent, ({ sha256 }) => `\r${input.data.name}  ${size} bytes  ${sha256}\n`)
  } finally {
    await file.close()
  }
}

async function publish(call: Call): Promise<number> {
  const release_id = await findRelease(call)
  if (!release_id) return unknown(call)
  const published = await publishRelease(call.services, actor(), { release_id })
  return tell(call.io, published, ({ files }) => `published with ${files} new files\n`)
}

async function withdraw(call: Call): Promise<number> {
  const release_id = await findRelease(call)
  const reason = call.values.reason?.trim()
  if (!reason) return wrongCall(call.io)
  if (!release_id) return unknown(call)
  const withdrawn = await withdrawRelease(call.services.db, actor(), { release_id, reason })
  return tell(call.io, withdrawn, () => 'withdrawn\n')
}

async function terms({ services, io, values }: Call): Promise<number> {
  if (!values.eula || !values.export) return wrongCall(io)
  const [eula, statement] = [await read(io, values.eula), await read(io, values.export)]
  const product = values.product ?? null
  const saved = await saveTerms(services.db, actor(), {
    product,
    eula: { en: eula },
    export_statement: { en: statement },
  })
  return tell(io, saved, ({ number }) => `terms ${number} are in force for what is published from now on\n`)
}

async function key({ services: { db, config }, io, rest }: Call): Promise<number> {
  if (rest[0] === 'rotate') await rotateReleaseKey(db, actor(), config)
  else await activeReleaseKey(db, config)
  const [active] = await listReleaseKeys(db)
  io.stdout.write(publicKeyFile(active!))
  return 0
}

async function findRelease({ services: { db }, values: { product = '', version = '' } }: Call) {
  const row = await db
    .selectFrom('releases as r')
    .innerJoin('product_versions as v', 'v.id', 'r.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select('r.id')
    .where('p.code', '=', product)
    .where('v.version', '=', version)
    .executeTakeFirst()
  return row?.id
}

const refusalTexts: Record<string, string> = {
  unknown_product: 'there is no such product',
  exists: 'this version has a release already',
  name_taken: 'the release has a file of this name',
  being_sent: 'a file of this name and another size is under way; give it up in administration first',
  withdrawn: 'the release was withdrawn',
  checksum: 'the file does not have the checksum that was given; nothing was kept',
  nothing_new: 'there is no file that is not published already',
  no_terms: 'publish terms first: keyport releases terms',
  too_early: 'the day of this version has not come yet',
  not_published: 'the release is not published',
  stuck: 'another process is sending this file',
}

function tell<V extends object>(
  io: CommandIo,
  result: ({ ok: true } & V) | { ok: false; refusal: string },
  line: (value: V) => string,
): number {
  if (result.ok) io.stdout.write(line(result))
  else io.stderr.write(`keyport: ${refusalTexts[result.refusal] ?? result.refusal}\n`)
  return result.ok ? 0 : 1
}

async function read(io: CommandIo, path: string): Promise<string> {
  const file = await open(resolve(io.cwd, path), 'r')
  try {
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

function wrong(io: CommandIo, error: z.ZodError): number {
  for (const { path, message } of error.issues) io.stderr.write(`keyport: --${path.join('.')}: ${message}\n`)
  return 2
}

function wrongCall(io: CommandIo): number {
  io.stderr.write(usage)
  return 2
}

function unknown({ io, values: { product = '', version = '' } }: Call): number {
  io.stderr.write(`keyport: there is no release of ${product} ${version}\n`)
  return 1
}
