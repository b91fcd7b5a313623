import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { isAtLeast } from '../platform/actor.ts'
import { allow } from '../platform/http/access.ts'
import { acceptUpTo } from '../platform/http/body-limit.ts'
import type { Env, PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, formOf, refused } from '../platform/http/form.ts'
import { uuidv7 } from '../platform/ids.ts'
import { largestForm, listOwnRequests, listQuerySchema, personOf, readerOf, receiveForm } from '../requests/index.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { askContractChange, askOther, askRecovery } from './ask.ts'
import { AskBody } from './pages/ask-page.tsx'
import { ServiceBody } from './pages/home-page.tsx'
import { RecoveryBody } from './pages/recovery-page.tsx'
import { askSchema, recoverySchema, startSchema } from './schemas.ts'
import { licenseWeb } from './web-license.tsx'

/** Customer Service. Before the pages of single requests: their addresses look like a request's number. */
export const serviceWeb = new Hono<PublicEnv>()
  .get(urls.requests.list.pattern, allow('signed_in'), async (c) => {
    const { t, db, config } = c.var
    const person = personOf(c)
    if (person.operator_role && !person.role) return c.redirect(urls.admin.requests.to(), 303)
    const query = listQuerySchema.parse(c.req.query())
    const page = await listOwnRequests(db, person, query)
    const standing = isAtLeast(person, 'manager') ? 'manager' : person.organization_id ? 'member' : 'nobody'
    const vendor = config.vendor.name
    return c.html(
      <Page shell={shellFor(c)} title={t('ui.nav.service')} lead={t('service.lead', { vendor })} live>
        <ServiceBody {...{ reader: readerOf(c, person), page, query, standing, vendor }} />
      </Page>,
    )
  })
  .route('/', askWeb())
  .get(urls.requests.recovery.pattern, allow('signed_in'), (c) => recoveryPage(c, emptyForm))
  .post(urls.requests.recovery.pattern, allow('signed_in'), acceptUpTo(largestForm), (c) => {
    const { db, config } = c.var
    const person = personOf(c)
    return receiveForm(c, recoverySchema, person, async (form, files) => {
      if (!form.ok) return recoveryPage(c, form)
      return toRequest(c, (await askRecovery({ db, config }, person, form.value, files)).request, 'service.form.asked')
    })
  })
  .route('/', licenseWeb)

function askWeb() {
  return new Hono<Env>()
    .get(urls.requests.new.pattern, allow('manager'), (c) => {
      const { type, serial } = startSchema.parse(c.req.query())
      return askPage(c, formOf({ ...(type && { type }), ...(serial && { serials: serial }) }))
    })
    .post(urls.requests.new.pattern, allow('manager'), acceptUpTo(largestForm), (c) => {
      const { t, db, actor, config } = c.var
      return receiveForm(c, askSchema, actor, async (form, files) => {
        if (!form.ok) return askPage(c, form)
        if (form.value.type === 'other') {
          return toRequest(c, (await askOther({ db, config }, actor, form.value, files)).request, 'service.form.asked')
        }
        const asked = await askContractChange({ db, config }, actor, form.value, files)
        if (asked.ok) return toRequest(c, asked.request, 'service.form.done')
        const serials = (asked.serials ?? []).slice(0, 10).join(', ')
        return askPage(c, refused(form, 'serials', t('service.form.not_own', { serials })))
      })
    })
}

function toRequest(c: Context, request: string, text: 'service.form.done' | 'service.form.asked') {
  const { t, config } = (c as Context<PublicEnv>).var
  leaveFlash(c, 'success', t(text, { request, vendor: config.vendor.name }))
  return c.redirect(urls.requests.show.to({ request }), 303)
}

function askPage(c: Context<Env>, form: FormState) {
  const { t, actor, config } = c.var
  const lead = t('service.form.lead', { vendor: config.vendor.name })
  const body = <AskBody {...{ t, form, request_id: uuidv7(), user_name: actor.email ?? '' }} />
  return formPage(c, { title: t('service.form.title'), lead, form }, body)
}

function recoveryPage(c: Context<PublicEnv>, form: FormState) {
  const { t, config, session } = c.var
  const organization = session?.organizations.find(({ id }) => id === session.organization_id)?.name
  const body = <RecoveryBody {...{ t, form, request_id: uuidv7(), vendor: config.vendor.name, organization }} />
  return formPage(c, { title: t('service.recovery.title'), lead: t('service.recovery.lead'), form }, body)
}

type Frame = { title: string; lead: string; form: FormState }

function formPage(c: Context<Env> | Context<PublicEnv>, { title, lead, form }: Frame, body: Child) {
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={title}
      lead={lead}
      breadcrumb={[{ text: c.var.t('ui.nav.service'), href: urls.requests.list.to() }]}
      refused={isRefused}
      narrow
    >
      {body}
    </Page>,
    isRefused ? 422 : 200,
  )
}
