import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type Actor, isAtLeast } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env, PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { accountTabs, shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { askRecovery, endRecovery } from './ask-recovery.ts'
import { addDomain, domainSchema, removeDomain, verifyDomain } from './change-domains.ts'
import { SuccessionBody } from './pages/succession-page.tsx'
import { listDomains, listOwnRecoveries, listRecoverable, listWaitingFor } from './queries.ts'
import { mostDomains } from './rules.ts'

const askSchema = z.object({ organization_id: z.guid() })
const endSchema = z.object({ do: z.enum(['stop', 'withdraw']) })
const domainActionSchema = z.object({ do: z.enum(['verify', 'remove']) })

/** My Account – Recovery, for anybody who is signed in. */
const recoveryWeb = new Hono<PublicEnv>()
  .get(urls.succession.show.pattern, allow('signed_in'), (c) => showPage(c, emptyForm))
  .post(urls.succession.show.pattern, allow('signed_in'), async (c) => {
    const { t, db, config } = c.var
    const form = await readForm(c, askSchema)
    if (!form.ok) throw new AppError('invalid')
    const asked = await askRecovery(db, userOf(c), form.value, config)
    leaveFlash(c, asked.ok ? 'success' : 'danger', t(asked.ok ? 'succession.ask.done' : 'succession.ask.waiting'))
    return c.redirect(urls.succession.show.to(), 303)
  })
  .post(urls.succession.end.pattern, allow('signed_in'), async (c) => {
    const { t, db, config } = c.var
    const form = await readForm(c, endSchema)
    if (!form.ok) throw new AppError('invalid')
    const as = form.value.do === 'stop' ? 'stopped' : 'withdrawn'
    await endRecovery(db, userOf(c), { recovery_id: c.req.param('recovery'), as }, config)
    leaveFlash(c, 'success', t(`succession.done.${as}`))
    return c.redirect(urls.succession.show.to(), 303)
  })

/** Domains of the organization. */
const domainsWeb = new Hono<Env>()
  .post(urls.succession.domains.pattern, allow('administrator'), async (c) => {
    const { t, db, actor } = c.var
    const form = await readForm(c, domainSchema)
    if (!form.ok) return showPage(c, form)
    const added = await addDomain(db, actor, form.value)
    if (!added.ok) {
      const text = t(`succession.domain.refused.${added.refusal}`, { most: mostDomains } as never)
      return showPage(c, refused(form, 'domain', text))
    }
    leaveFlash(c, 'success', t('succession.domain.added', form.value))
    return c.redirect(urls.succession.show.to(), 303)
  })
  .post(urls.succession.domain.pattern, allow('administrator'), async (c) => {
    const { t, db, actor } = c.var
    const domain = c.req.param('domain')
    const form = await readForm(c, domainActionSchema)
    if (!form.ok) throw new AppError('invalid')
    if (form.value.do === 'remove') {
      await removeDomain(db, actor, { domain })
      leaveFlash(c, 'success', t('succession.domain.removed', { domain }))
    } else {
      const verified = await verifyDomain(db, actor, { domain })
      const key = verified.ok ? 'succession.domain.verified_done' : 'succession.domain.no_record'
      leaveFlash(c, verified.ok ? 'success' : 'danger', t(key, { domain }))
    }
    return c.redirect(urls.succession.show.to(), 303)
  })

export const successionWeb = new Hono<PublicEnv>().route('/', recoveryWeb).route('/', domainsWeb)

function userOf(c: Context<PublicEnv>): Actor & { user_id: string } {
  const { visitor } = c.var
  if (!visitor?.user_id) throw new AppError('not_signed_in')
  return { ...visitor, user_id: visitor.user_id }
}

async function showPage(c: Context<PublicEnv> | Context<Env>, form: FormState) {
  const { t, format, db } = c.var
  const user = userOf(c as Context<PublicEnv>)
  const administration = isAtLeast(user, 'administrator')
    ? { waiting: await listWaitingFor(db, user), domains: await listDomains(db, user) }
    : undefined
  const isRefused = Object.keys(form.errors).length > 0
  if (isRefused) c.status(422)
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('succession.title')}
      lead={t('succession.lead')}
      tabs={user.role ? accountTabs(c) : undefined}
      refused={isRefused}
    >
      <SuccessionBody
        {...{ t, format, administration, form }}
        own={await listOwnRecoveries(db, user.user_id)}
        recoverable={await listRecoverable(db, user, user.now)}
      />
    </Page>,
  )
}
