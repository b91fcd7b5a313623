import { Hono } from 'hono'
import { activeSigner } from '../keys/index.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, readForm } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { changeVersion } from './change-version.ts'
import { deployLicense } from './deploy-license.ts'
import { DonePage, outcomes } from './pages/done-page.tsx'
import { findMove, findSplitFrom, getDeployment, listNewKeys } from './queries.ts'
import { rehostLicense } from './rehost-license.ts'
import { reissueKeys } from './reissue-keys.ts'
import { returnLicense } from './return-license.ts'
import { deploySchema, downgradeSchema, rehostSchema, reissueSchema, returnSchema, splitSchema } from './schemas.ts'
import { type Asking, answerDone, showDone, showForm, showRefused } from './show-operation.tsx'
import { splitLicense } from './split-license.ts'

export const deploymentsWeb = new Hono<Env>()
  .get(urls.deployments.rehost.pattern, allow('manager'), (c) => showForm(c, 'rehost', emptyForm))
  .post(urls.deployments.rehost.pattern, allow('manager'), async (c) => {
    const serial = c.req.param('serial')
    const form = await readForm(c, rehostSchema)
    if (!form.ok) return showForm(c, 'rehost', form)
    const { host_type, host_id, ...typed } = form.value
    const input = { ...typed, serial, host: { type: host_type, id: host_id } }
    const { db, actor } = c.var
    const result = await rehostLicense(db, actor, input, await issuingOf(c))
    if (result.ok) return answerDone(c, result.request_number ? 'request' : 'rehost', serial, result.keys)
    const again = result.refusal === 'changed' && (await doneBefore(c, serial, typed.key))
    return again || showRefused(c, 'rehost', form, result.refusal)
  })
  .get(urls.deployments.deploy.pattern, allow('manager'), (c) => showForm(c, 'deploy', emptyForm))
  .post(urls.deployments.deploy.pattern, allow('manager'), async (c) => {
    const serial = c.req.param('serial')
    const form = await readForm(c, deploySchema)
    if (!form.ok) return showForm(c, 'deploy', form)
    const { host_type, host_id, ...typed } = form.value
    const input = { ...typed, serial, host: { type: host_type, id: host_id } }
    const result = await deployLicense(c.var.db, c.var.actor, input, await issuingOf(c))
    if (!result.ok) return showRefused(c, 'deploy', form, result.refusal)
    return answerDone(c, 'deploy', serial, result.keys)
  })
  .get(urls.deployments.split.pattern, allow('manager'), (c) => showForm(c, 'split', emptyForm))
  .post(urls.deployments.split.pattern, allow('manager'), async (c) => {
    const form = await readForm(c, splitSchema)
    if (!form.ok) return showForm(c, 'split', form)
    const { keys: key_ids, quantity, revision } = form.value
    const input = { serial: c.req.param('serial'), revision, key_ids, quantity }
    const result = await splitLicense(c.var.db, c.var.actor, input, await issuingOf(c))
    if (!result.ok) return showRefused(c, 'split', form, result.refusal)
    return answerDone(c, 'split', result.serial, result.goes)
  })
  .get(urls.deployments.return.pattern, allow('manager'), (c) => showForm(c, 'return', emptyForm))
  .post(urls.deployments.return.pattern, allow('manager'), async (c) => {
    const { t, db, actor, config } = c.var
    const serial = c.req.param('serial')
    const form = await readForm(c, returnSchema)
    if (!form.ok) return showForm(c, 'return', form)
    const { revision, serial: typed } = form.value
    const result = await returnLicense(db, actor, { serial, revision, typed }, { config })
    if (!result.ok) return showRefused(c, 'return', form, result.refusal)
    leaveFlash(c, 'success', t('deployments.return.done', { serial }))
    return c.redirect(urls.licenses.catalog.to(), 303)
  })
  .get(urls.deployments.reissue.pattern, allow('manager'), (c) => showForm(c, 'reissue', emptyForm))
  .post(urls.deployments.reissue.pattern, allow('manager'), async (c) => {
    const serial = c.req.param('serial')
    const form = await readForm(c, reissueSchema)
    if (!form.ok) return showForm(c, 'reissue', form)
    const { revision } = form.value
    const result = await reissueKeys(c.var.db, c.var.actor, { serial, revision }, await issuingOf(c))
    if (!result.ok) return showRefused(c, 'reissue', form, result.refusal)
    return answerDone(c, 'reissue', serial, result.keys)
  })
  .get(urls.deployments.downgrade.pattern, allow('manager'), (c) => showForm(c, 'downgrade', emptyForm))
  .post(urls.deployments.downgrade.pattern, allow('manager'), async (c) => {
    const serial = c.req.param('serial')
    const form = await readForm(c, downgradeSchema)
    if (!form.ok) return showForm(c, 'downgrade', form)
    const { revision, version, keys: key_ids } = form.value
    const input = { serial, revision, version, key_ids }
    const result = await changeVersion(c.var.db, c.var.actor, input, await issuingOf(c))
    if (!result.ok) return showRefused(c, 'downgrade', form, result.refusal)
    return answerDone(c, 'downgrade', serial, result.keys)
  })
  .get(urls.deployments.done.pattern, allow('downloader'), async (c) => {
    const { t, format, db, actor } = c.var
    const license = await getDeployment(db, actor, c.req.param('serial'))
    const keys = await listNewKeys(db, license, (c.req.query('keys') ?? '').split(',').slice(0, 1000))
    const done = outcomes.find((outcome) => outcome === c.req.query('did')) ?? 'reissue'
    const from = done === 'split' ? await findSplitFrom(db, license) : undefined
    return showDone(c, license, done, <DonePage {...{ t, format, license, done, keys, from }} />)
  })

async function issuingOf({ var: { db, config } }: Asking) {
  return { config, signer: await activeSigner(db, config) }
}

/** The button pressed twice: the second press finds what the first one did. */
async function doneBefore(c: Asking, serial: string, old_key_id: string): Promise<Response | undefined> {
  const { db, actor } = c.var
  const license = await getDeployment(db, actor, serial)
  const move = await findMove(db, actor, license.license_id, old_key_id)
  if (!move?.new_key_id) return undefined
  return answerDone(c, move.request_id ? 'request' : 'rehost', serial, [move.new_key_id])
}
