import type { Day } from '../../platform/actor.ts'
import type { Format, Locale, T } from '../../platform/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { CopyCode } from '../../ui/copy-button.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Comment } from '../comments.ts'
import type { HistoryEntry } from '../history.ts'
import type { LicenseDetails, LicenseKey } from '../license-details.ts'
import type { Relative } from '../lineage.ts'
import type { getNotes } from '../notes.ts'
import { factsOf } from '../rules.ts'
import { CommentsCard } from './comments-card.tsx'
import { CoverageCard, DeploymentCard } from './deployment-card.tsx'
import { HistoryCard } from './history-card.tsx'
import { KeysCard } from './keys-card.tsx'
import { LicenseStatusBadge, MaintenanceBadge } from './license-status.tsx'
import { LineageCard } from './lineage-card.tsx'
import { NotesCard } from './notes-card.tsx'
import { type OptionEntry, OptionsCard } from './options-card.tsx'

export type LicensePageProps = {
  t: T
  format: Format
  locale: Locale
  today: Day
  license: LicenseDetails
  keys: LicenseKey[]
  relatives: Relative[]
  options: OptionEntry[]
  notes: Awaited<ReturnType<typeof getNotes>>
  /** Undefined for who may not read them. */
  comments: { comments: Comment[]; older: string | undefined } | undefined
  history: { entries: HistoryEntry[]; older: string | undefined; paged: boolean }
  /** Whether the reader may take keys and files. */
  mayTake: boolean
  /** Whether the reader may open the registration. */
  mayRegister: boolean
  vendor: string
  support_email: string
}

/** License Key Details: one license, in the order in which people ask about it. */
export function LicenseBody(props: LicensePageProps) {
  const { t, format, license, options, comments, mayRegister } = props
  return (
    <>
      <StatusCard {...props} />
      <KeysCard {...props} />
      <div class="kp-details">
        <aside class="kp-details-aside">
          <OptionsCard t={t} serial={license.serial} options={options} />
        </aside>
        <div>
          <CoverageCard {...props} />
          <Grid>
            <LicenseCard {...props} />
            <OrderCard {...props} />
            {license.owned && <OwnershipCard {...props} />}
            {license.owned && <DeploymentCard {...props} />}
          </Grid>
          <LineageCard {...props} />
          <NotesCard {...props} />
          {comments && (
            <CommentsCard {...{ t, format, ...comments }} serial={license.serial} mayComment={mayRegister} />
          )}
          <HistoryCard {...props} />
        </div>
      </div>
    </>
  )
}

function StatusCard({ t, format, today, license, support_email }: LicensePageProps) {
  const { consequence } = factsOf(license)
  const graceFollows = consequence.endsWith('_ending') && license.grace_days > 0
  return (
    <Card>
      <div class="kp-statuses">
        <LicenseStatusBadge t={t} format={format} today={today} license={license} />
        <MaintenanceBadge t={t} format={format} today={today} license={license} />
      </div>
      <p class="kp-note">
        {consequence === 'revoked'
          ? t('licenses.consequence.revoked', { email: support_email })
          : t(`licenses.consequence.${consequence}`)}
        {graceFollows && ` ${t('licenses.grace_note', { days: license.grace_days })}`}
      </p>
      {license.upgraded_quantity > 0 && (
        <p class="kp-note">
          {t('licenses.details.upgrading', {
            quantity: format.number(license.upgraded_quantity),
            total: format.number(license.quantity),
          })}{' '}
          <a href={urls.upgrades.ofLicense.to({ serial: license.serial })}>{t('licenses.details.upgrading.see')}</a>
        </p>
      )}
      {!license.owned && <p class="kp-note">{t('licenses.details.added')}</p>}
      <HeldNote t={t} license={license} />
      {license.revoked_reason && (
        <p class="kp-note">{t('licenses.details.reason', { reason: license.revoked_reason })}</p>
      )}
    </Card>
  )
}

