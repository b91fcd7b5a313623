import { type Child, Fragment } from 'hono/jsx'
import type { T } from '../platform/i18n.ts'
import { Icon } from './icon.tsx'

export type Step = { name: string; href?: string }

/** The named steps of a wizard; those done lead back. `current` counts from 0; `steps.length` means all done. */
export function Stepper({ t, steps, current }: { t: T; steps: Step[]; current: number }) {
  const shown = Math.min(current, steps.length - 1)
  return (
    <nav class="kp-steps" aria-label={t('ui.steps')}>
      <p class="kp-steps-now">
        {t('ui.step_of', { step: shown + 1, count: steps.length })}
        <strong>{steps[shown]?.name}</strong>
      </p>
      <ol>
        {steps.map((step, n) => (
          <StepItem t={t} step={step} n={n} current={current} />
        ))}
      </ol>
    </nav>
  )
}

function StepItem({ t, step, n, current }: { t: T; step: Step; n: number; current: number }) {
  const done = n < current
  const face = (
    <Fragment>
      <span class="kp-step-mark">{done ? <Icon name="check" label={t('ui.step_done')} /> : n + 1}</span>
      <span class="kp-step-name">{step.name}</span>
    </Fragment>
  )
  if (done && step.href) {
    return (
      <li class="kp-step kp-step-done">
        <a href={step.href}>{face}</a>
      </li>
    )
  }
  const state = done ? ' kp-step-done' : n === current ? ' kp-step-current' : ''
  return (
    <li class={`kp-step${state}`} aria-current={n === current ? 'step' : undefined}>
      <span>{face}</span>
    </li>
  )
}

/** A step's form with what was entered so far beside it; below it on a phone. */
export function WizardBody({ children, aside }: { children: Child; aside?: Child }) {
  if (!aside) return <div class="kp-wizard kp-wizard-plain">{children}</div>
  return (
    <div class="kp-wizard">
      <div class="kp-wizard-form">{children}</div>
      <aside class="kp-wizard-aside">{aside}</aside>
    </div>
  )
}

/** A section of a summary. `editHref` leads to the step it comes from, and that step comes back here. */
export function SummarySection(props: { t: T; title: string; editHref?: string; children: Child }) {
  const { t, title, editHref } = props
  return (
    <section class="kp-card">
      <div class="kp-card-head">
        <h2>{title}</h2>
        {editHref && (
          <a class="btn btn-sm" href={editHref} aria-label={t('ui.edit_section', { section: title })}>
            <Icon name="pencil" />
            {t('ui.edit')}
          </a>
        )}
      </div>
      <div class="kp-card-body">{props.children}</div>
    </section>
  )
}
