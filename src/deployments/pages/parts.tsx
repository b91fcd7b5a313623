import type { Child } from 'hono/jsx'
import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { FindHelp, hostTypeName } from '../../registration/index.ts'
import { Alert } from '../../ui/alert.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Actions, FieldRow, SelectField, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { Deployment } from '../queries.ts'
import { refusalText } from '../refusal-text.ts'
import type { Operation, OperationRefusal } from '../rules.ts'

/** What every page about the deployment of a license shows from. */
export type Props = { t: T; format: Format; form: FormState; license: Deployment }

/** Says before the button what it will do. */
export function Consequences({ t, children }: { t: T; children: Child[] }) {
  return (
    <Alert t={t} tone="info" title={t('deployments.what_happens')}>
      <ul class="m-0">
        {children.filter(Boolean).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </Alert>
  )
}

/** The kind and number of a host, with how to find it; of the kind that the license is bound to already. */
export function HostFields({ t, license: { product, keys } }: Pick<Props, 't' | 'license'>) {
  const types = product.host_types.map((type) => ({ value: type, text: hostTypeName(t, type) }))
  const only = types.length === 1 ? types[0] : undefined
  return (
    <>
      <FieldRow>
        {only ? (
          <input type="hidden" name="host_type" value={only.value} />
        ) : (
          <SelectField
            name="host_type"
            label={t('registration.hosts.type')}
            options={types}
            value={keys.find(({ host }) => host)?.host?.type ?? types[0]?.value}
            width="medium"
            required
          />
        )}
        <TextField
          name="host_id"
          label={only?.text ?? t('registration.hosts.id')}
          code
          autocomplete="off"
          maxlength={200}
          required
        />
      </FieldRow>
      <FindHelp t={t} types={product.host_types} />
    </>
  )
}

type RefusedProps = Omit<Props, 'form'> & { operation: Operation; refusal: OperationRefusal; support_email: string }

/** Why the operation is not possible, and what is. */
export function Refused({ t, format, license, operation, refusal, support_email }: RefusedProps) {
  const { serial, request_number } = license
  const names = { serial }
  const offersHosts = refusal === 'nothing_deployed' && operation === 'rehost'
  const offersMove = refusal === 'allowance_used' || refusal === 'all_deployed'
  return (
    <>
      <Alert t={t} tone="warning" title={t('deployments.refused.title')}>
        {refusalText({ t, format, support_email }, license, refusal)}
      </Alert>
      <Actions>
        {refusal === 'request_open' && request_number && (
          <LinkButton look="primary" href={urls.requests.show.to({ request: request_number })}>
            {t('deployments.done.open_request')}
          </LinkButton>
        )}
        {offersHosts && (
          <LinkButton look="primary" href={urls.deployments.deploy.to(names)}>
            {t('deployments.deploy.title')}
          </LinkButton>
        )}
        {offersMove && (
          <LinkButton look="primary" href={urls.deployments.rehost.to(names)}>
            {t('deployments.rehost.title')}
          </LinkButton>
        )}
        <LinkButton icon="license" href={urls.licenses.show.to(names)}>
          {t('deployments.done.open')}
        </LinkButton>
      </Actions>
    </>
  )
}

/** A quantity in the words of the license's meter: "5 servers". */
export function amount(t: T, { meter }: Pick<Deployment, 'meter'>, count: number): string {
  return t(`licenses.meter.${meter as 'device'}`, { count })
}

/** Which state of the license the form was made from, and Enter pressing the right button. */
export function FormHead({ license }: Pick<Props, 'license'>) {
  return <input type="hidden" name="revision" value={String(license.revision)} />
}

export function BackLink({ t, license }: Pick<Props, 't' | 'license'>) {
  return <LinkButton href={urls.licenses.show.to({ serial: license.serial })}>{t('ui.back')}</LinkButton>
}
