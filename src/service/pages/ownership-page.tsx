import type { T } from '../../platform/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { urls } from '../../urls.ts'

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
