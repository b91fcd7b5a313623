import { isHostType } from '@keyport/license'
import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyButton, CopyCode } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Column, DataTable, type Empty } from '../../ui/table.tsx'
import { Code } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { KeyState, LicenseDetails, LicenseKey } from '../license-details.ts'
import type { LicensePageProps } from './license-page.tsx'

/** What activates the product: keys to copy, files to download, and those that counted before. */
export function KeysCard(props: LicensePageProps) {
  const { t, keys, license, mayTake } = props
  const active = keys.filter(({ state }) => state === 'active')
  const ended = keys.filter(({ state }) => state !== 'active')
  const files = active.some(({ file_name }) => file_name)
  return (
    <Card title={t('licenses.keys.title')} flush foot={files && <VerifyNote t={t} />}>
      {!mayTake && keys.length > 0 && (
        <div class="kp-card-body">
          <Alert t={t} tone="info" title={t('licenses.keys.viewer')} />
        </div>
      )}
      <DataTable
        t={t}
        id="keys"
        caption={t('licenses.keys.active')}
        columns={columnsOf(props)}
        rows={active}
        empty={emptyOf(props, ended.length > 0)}
      />
      {license.key_scheme === 'printed' && active.length > 0 && (
        <p class="kp-card-body kp-note">{t('licenses.keys.printed')}</p>
      )}
      {ended.length > 0 && (
        <details class="kp-card-body" open={active.length === 0}>
          <summary>{t('licenses.keys.ended')}</summary>
          <DataTable
            t={t}
            id="ended-keys"
            caption={t('licenses.keys.ended')}
            columns={columnsOf(props)}
            rows={ended}
            empty={emptyOf(props, true)}
          />
        </details>
      )}
    </Card>
  )
}

function columnsOf({ t, format, license, mayTake }: LicensePageProps): Column<LicenseKey>[] {
  return [
    {
      key: 'key',
      head: t('licenses.keys.column.key'),
      main: true,
      cell: (key) => (
        <>
          <KeyCell t={t} license={license} licenseKey={key} mayTake={mayTake} />
          {key.version && <div class="kp-status-date">{t('licenses.keys.version', { version: key.version })}</div>}
        </>
      ),
    },
    { key: 'host', head: t('licenses.keys.column.host'), cell: (key) => <HostCell t={t} licenseKey={key} /> },
    {
      key: 'quantity',
      head: t('licenses.keys.column.quantity'),
      nowrap: true,
      cell: ({ quantity }) => t(`licenses.meter.${license.meter}`, { count: quantity }),
    },
    {
      key: 'issued',
      head: t('licenses.keys.column.issued'),
      nowrap: true,
      cell: ({ issued_at }) => format.moment(issued_at),
    },
    {
      key: 'state',
      head: t('licenses.keys.column.state'),
      cell: (key) => (
        <StatusBadge
          tone={key.temporary && key.state === 'active' ? 'warning' : tones[key.state]}
          text={stateText(t, format, key)}
          date={
            key.state === 'active' &&
            key.expires_on &&
            t('licenses.keys.until', { day: format.shortDay(key.expires_on) })
          }
        />
      ),
    },
  ]
}

const tones: Record<KeyState, Tone> = { active: 'success', superseded: 'neutral', revoked: 'danger', expired: 'danger' }

function stateText(t: T, format: Format, key: LicenseKey): string {
  const { state, ended_at, expires_on, revoked_reason, temporary } = key
  const when = ended_at ? format.moment(ended_at) : expires_on ? format.shortDay(expires_on) : ''
  switch (state) {
    case 'active':
      return t(temporary ? 'licenses.keys.state.temporary' : 'licenses.keys.state.active')
    case 'superseded':
      return t('licenses.keys.state.superseded', { when })
    case 'expired':
      return t('licenses.keys.state.expired', { when })
    case 'revoked':
      if (!revoked_reason || revoked_reason === 'revoked') return t('licenses.keys.state.revoked', { when })
      return t('licenses.keys.state.revoked_because', { when, reason: reasonText(t, revoked_reason) })
  }
}

/** The portal's own reasons are codes; what an operator wrote is words already. */
function reasonText(t: T, reason: string): string {
  const code = codes.find((code) => code === reason)
  return code ? t(`licenses.keys.reason.${code}`) : reason
}

const codes = ['rehosted', 'returned', 'order_cancelled', 'transferred', 'compromised'] as const

type KeyCellProps = { t: T; license: LicenseDetails; licenseKey: LicenseKey; mayTake: boolean }

/** A key that the reader may not take is shown masked, a file by its name only. */
function KeyCell({ t, license, licenseKey, mayTake }: KeyCellProps) {
  const { id, file_name, key_text } = licenseKey
  if (file_name) {
    if (!mayTake) return <Code wrap>{file_name}</Code>
    return (
      <a
        class="kp-file"
        href={urls.licenses.file.to({ serial: license.serial, key: id })}
        aria-label={t('licenses.keys.download', { file: file_name })}
        download={file_name}
      >
        <Icon name="file-download" />
        <Code wrap>{file_name}</Code>
      </a>
    )
  }
  if (!key_text) return null
  if (!mayTake) return <Code>{key_text}</Code>
  const name = t('licenses.keys.name')
  if (key_text.length <= 40) return <CopyCode t={t} text={key_text} name={name} />
  return (
    <>
      <Code wrap>{key_text}</Code> <CopyButton t={t} text={key_text} name={name} />
    </>
  )
}

function HostCell({ t, licenseKey: { host_type, host_id } }: { t: T; licenseKey: LicenseKey }) {
  if (!host_type || !host_id) return <>{t('licenses.keys.any_host')}</>
  return (
    <>
      <Code wrap={host_id.length > 24}>{host_id}</Code>
      <div class="kp-status-date">
        {isHostType(host_type)
          ? t(`registration.host.${host_type}`)
          : t('registration.host.other', { type: host_type })}
      </div>
    </>
  )
}

function emptyOf({ t, license, support_email }: LicensePageProps, ended: boolean): Empty {
  const title = t('licenses.keys.none')
  if (!license.owned) return { icon: 'key', title, text: t('licenses.keys.none.unregistered') }
  if (license.kind === 'maintenance') return { icon: 'key', title, text: t('licenses.keys.none.maintenance') }
  if (license.key_scheme === 'none') return { icon: 'key', title, text: t('licenses.keys.none.support_only') }
  if (ended) return { icon: 'key', title, text: t('licenses.keys.none.ended') }
  return { icon: 'key', title, text: t('licenses.keys.none.pending', { email: support_email }) }
}

function VerifyNote({ t }: { t: T }) {
  return (
    <>
      <strong>{t('licenses.keys.verify.title')}.</strong> {t('licenses.keys.verify.text')}{' '}
      <a href={urls.help.topic.to({ topic: 'license-files' })}>{t('licenses.keys.verify.link')}</a>{' '}
      <a href={urls.doctor.to()}>{t('licenses.keys.doctor')}</a>
    </>
  )
}
