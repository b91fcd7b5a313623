import type { Child } from 'hono/jsx'
import type { T } from '../../platform/i18n.ts'

type Props = {
  t: T
  /** What the browser is asked to do; none where it cannot. */
  ceremony: 'create' | 'get' | undefined
  /** Answers the form's fields with a challenge. */
  options: string
  children: Child
}

/** A form that a passkey completes (`passkey.js`). Where that cannot run, the reason stands in its place. */
export function PasskeyBox({ t, ceremony, options, children }: Props) {
  return (
    <div class="kp-passkey" data-passkey={ceremony} data-options={options}>
      <p class="form-hint" data-passkey-missing>
        {t('security.passkeys.unsupported')}
      </p>
      <p class="kp-field-error" role="alert" data-passkey-failed hidden>
        {t('security.passkeys.failed')}
      </p>
      <div data-passkey-form hidden>
        {children}
      </div>
    </div>
  )
}
