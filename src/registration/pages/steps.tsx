import type { T } from '../../platform/i18n.ts'
import { Stepper } from '../../ui/wizard.tsx'
import { urls } from '../../urls.ts'

/** The steps of New Purchase by their names in the user guide; those before the current one lead back. */
export function Steps({ t, draft_id, current }: { t: T; draft_id: string | null; current: 0 | 1 | 2 | 3 | 4 }) {
  const draft = draft_id ?? ''
  const isOpen = draft_id !== null && current < 4
  const steps = [
    { name: t('registration.step.serials'), href: isOpen ? urls.registration.serials.to({ draft }) : undefined },
    { name: t('registration.step.details'), href: isOpen ? urls.registration.details.to({ draft }) : undefined },
    { name: t('registration.step.verify'), href: isOpen ? urls.registration.verify.to({ draft }) : undefined },
    { name: t('registration.step.confirmation') },
  ]
  return <Stepper t={t} steps={steps} current={current} />
}
