import { hostTypeName } from '../../registration/index.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Actions, CheckboxField, Fieldset, Form, RadioField, TextArea, TextField } from '../../ui/form.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import { temporaryDays } from '../rehost-license.ts'
import { type Allowance, undeployedOf } from '../rules.ts'
import { longestReason } from '../schemas.ts'
import { amount, BackLink, Consequences, FormHead, HostFields, type Props } from './parts.tsx'

/** Move to a New Host: what is left of the allowance first, then from where, to where, how much. */
export function RehostPage(props: Props) {
  const { t, form, license } = props
  const { serial, allowance } = license
  const over = allowance.left < 1
  const line = (name: 'revoked' | 'new' | 'request' | 'refused' | 'mail') => t(`deployments.rehost.happens.${name}`)
  return (
    <>
      <AllowanceNote {...props} />
      <Form t={t} form={form} action={urls.deployments.rehost.to({ serial })}>
        <FormHead license={license} />
        <OldHosts {...props} />
        <Fieldset legend={t('deployments.fact.to')}>
          <HostFields t={t} license={license} />
        </Fieldset>
        {license.keys.some(({ quantity }) => quantity > 1) && (
          <TextField
            name="quantity"
            label={t('deployments.rehost.quantity')}
            hint={t('deployments.rehost.quantity_hint')}
            inputmode="numeric"
            autocomplete="off"
            width="short"
          />
        )}
        {over && (
          <TextArea
            name="reason"
            label={t('deployments.rehost.reason')}
            hint={t('deployments.rehost.reason_hint')}
            maxlength={longestReason}
            required
          />
        )}
        <CheckboxField name="removed" label={t('deployments.rehost.removed')} required />
        <Consequences t={t}>
          {[
            line('revoked'),
            !over && line('new'),
            !over && t('deployments.rehost.happens.counted', { left: allowance.left - 1 }),
            over && t('deployments.rehost.happens.temporary', { days: temporaryDays }),
            over && line('request'),
            over && line('refused'),
            line('mail'),
          ]}
        </Consequences>
        <Actions>
          <Button look="primary" icon="server">
            {t(over ? 'deployments.rehost.submit_over' : 'deployments.rehost.submit')}
          </Button>
          <BackLink t={t} license={license} />
        </Actions>
      </Form>
    </>
  )
}

function AllowanceNote({ t, format, license }: Props) {
  const { allowance, serial } = license
  const left = undeployedOf(license)
  const over = allowance.left < 1
  return (
    <Alert t={t} tone={over ? 'warning' : 'info'} title={allowanceText(t, allowance)}>
      {allowance.next_at && t('deployments.allowance.next', { day: format.moment(allowance.next_at) })}{' '}
      {over && t('deployments.allowance.over')}{' '}
      {left > 0 && <a href={urls.deployments.deploy.to({ serial })}>{t('deployments.deploy.link')}</a>}
    </Alert>
  )
}

/** The hosts that it is on; the only one is chosen already. */
function OldHosts({ t, license }: Props) {
  const bound = license.keys.filter(({ host }) => host)
  const free = bound.filter(({ temporary }) => !temporary)
  return (
    <RadioField
      name="key"
      label={t('deployments.rehost.from')}
      value={free.length === 1 ? free[0]!.id : undefined}
      required
      options={bound.map(({ id, host, quantity, temporary }) => ({
        value: id,
        text: `${host!.id} · ${hostTypeName(t, host!.type)}`,
        hint: temporary
          ? t('deployments.rehost.is_temporary', { quantity: amount(t, license, quantity) })
          : amount(t, license, quantity),
        disabled: temporary,
      }))}
    />
  )
}

function allowanceText(t: Props['t'], { used, allowed, months }: Allowance): string {
  return t('deployments.allowance.used', { used, allowed, months })
}

/** Deploy to a Further Host: which one, and how much of what is left. */
export function DeployPage({ t, form, license }: Props) {
  const { serial } = license
  return (
    <Form t={t} form={form} action={urls.deployments.deploy.to({ serial })}>
      <FormHead license={license} />
      <HostFields t={t} license={license} />
      <TextField
        name="quantity"
        label={t('deployments.deploy.quantity')}
        hint={t('deployments.deploy.quantity_hint', { left: amount(t, license, undeployedOf(license)) })}
        inputmode="numeric"
        autocomplete="off"
        width="short"
      />
      <Consequences t={t}>{[t('deployments.deploy.happens.new'), t('deployments.rehost.happens.mail')]}</Consequences>
      <Actions>
        <Button look="primary" icon="server">
          {t('deployments.deploy.submit')}
        </Button>
        <BackLink t={t} license={license} />
      </Actions>
    </Form>
  )
}

/** The license that a page is about, under its title. */
export function Subject({ t, license }: Pick<Props, 't' | 'license'>) {
  const { serial, product, quantity } = license
  return (
    <>
      <Code>{serial}</Code> · <Text>{`${product.name} ${product.version}`}</Text> · {amount(t, license, quantity)}
    </>
  )
}
