import type { Format, T } from '../../platform/i18n.ts'
import { UpgradeSteps } from '../../registration/index.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Notification, UpgradePath } from '../notifications.ts'
import { closedText, countText } from '../texts.ts'

type Props = { t: T; format: Format; notification: Notification; paths: UpgradePath[]; support_email: string }

/** Upgrade Product Selection: what can be upgraded to what, and what already was. */
export function ProductsPage(props: Props) {
  const { t, format, notification, support_email } = props
  const closed = closedText({ t, format }, notification, support_email)
  const { overlap_days: days, ends_on } = notification
  return (
    <>
      <UpgradeSteps t={t} current={1} />
      {closed ? (
        <Alert t={t} tone="warning" title={t('upgrades.closed.title')}>
          {closed}
        </Alert>
      ) : (
        <p>
          {t('upgrades.products.overlap', { days })}
          {ends_on && ` ${t('upgrades.products.until', { day: format.day(ends_on) })}`}
        </p>
      )}
      <Card flush>
        <Paths {...props} />
      </Card>
    </>
  )
}

function Paths({ t, format, notification, paths }: Props) {
  const reading = { t, format }
  return (
    <DataTable
      t={t}
      caption={t('upgrades.step.products')}
      rows={paths}
      empty={{ title: t('upgrades.products.none'), text: t('upgrades.products.none.text') }}
      columns={[
        {
          key: 'product',
          head: t('upgrades.products.product'),
          main: true,
          cell: ({ product, from_version }) => <Text>{`${product} ${from_version}`}</Text>,
        },
        {
          key: 'to',
          head: t('upgrades.products.to'),
          cell: (path) => (
            <>
              <Text>{`${path.to_product} ${path.to_version}`}</Text>
              <div class="kp-status-date">
                {t('upgrades.products.released', { day: format.shortDay(path.released_on) })}
              </div>
            </>
          ),
        },
        {
          key: 'available',
          head: t('upgrades.products.available'),
          cell: ({ available }) => countText(reading, available),
        },
        {
          key: 'upgraded',
          head: t('upgrades.products.upgraded'),
          cell: ({ upgraded }) => countText(reading, upgraded),
        },
        {
          key: 'action',
          head: t('upgrades.products.action'),
          quietHead: true,
          cell: (path) => <Ways t={t} notification={notification} path={path} />,
        },
      ]}
    />
  )
}

/** Upgrade, or the list of what was upgraded, or why nothing can be. */
function Ways({ t, notification, path }: { t: T; notification: Notification; path: UpgradePath }) {
  const { path_id, product, to_version: version, available, upgraded, not_eligible } = path
  const names = { notification: notification.id, path: path_id }
  const why = available > 0 ? 'upgrades.products.see_others' : 'upgrades.products.see_why'
  const what = t(upgraded > 0 ? 'upgrades.products.see' : why)
  return (
    <>
      {available > 0 && !notification.closed && (
        <form method="post" action={urls.upgrades.upgrade.to(names)} data-once={t('ui.working')}>
          <Button small look="primary" label={t('upgrades.products.upgrade_of', { product, version })}>
            {t('upgrades.products.upgrade')}
          </Button>
        </form>
      )}
      {available === 0 && (
        <p class="form-hint">
          {t(upgraded > 0 && not_eligible === 0 ? 'upgrades.products.complete' : 'upgrades.products.none_eligible')}
        </p>
      )}
      {upgraded + not_eligible > 0 && (
        <a
          href={urls.upgrades.upgraded.to(names)}
          aria-label={t('upgrades.products.see_of', { what, product, version })}
        >
          {what}
        </a>
      )}
    </>
  )
}
