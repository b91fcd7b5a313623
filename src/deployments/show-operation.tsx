/** The pages of the operations, from their first form to their last word. */
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Env } from '../platform/http/env.ts'
import { type FormState, refused } from '../platform/http/form.ts'
import type { T } from '../platform/i18n.ts'
import { hostWrongText } from '../registration/index.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import type { DeployRefusal } from './deploy-license.ts'
import type { SplitRefusal } from './host-rules.ts'
import type { Done } from './pages/done-page.tsx'
import { DeployPage, RehostPage, Subject } from './pages/host-pages.tsx'
import { DowngradePage, ReissuePage, ReturnPage, SplitPage } from './pages/license-pages.tsx'
import { type Props, Refused } from './pages/parts.tsx'
import { type Deployment, factsOf, getDeployment } from './queries.ts'
import { hostFor, type RehostRefusal } from './rehost-license.ts'
import type { ReturnRefusal } from './return-license.ts'
import { type Operation, type OperationRefusal, operationRefusals, refusalOf } from './rules.ts'

export type Asking = Context<Env>
type AnyRefusal =
  | RehostRefusal
  | DeployRefusal
  | SplitRefusal
  | ReturnRefusal
  | 'too_often'
  | 'unknown_version'
  | 'same_version'

/** The form of an operation, or why there is none; with errors in it the answer is 422. */
export async function showForm(c: Asking, operation: Operation, given: FormState): Promise<Response> {
  const { t, format, db, actor, config } = c.var
  const license = await getDeployment(db, actor, c.req.param('serial') ?? '')
  const refusal = refusalOf(operation, factsOf(license))
  const wrong = Object.keys(given.errors).length > 0
  const form = wrong ? withAllErrors(t, operation, given, license) : given
  if (wrong || (refusal && c.req.method === 'POST')) c.status(422)
  return c.html(
    <Page
      {...frameOf(c, license)}
      title={t(`deployments.${operation}.title`)}
      lead={t(`deployments.${operation}.lead`)}
      refused={wrong}
    >
      <p>
        <Subject t={t} license={license} />
      </p>
      {refusal ? (
        <Refused {...{ t, format, license, operation, refusal }} support_email={config.support_email} />
      ) : (
        formOf(c, operation, { t, format, form, license })
      )}
    </Page>,
  )
}

/** What the command would refuse next, so that everything is told at once. */
function withAllErrors(t: T, operation: Operation, { values, errors }: FormState, license: Deployment): FormState {
  const more: Record<string, string> = {}
  const [type, id] = [String(values.host_type ?? ''), String(values.host_id ?? '')]
  if (id.trim() !== '' && !hostFor(license, { type, id })) more.host_id = hostWrongText(t, type)
  if (operation === 'rehost' && license.allowance.left < 1 && !String(values.reason ?? '').trim()) {
    more.reason = t('form.required')
  }
  return { values, errors: { ...more, ...errors } }
}

/** The form again with what the command refused beside its field, or the page that says why it is not possible. */
export function showRefused(c: Asking, operation: Operation, form: FormState, refusal: AnyRefusal): Promise<Response> {
  if (isOperationRefusal(refusal)) return showForm(c, operation, form)
  const [field, text] = placeOf(c, form, refusal)
  return showForm(c, operation, refused(form, field, text))
}

function isOperationRefusal(refusal: AnyRefusal): refusal is OperationRefusal {
  return (operationRefusals as readonly string[]).includes(refusal)
}

function placeOf(
  { var: { t }, req }: Asking,
  { values }: FormState,
  refusal: Exclude<AnyRefusal, OperationRefusal>,
): [field: string, text: string] {
  switch (refusal) {
    case 'changed':
      return ['form', t('deployments.changed')]
    case 'host_invalid':
      return ['host_id', hostWrongText(t, String(values.host_type))]
    case 'host_in_use':
    case 'same_host':
      return ['host_id', t(`deployments.${refusal}`)]
    case 'reason_missing':
      return ['reason', t('form.required')]
    case 'unknown_key':
      return [values.keys === undefined ? 'key' : 'keys', t('deployments.unknown_key')]
    case 'quantity':
      return ['quantity', t('deployments.quantity_wrong')]
    case 'nothing_chosen':
    case 'nothing_left':
      return ['keys', t(`deployments.${refusal}`)]
    case 'not_typed':
      return ['serial', t('deployments.return.not_typed', { serial: req.param('serial') ?? '' })]
    case 'unknown_version':
    case 'same_version':
      return ['version', t(`deployments.downgrade.${refusal}`)]
    case 'too_often':
      return ['form', t('deployments.reissue.too_often')]
  }
}

function formOf(c: Asking, operation: Operation, props: Props): Child {
  switch (operation) {
    case 'rehost':
      return <RehostPage {...props} />
    case 'deploy':
      return <DeployPage {...props} />
    case 'split':
      return <SplitPage {...props} />
    case 'return':
      return <ReturnPage {...props} organization={organizationOf(c)} />
    case 'reissue':
      return <ReissuePage {...props} />
    case 'downgrade':
      return <DowngradePage {...props} />
  }
}

function organizationOf({ var: { session, actor } }: Asking): string {
  return session?.organizations.find(({ id }) => id === actor.organization_id)?.name ?? ''
}

/** Leads to the new keys. */
export function answerDone(c: Asking, did: Done, serial: string, keys: string[]): Response {
  return c.redirect(urls.deployments.done.to({ serial }, { did, keys: keys.join(',') }), 303)
}

/** The page that an operation ends with. */
export function showDone(c: Asking, license: Deployment, done: Done, body: Child) {
  const { t } = c.var
  return c.html(
    <Page {...frameOf(c, license)} title={t(`deployments.${done === 'request' ? 'rehost' : done}.title`)} focusTitle>
      <p>
        <Subject t={t} license={license} />
      </p>
      {body}
    </Page>,
  )
}

function frameOf(c: Asking, { serial }: Deployment) {
  const { t } = c.var
  const catalog = { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() }
  return { shell: shellFor(c), breadcrumb: [catalog, { text: serial, href: urls.licenses.show.to({ serial }) }] }
}
