import type { MessageKey, T } from '../../platform/i18n.ts'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { urls } from '../../urls.ts'
import type { Outcome } from '../rules.ts'

const tones: Record<Outcome, Tone> = {
  ready: 'success',
  support_only: 'info',
  printed: 'info',
  not_found: 'danger',
  registered_by_you: 'neutral',
  registered_elsewhere: 'danger',
  alone: 'warning',
  flex: 'warning',
  voucher: 'warning',
  revoked: 'danger',
  superseded: 'warning',
  order_cancelled: 'danger',
  external: 'warning',
  not_eligible: 'danger',
}

export type SerialRow = {
  serial: string
  outcome: Outcome
  product: string | null
  quantity: number | null
  /** A serial number like it that the reader may see. */
  suggestion: string | null
  /** Its keys are bound to hosts, and can be moved to others. */
  movable: boolean
}

/** What a serial number turned out to be: the word, the reason, and the way out. */
export function OutcomeCell({ t, row, draft_id, support_email }: OutcomeProps) {
  const text = outcomeText(t, row.outcome, support_email)
  return (
    <>
      <StatusBadge tone={tones[row.outcome]} text={t(`registration.outcome.${row.outcome}`)} />
      {text && <p class="form-hint">{text}</p>}
      <WayOut t={t} row={row} draft_id={draft_id} />
    </>
  )
}

type OutcomeProps = { t: T; row: SerialRow; draft_id: string; support_email: string }

/** Why, and who may help. Nothing for a license that is simply ready. */
export function outcomeText(t: T, outcome: Outcome, support_email: string): string | undefined {
  switch (outcome) {
    case 'ready':
      return undefined
    case 'registered_elsewhere':
    case 'revoked':
    case 'order_cancelled':
    case 'external':
      return t(`registration.outcome.${outcome}.text`, { email: support_email })
    default:
      return t(`registration.outcome.${outcome}.text` satisfies MessageKey)
  }
}

function WayOut({ t, row, draft_id }: { t: T; row: SerialRow; draft_id: string }) {
  const { serial, outcome, suggestion } = row
  if (outcome === 'registered_by_you') {
    return (
      <>
        <LinkButton small href={urls.licenses.show.to({ serial })}>
          {t('registration.outcome.registered_by_you.open')}
        </LinkButton>{' '}
        {row.movable && (
          <LinkButton small icon="server" href={urls.deployments.rehost.to({ serial })}>
            {t('registration.outcome.registered_by_you.rehost')}
          </LinkButton>
        )}
      </>
    )
  }
  if (outcome === 'alone') {
    return (
      <form method="post" action={urls.registration.separateSerial.to({ draft: draft_id })}>
        <Button small name="serial" value={serial}>
          {t('registration.outcome.alone.separate')}
        </Button>
      </form>
    )
  }
  if (outcome !== 'not_found' || !suggestion) return null
  return (
    <form method="post" action={urls.registration.removeSerial.to({ draft: draft_id })}>
      <p class="form-hint">{t('registration.outcome.not_found.suggestion', { serial: suggestion })}</p>
      <input type="hidden" name="serial" value={serial} />
      <Button small name="instead" value={suggestion}>
        {t('registration.outcome.not_found.use', { serial: suggestion })}
      </Button>
    </form>
  )
}