/** Whose license it is, where it is not the reader's own. */
function HeldNote({ t, license: { source, owner_name, level } }: Pick<LicensePageProps, 't' | 'license'>) {
  if ((source !== 'shared' && source !== 'delegated') || !owner_name) return null
  const words = { organization: owner_name, level: t(`licenses.level.${level}`) }
  const key = source === 'shared' ? 'licenses.details.shared_by' : 'licenses.details.delegated_by'
  return (
    <p class="kp-note">
      <Text>{t(key, words)}</Text>
    </p>
  )
}

function LicenseCard({ t, format, today, license }: LicensePageProps) {
  const { support_ends_on: ends } = license
  const supported = ends !== null && { day: format.day(ends), relative: format.relativeDay(ends, today) }
  return (
    <Card title={t('licenses.details.license')}>
      <DescriptionList
        items={[
          { label: t('licenses.details.product'), value: <Text>{license.product_name}</Text> },
          { label: t('licenses.details.version'), value: <Text>{license.version}</Text> },
          { label: t('licenses.details.kind'), value: t(`licenses.kind.${license.kind}`) },
          {
            label: t('licenses.details.quantity'),
            value: t(`licenses.meter.${license.meter}`, { count: license.quantity }),
          },
          { label: t('licenses.details.term'), value: termText(t, format, license) },
          supported && {
            label: t('licenses.details.support_ends'),
            value: t('licenses.details.support_until', supported),
          },
        ]}
      />
    </Card>
  )
}

function termText(t: T, format: Format, { starts_on, ends_on }: LicenseDetails): string {
  const from = starts_on && format.day(starts_on)
  const to = ends_on && format.day(ends_on)
  if (from && to) return t('licenses.details.from_to', { from, to })
  if (to) return t('licenses.details.until', { to })
  return from ? t('licenses.details.from', { from }) : t('licenses.details.perpetual')
}

function OrderCard({ t, format, license }: LicensePageProps) {
  const code = (text: string | null, label: string) => text && { label, value: <Code wrap>{text}</Code> }
  return (
    <Card title={t('licenses.details.order')}>
      <DescriptionList
        items={[
          code(license.order_number, t('licenses.details.order_number')) || null,
          license.line_number ? { label: t('licenses.details.order_line'), value: license.line_number } : null,
          license.ordered_on
            ? { label: t('licenses.details.ordered_on'), value: format.day(license.ordered_on) }
            : null,
          code(license.purchase_order, t('licenses.details.purchase_order')) || null,
          code(license.certificate_number, t('licenses.details.certificate')) || null,
          license.reseller ? { label: t('licenses.details.reseller'), value: <Text>{license.reseller}</Text> } : null,
          {
            label: t('licenses.details.customer'),
            value: (
              <>
                <Text>{license.customer_name}</Text> <Code wrap>{license.customer_number}</Code>
              </>
            ),
          },
        ]}
      />
    </Card>
  )
}

function OwnershipCard({ t, format, license, mayRegister }: LicensePageProps) {
  const { registered_at, registered_by, registration_id: registration } = license
  const when = registered_at && format.moment(registered_at)
  const registered = when && (registered_by ? t('licenses.details.registered_by', { when, name: registered_by }) : when)
  return (
    <Card
      title={t('licenses.details.ownership')}
      foot={
        registration &&
        license.own &&
        mayRegister && (
          <a href={urls.registration.confirmation.to({ registration })}>{t('licenses.details.registration')}</a>
        )
      }
    >
      <DescriptionList
        items={[
          { label: t('licenses.details.owner'), value: license.owner_name && <Text>{license.owner_name}</Text> },
          {
            label: t('licenses.details.registered_to'),
            value: license.registered_to && <Text>{license.registered_to}</Text>,
          },
          { label: t('licenses.details.registered'), value: registered },
        ]}
      />
    </Card>
  )
}

/** What the page is about: the product and its serial number, to copy. */
export function LicenseName({ t, license }: { t: T; license: LicenseDetails }) {
  return (
    <>
      <Text>{`${license.product_name} ${license.version}`}</Text>{' '}
      <CopyCode t={t} text={license.serial} name={license.serial} />
    </>
  )
}
