import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icon.tsx'
import {
  factsOf,
  type LicenseDates,
  type LicenseKind,
  type LicenseStatus,
  maintenanceOf,
  type StatusFacts,
} from '../rules.ts'

export const tones: Record<LicenseStatus, Tone> = {
  unregistered: 'neutral',
  planned: 'info',
  active: 'success',
  start_planning: 'info',
  expiring: 'warning',
  grace: 'warning',
  expired: 'danger',
  superseded: 'neutral',
  revoked: 'danger',
}

const icons: Partial<Record<LicenseStatus, IconName>> = {
  planned: 'calendar',
  start_planning: 'calendar',
  grace: 'alert-triangle',
  superseded: 'refresh',
  revoked: 'lock',
}

type Props = { t: T; format: Format; today: Day; license: LicenseDates }

/** A license's status as it is shown everywhere: icon, word, date, and what works or stops working. */
export function LicenseStatusBadge({ t, format, today, license }: Props) {
  const facts = factsOf(license)
  const { status } = facts
  return (
    <StatusBadge
      tone={tones[status]}
      icon={icons[status]}
      text={t(`licenses.status.${status}`)}
      date={whenText(t, format, today, facts)}
    />
  )
}

function whenText(t: T, format: Format, today: Day, { day, consequence }: StatusFacts): string {
  if (consequence === 'perpetual' || consequence === 'unregistered' || !day) {
    return t(consequence === 'unregistered' ? 'licenses.when.unregistered' : 'licenses.when.perpetual')
  }
  return t(`licenses.when.${consequence}`, { day: format.shortDay(day), relative: format.relativeDay(day, today) })
}

type Maintained = { kind: LicenseKind; maintenance_until: Day | null }

/** Whether updates and support are paid for. Licenses that are coverage themselves have none, nor need it. */
export function MaintenanceBadge({ t, format, today, license }: Omit<Props, 'license'> & { license: Maintained }) {
  const maintenance = maintenanceOf(license.maintenance_until, today)
  if (license.kind === 'maintenance' || license.kind === 'content') return null
  if (maintenance.state === 'none') {
    if (license.kind === 'subscription') return null
    const none = { text: t('licenses.maintenance.none'), date: t('licenses.maintenance.none.text') }
    return <StatusBadge tone="neutral" icon="circle-minus" {...none} />
  }
  const { state, until } = maintenance
  const values = { day: format.shortDay(until), relative: format.relativeDay(until, today) }
  return (
    <StatusBadge
      tone={state === 'covered' ? 'success' : 'warning'}
      icon={state === 'covered' ? 'shield-check' : 'alert-triangle'}
      text={t(`licenses.maintenance.${state}`)}
      date={t(`licenses.maintenance.${state}.text`, values)}
    />
  )
}
