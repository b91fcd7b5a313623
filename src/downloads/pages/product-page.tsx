import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { StatusBadge } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Offer } from '../entitlement.ts'
import type { Product } from '../queries.ts'

export type Reading = { t: T; format: Format; today: Day; vendor: string; support_email: string }

type Props = {
  reading: Reading
  product: Product
  /** Serial number of the one license that the page is about. */
  license: string | undefined
  offers: Offer[]
  subscribed: boolean
}

/** The versions of a product: what may be downloaded, what may not, and why. */
export function ProductBody(props: Props) {
  const { reading, product, license, offers } = props
  const { t, format } = reading
  const newest = offers.find(({ refusal }) => refusal === null)
  return (
    <>
      {license && <OfLicense {...props} license={license} />}
      {newest && <Newest {...props} newest={newest} />}
      <Card title={t('downloads.versions')} flush>
        <DataTable
          t={t}
          caption={t('downloads.versions')}
          rows={offers}
          empty={{ icon: 'package', title: t('downloads.no_releases'), text: t('downloads.no_releases_text') }}
          columns={[
            {
              key: 'version',
              head: t('downloads.version'),
              main: true,
              cell: ({ version }) => (
                <a href={urls.software.release.to({ product: product.code, version }, { license })}>
                  <Text>{version}</Text>
                </a>
              ),
            },
            {
              key: 'released',
              head: t('downloads.released_on'),
              cell: ({ released_on }) => format.shortDay(released_on),
            },
            { key: 'state', head: t('downloads.right'), cell: (offer) => <Right reading={reading} offer={offer} /> },
          ]}
        />
      </Card>
      <Notify {...props} />
    </>
  )
}

function OfLicense({ reading: { t }, product, license }: Props & { license: string }) {
  return (
    <Alert t={t} tone="info" title={t('downloads.of_license', { serial: license })}>
      <a href={urls.software.product.to({ product: product.code })}>{t('downloads.all_licenses')}</a>
    </Alert>
  )
}

function Newest({ reading: { t, format }, product, license, newest }: Props & { newest: Offer }) {
  const { version, released_on } = newest
  return (
    <Card>
      <p>{t('downloads.newest_for_you', { version, day: format.day(released_on) })}</p>
      <LinkButton
        look="primary"
        icon="download"
        href={urls.software.release.to({ product: product.code, version }, { license })}
      >
        {t('downloads.get_version', { version })}
      </LinkButton>
    </Card>
  )
}

/** Whether it may be downloaded; if not, why and what helps. */
export function Right({ reading, offer }: { reading: Reading; offer: Offer }) {
  const { t } = reading
  const { refusal, license, withdrawn, withdrawn_reason } = offer
  if (refusal) {
    return (
      <>
        <StatusBadge tone="neutral" icon="lock" text={t('downloads.not_yours')} />
        <div class="kp-status-date">{refusalText(reading, offer)}</div>
      </>
    )
  }
  return (
    <>
      {withdrawn ? (
        <StatusBadge tone="warning" icon="alert-triangle" text={t('downloads.withdrawn')} />
      ) : (
        <StatusBadge tone="success" text={t('downloads.yours')} />
      )}
      <div class="kp-status-date">
        {withdrawn_reason && (
          <>
            <Text>{withdrawn_reason}</Text>{' '}
          </>
        )}
        {t('downloads.by_license')}{' '}
        <a href={urls.licenses.show.to({ serial: license.serial })}>
          <Code>{license.serial}</Code>
        </a>
      </div>
    </>
  )
}

/** Why not, with the days that decide. */
export function refusalText(reading: Reading, { refusal, license, released_on, withdrawn_reason }: Offer): string {
  const { t, format, vendor, support_email } = reading
  const { serial } = license
  const released = format.day(released_on)
  switch (refusal) {
    case null:
      return ''
    case 'after_maintenance': {
      const until = license.maintenance_until ?? released_on
      return t('downloads.refusal.after_maintenance', { serial, released, until: format.day(until), vendor })
    }
    case 'no_maintenance':
      return t('downloads.refusal.no_maintenance', { serial, released, vendor })
    case 'not_started':
      return t('downloads.refusal.not_started', { serial, day: license.starts_on ? format.day(license.starts_on) : '' })
    case 'ended':
      return t('downloads.refusal.ended', { serial, day: license.ends_on ? format.day(license.ends_on) : '' })
    case 'withdrawn':
      return t('downloads.refusal.withdrawn', { reason: withdrawn_reason ?? '' })
    case 'revoked':
      return t('downloads.refusal.revoked', { serial, email: support_email })
    case 'unregistered':
    case 'superseded':
    case 'view_only':
      return t(`downloads.refusal.${refusal}`, { serial })
  }
}

function Notify({ reading: { t }, product, license, subscribed }: Props) {
  const action = urls.software.notify.to({ product: product.code }, { license })
  return (
    <Card title={t('downloads.notify.title')}>
      <p>{t(subscribed ? 'downloads.notify.on' : 'downloads.notify.off', { product: product.name })}</p>
      <form method="post" action={action} class="kp-actions">
        <Button icon="mail" name="wanted" value={subscribed ? 'no' : 'yes'}>
          {t(subscribed ? 'downloads.notify.stop' : 'downloads.notify.start')}
        </Button>
      </form>
    </Card>
  )
}
