import type { Child } from 'hono/jsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { LicenseKey } from '../license-details.ts'
import { answersOf } from '../rules.ts'
import type { LicensePageProps } from './license-page.tsx'

type Props = LicensePageProps

/** Where the license is in use: address, contacts, hosts with their quantities, and what is left. */
export function DeploymentCard(props: Props) {
  const { t, locale, license, keys } = props
  const active = keys.filter(({ state }) => state === 'active')
  const answers = answersOf(license.fields, license.fields_schema, locale)
  return (
    <Card title={t('licenses.details.deployment')}>
      <DescriptionList
        items={[
          { label: t('licenses.details.address'), value: <AddressText {...props} /> },
          { label: t('licenses.details.contacts'), value: <Contacts {...props} /> },
          ...quantitiesOf(props, active),
          ...answers.map(({ question, value }) => ({ label: question, value: <Answer t={t} value={value} /> })),
        ]}
      />
    </Card>
  )
}

function quantitiesOf({ t, format, license }: Props, active: LicenseKey[]) {
  if (active.length === 0) return []
  const count = (quantity: number) => t(`licenses.meter.${license.meter}`, { count: quantity })
  const used = active.reduce((sum, { quantity }) => sum + quantity, 0)
  const hosts = active.filter(({ host_id }) => host_id)
  const free = license.quantity - used
  return [
    {
      label: t('licenses.details.deployed'),
      value: t('licenses.details.deployed_of', { used: format.number(used), total: count(license.quantity) }),
    },
    hosts.length > 0 && {
      label: t('licenses.details.host'),
      value: (
        <ul class="kp-hosts">
          {hosts.map(({ host_id, quantity }) => (
            <li>
              <Code wrap>{host_id}</Code> <span>{count(quantity)}</span>
            </li>
          ))}
        </ul>
      ),
    },
    free > 0 && { label: t('licenses.details.undeployed'), value: count(free) },
  ]
}

/** For licenses that are coverage themselves: what they are good for. */
export function CoverageCard({ t, license, relatives }: Props) {
  if (license.kind !== 'maintenance' && license.kind !== 'content') return null
  const covered = relatives.filter(({ relation }) => relation === 'covers')
  return (
    <Card title={t('licenses.details.coverage')}>
      <p>{t(`licenses.details.coverage.${license.kind}`)}</p>
      {covered.length === 0 && <p class="m-0">{t('licenses.details.coverage.none')}</p>}
      {covered.map(({ serial, product_name, version }) => (
        <p class="m-0">
          <a href={urls.licenses.show.to({ serial })}>
            <Code>{serial}</Code>
          </a>{' '}
          <Text>{`${product_name} ${version}`}</Text>
        </p>
      ))}
    </Card>
  )
}

function AddressText({ t, format, license: { address } }: Props) {
  if (!address) return <>{t('licenses.details.no_address')}</>
  const { company, street, street2, city, region, postal_code, country } = address
  const town = [postal_code, city, region].filter(Boolean).join(' ')
  return <Lines lines={[company, street, street2, town, format.country(country)]} />
}

function Contacts({ t, license: { contacts } }: Props) {
  if (contacts.length === 0) return <>{t('licenses.details.no_contacts')}</>
  return (
    <ul class="kp-contacts">
      {contacts.map(({ name, email, phone }) => (
        <li>
          <Lines
            lines={[
              name,
              <a href={`mailto:${email}`}>{email}</a>,
              phone && <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>,
            ]}
          />
        </li>
      ))}
    </ul>
  )
}

function Lines({ lines }: { lines: Child[] }) {
  return (
    <>
      {lines.filter(Boolean).map((line) => (
        <div>
          <bdi>{line}</bdi>
        </div>
      ))}
    </>
  )
}

function Answer({ t, value }: Pick<Props, 't'> & { value: unknown }) {
  if (typeof value === 'boolean') return <>{t(value ? 'licenses.details.yes' : 'licenses.details.no')}</>
  return <Text>{String(value)}</Text>
}
