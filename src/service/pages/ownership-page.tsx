import type { T } from '../../platform/i18n.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'

/** License Ownership Assignment & Transfers: who owns the license, and the ways to a new owner. */
export function OwnershipBody(props: { t: T; serial: string; organization: string; vendor: string }) {
  const { t, serial, organization, vendor } = props
  return (
    <>
      <Card title={t('service.ownership.owner')}>
        <p class="m-0">
          <Text>{t('service.ownership.owner_text', { organization })}</Text>
        </p>
      </Card>
      <Card title={t('service.ownership.request')}>
        <p>{t('service.ownership.request_text', { vendor })}</p>
        <LinkButton href={urls.requests.ownershipRequest.to({ serial })} icon="mail">
          {t('service.ownership.request')}
        </LinkButton>
      </Card>
    </>
  )
}

/** Request License Ownership Transfer: what to have ready, and the way to the form. */
export function OwnershipRequestBody(props: { t: T; serial: string; vendor: string; support_email: string }) {
  const { t, serial, vendor, support_email } = props
  return (
    <Card title={t('service.ownership.email')}>
      <p>
        {t('service.ownership.email_text', { vendor })}{' '}
        <a href={urls.requests.new.to({ serial })}>{t('service.ownership.form')}</a>.
      </p>
      <p>{t('service.ownership.needed')}</p>
      <p class="kp-note m-0">{t('service.ownership.write', { email: support_email })}</p>
    </Card>
  )
}
