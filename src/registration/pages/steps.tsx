import type { T } from '../../platform/i18n.ts'
import { Stepper } from '../../ui/wizard.tsx'
import { urls } from '../../urls.ts'
import { type Purpose, wizardUrls } from '../wizard.ts'

/** Which step of a draft's wizard a page is; `done` is the confirmation. */
export type StepName = 'first' | 'details' | 'verify' | 'progress' | 'done'

type Props = { t: T; purpose?: Purpose; draft_id: string | null; current: StepName }

/** The steps of a wizard by their names in the user guide; those before the current one lead back. */
export function Steps({ t, purpose = 'purchase', draft_id, current }: Props) {
  const isOpen = draft_id !== null && current !== 'done'
  const hrefs = isOpen ? hrefsOf(purpose, draft_id) : undefined
  return purpose === 'purchase' ? (
    <Stepper
      t={t}
      steps={[
        { name: t('registration.step.serials'), href: hrefs?.first },
        { name: t('registration.step.details'), href: hrefs?.details },
        { name: t('registration.step.verify'), href: hrefs?.verify },
        { name: t('registration.step.confirmation') },
      ]}
      current={{ first: 0, details: 1, verify: 2, progress: 3, done: 4 }[current]}
    />
  ) : (
    <UpgradeSteps
      t={t}
      current={{ first: 2, details: 3, verify: 3, progress: 4, done: 5 }[current]}
      selectionHref={hrefs?.first}
    />
  )
}

type UpgradeStepsProps = { t: T; current: number; productsHref?: string; selectionHref?: string | undefined }

/** The steps of Version Upgrade, which begins before there is a draft. */
export function UpgradeSteps({ t, current, productsHref, selectionHref }: UpgradeStepsProps) {
  const steps = [
    { name: t('upgrades.title'), href: current < 5 ? urls.upgrades.start.to() : undefined },
    { name: t('upgrades.step.products'), href: productsHref },
    { name: t('upgrades.step.selection'), href: selectionHref },
    { name: t('upgrades.step.verify') },
    { name: t('registration.step.confirmation') },
  ]
  return <Stepper t={t} steps={steps} current={current} />
}

function hrefsOf(purpose: Purpose, draft: string) {
  const { first, details, verify } = wizardUrls[purpose]
  return { first: first.to({ draft }), details: details.to({ draft }), verify: verify.to({ draft }) }
}
