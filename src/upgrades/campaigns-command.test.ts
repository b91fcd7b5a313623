import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { dayFromNow, threeVersions } from '../../test/campaigns.ts'
import { commandIo } from '../../test/command-io.ts'
import { freshDatabase } from '../../test/database.ts'
import { aLicense } from '../../test/licenses.ts'
import { testServices } from '../../test/services.ts'
import { uuidv7 } from '../platform/ids.ts'
import { campaignsCommand } from './campaigns-command.ts'
import { publish } from './publish-job.ts'

async function aVendor(t: TestContext) {
  const services = testServices(await freshDatabase(t))
  const versions = await threeVersions(services.db)
  const { code } = await services.db
    .selectFrom('products')
    .select('code')
    .where('id', '=', versions.product_id)
    .executeTakeFirstOrThrow()
  const cwd = mkdtempSync(join(tmpdir(), 'campaigns-'))
  t.after(() => rmSync(cwd, { recursive: true }))
  return {
    ...{ services, versions, code, cwd },
    async run(...argv: string[]) {
      const io = commandIo(cwd)
      const exit = await campaignsCommand(services, argv, io)
      return { exit, ...io.written() }
    },
  }
}

test('a campaign is made by flags, previewed, published, paused, resumed, reported and ended', async (t) => {
  const { services, versions, code, run } = await aVendor(t)
  const license = { product_version_id: versions.old, quantity: 5 }
  await aLicense(services.db, null, { ...license, maintenance_until: '2026-12-31' }, { contact_email: 'a@b.example' })
  await aLicense(services.db, null, license)
  const made = await run('create', '--name', 'Spring', '--path', `${code} 1.0 > ${code} 2.0`, '--overlap-days', '7')
  assert.deepEqual([made.exit, made.stderr], [0, ''])
  const id = made.stdout.trim()
  const preview = await run('preview', id)
  assert.match(preview.stdout, /^1 customers\n\s+eligible\s+1 licenses, quantity 5\n\s+no_maintenance\s+1 licenses/)
  const json = JSON.parse((await run('preview', id, '--json')).stdout)
  assert.deepEqual([json.customers, json.campaign.overlap_days], [1, 7])
  assert.match((await run('list')).stdout, new RegExp(`^${id}  draft .*Spring\n$`))

  const state = async (verb: string) => (await run(verb, id)).stdout.trim()
  assert.equal(await state('publish'), 'telling')
  await publish(services, id)
  assert.equal(await state('publish'), 'open')
  assert.equal(await state('pause'), 'paused')
  assert.equal(await state('resume'), 'telling')
  assert.match((await run('report', id)).stdout, /customers: 1 told, 0 of them without an address, 0 upgraded/)
  assert.equal(JSON.parse((await run('report', id, '--json')).stdout).customers.notified, 1)
  assert.equal(await state('end'), 'ended')
  const refused = await run('pause', id)
  assert.deepEqual([refused.exit, refused.stderr], [1, 'keyport: The campaign is in another state by now.\n'])
})

test('a file makes the same campaign, whatever it says about kinds, countries and maintenance', async (t) => {
  const { code, cwd, run } = await aVendor(t)
  const terms = {
    name: 'From a file',
    starts_on: dayFromNow(3),
    ends_on: dayFromNow(30),
    needs_maintenance: false,
    kinds: ['subscription'],
    countries: ['DE', 'AT'],
    paths: [`${code} 1.0 > ${code} 2.0`, `${code}  1.0>${code} 3.0`],
  }
  writeFileSync(join(cwd, 'campaign.json'), JSON.stringify(terms))
  const id = (await run('create', '--file', 'campaign.json')).stdout.trim()
  const { campaign } = JSON.parse((await run('preview', id, '--json')).stdout)
  const { paths, ...others } = terms
  for (const [name, value] of Object.entries(others)) assert.deepEqual(campaign[name], value, name)
  assert.equal(campaign.paths.length, paths.length)
})

test('what is wrong is said, with exit 1; what was called wrongly shows the usage, with exit 2', async (t) => {
  const { code, cwd, run } = await aVendor(t)
  const good = ['create', '--name', 'Spring', '--path', `${code} 1.0 > ${code} 2.0`]
  const told = async (...argv: string[]) => {
    const { exit, stderr, stdout } = await run(...argv)
    assert.deepEqual([exit, stdout], [1, ''], argv.join(' '))
    return stderr
  }
  assert.match(await told('create', '--name', 'x', '--path', `${code} 1.0 > ${code} 9.9`), /no such versions: .* 9\.9/)
  assert.match(await told('create', '--name', 'x', '--path', `${code} 2.0 > ${code} 1.0`), /moving back is a downgrade/)
  assert.match(await told('create', '--path', `${code} 1.0 > ${code} 2.0`), /name: Fill in this field/)
  assert.match(await told('create', '--name', 'x'), /paths: Choose at least one path/)
  assert.match(await told(...good, '--country', 'xx'), /countries\.0: .*not known/)
  assert.match(await told(...good, '--overlap-days=-1'), /overlap_days: Enter 0 or more/)
  assert.match(await told(...good, '--starts-on', '2027-02-30'), /starts_on: Enter a date/)
  assert.match(await told(...good, '--starts-on', '2027-02-03', '--ends-on', '2027-02-02'), /ends_on: /)
  writeFileSync(join(cwd, 'mistyped.json'), JSON.stringify({ name: 'x', overlap_day: 3 }))
  assert.match(await told('create', '--file', 'mistyped.json'), /a campaign has no overlap_day/)
  writeFileSync(join(cwd, 'broken.json'), '[1')
  await assert.rejects(run('create', '--file', 'broken.json'), /holds no JSON object/)
  await assert.rejects(run('publish', uuidv7()), /not_found/)
  await assert.rejects(run('report', 'nonsense'), /not_found/)
  for (const argv of [[], ['delete', 'x'], ['publish'], ['list', 'x'], ['constructor', 'x']]) {
    const { exit, stderr } = await run(...argv)
    assert.deepEqual([exit, stderr.startsWith('Usage: keyport campaigns')], [2, true], argv.join(' '))
  }
  assert.match((await run('--help')).stdout, /^Usage/)
})
