import { hostTypeName } from '../../registration/index.ts'
import { Button } from '../../ui/button.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions, CheckboxesField, Form, SelectField, TextField } from '../../ui/form.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import { undeployedOf } from '../rules.ts'
import { amount, BackLink, Consequences, FormHead, type Props } from './parts.tsx'

/** Split Quantity: hosts that go along, or how much. */
export function SplitPage(props: Props) {
  const { t, form, license } = props
  const bound = license.product.key_scheme === 'file_host'
  const hasKeys = license.keys.length > 0
  return (
    <Form t={t} form={form} action={urls.deployments.split.to({ serial: license.serial })}>
      <FormHead license={license} />
      {bound ? <Parting {...props} /> : <SplitQuantity {...props} />}
      <Consequences t={t}>
        {[
          t('deployments.split.happens.serial'),
          hasKeys && t(bound ? 'deployments.split.happens.keys_hosts' : 'deployments.split.happens.keys_all'),
          bound && t('deployments.split.happens.moves'),
          t('deployments.split.happens.undo'),
          t('deployments.rehost.happens.mail'),
        ]}
      </Consequences>
      <Actions>
        <Button look="primary">{t('deployments.split.submit')}</Button>
        <BackLink t={t} license={license} />
      </Actions>
    </Form>
  )
}

function SplitQuantity({ t, format, license: { quantity, serial } }: Props) {
  return (
    <TextField
      name="quantity"
      label={t('deployments.split.quantity')}
      hint={t('deployments.split.quantity_hint', { most: format.number(quantity - 1), serial })}
      inputmode="numeric"
      autocomplete="off"
      width="short"
      required
    />
  )
}

function Parting({ t, license }: Props) {
  const left = undeployedOf(license)
  return (
    <>
      {license.keys.length > 0 && (
        <CheckboxesField
          name="keys"
          label={t('deployments.split.hosts')}
          hint={t('deployments.split.hosts_hint')}
          options={license.keys.map(({ id, host, quantity }) => ({
            value: id,
            text: host ? `${host.id} · ${hostTypeName(t, host.type)}` : '–',
            hint: amount(t, license, quantity),
          }))}
        />
      )}
      {left > 0 && (
        <TextField
          name="quantity"
          label={t('deployments.split.free')}
          hint={t('deployments.split.free_hint', { left: amount(t, license, left) })}
          inputmode="numeric"
          autocomplete="off"
          width="short"
        />
      )}
    </>
  )
}

/** Return: what is lost, and the serial number typed by hand. */
export function ReturnPage({ t, form, license, organization }: Props & { organization: string }) {
  const { serial, keys } = license
  return (
    <Form t={t} form={form} action={urls.deployments.return.to({ serial })} unmarked>
      <FormHead license={license} />
      <Consequences t={t}>
        {[
          keys.length > 0 && t('deployments.return.happens.keys'),
          t('deployments.return.happens.owner', { organization }),
          t('deployments.return.happens.register'),
          keys.some(({ host }) => host) && t('deployments.return.happens.counted'),
          t('deployments.rehost.happens.mail'),
        ]}
      </Consequences>
      <TextField name="serial" label={t('deployments.return.serial')} code autocomplete="off" maxlength={40} required />
      <Actions>
        <Button look="danger">{t('deployments.return.submit')}</Button>
        <BackLink t={t} license={license} />
      </Actions>
    </Form>
  )
}

/** Use an Earlier Version: which one, and on which hosts. */
export function DowngradePage({ t, form, license }: Props) {
  const { serial, product, keys } = license
  const own = { value: product.version, text: t('deployments.downgrade.own', { version: product.version }) }
  return (
    <Form t={t} form={form} action={urls.deployments.downgrade.to({ serial })}>
      <FormHead license={license} />
      <SelectField
        name="version"
        label={t('deployments.downgrade.version')}
        options={[...product.earlier.map(({ version }) => ({ value: version, text: version })), own]}
        width="medium"
        required
      />
      <CheckboxesField
        name="keys"
        label={t('deployments.downgrade.keys')}
        values={keys.length === 1 ? keys.map(({ id }) => id) : []}
        options={keys
          .filter(({ temporary }) => !temporary)
          .map(({ id, host, quantity, version }) => ({
            value: id,
            text: host ? `${host.id} · ${hostTypeName(t, host.type)}` : t('deployments.downgrade.key'),
            hint: `${t('deployments.downgrade.is', { version: version?.version ?? product.version })} · ${amount(t, license, quantity)}`,
          }))}
      />
      <Consequences t={t}>
        {[
          t('deployments.downgrade.happens.keys'),
          t('deployments.downgrade.happens.license', { version: product.version }),
          t('deployments.reissue.happens.install'),
          t('deployments.rehost.happens.mail'),
        ]}
      </Consequences>
      <Actions>
        <Button look="primary" icon="refresh">
          {t('deployments.downgrade.submit')}
        </Button>
        <BackLink t={t} license={license} />
      </Actions>
    </Form>
  )
}

/** Reissue File: the facts that the new keys will carry. */
export function ReissuePage({ t, format, form, license }: Props) {
  const { serial, registered_to, maintenance_until, keys } = license
  const count = keys.filter(({ temporary }) => !temporary).length
  return (
    <Form t={t} form={form} action={urls.deployments.reissue.to({ serial })} unmarked>
      <FormHead license={license} />
      <DescriptionList
        items={[
          { label: t('deployments.reissue.company'), value: registered_to && <Text>{registered_to}</Text> },
          { label: t('deployments.reissue.maintenance'), value: maintenance_until && format.day(maintenance_until) },
        ]}
      />
      <Consequences t={t}>
        {[
          t('deployments.reissue.happens.anew', { count }),
          t('deployments.reissue.happens.install'),
          t('deployments.rehost.happens.mail'),
        ]}
      </Consequences>
      <Actions>
        <Button look="primary" icon="refresh">
          {t('deployments.reissue.submit')}
        </Button>
        <BackLink t={t} license={license} />
      </Actions>
    </Form>
  )
}
