import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { factsOf, type LicenseDates, type LicenseStatus, type StatusFacts } from '../rules.ts'

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
