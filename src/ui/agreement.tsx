import type { Child } from 'hono/jsx'
import type { T } from '../platform/i18n.ts'
import { CheckboxField, Form, type FormState } from './form.tsx'
import { Icon } from './icon.tsx'

/**
 * A text to be read to its end before `decision` (`accept` or `decline`) can be posted. With script the end of the
 * text unlocks the buttons; without, the box `read` takes its place, and the server asks for it when accepting.
 */
export function Agreement(props: {
  t: T
  form: FormState
  action: string
  title: string
  text: Child
  accept: string
  decline: string
  hidden?: Record<string, string>
}) {
  const { t, form, title } = props
  return (
    <div>
      <section class="kp-agreement" tabindex={0} aria-label={title} data-agreement="agreement">
        {props.text}
      </section>
      <Form t={t} form={form} action={props.action} id="agreement" unmarked>
        {Object.entries(props.hidden ?? {}).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p class="kp-agreement-hint" data-agreement-hint hidden>
          <Icon name="arrow-down" />
          {t('ui.agreement_scroll')}
        </p>
        <div data-agreement-read>
          <CheckboxField name="read" label={t('ui.agreement_read')} required />
        </div>
        <div class="kp-actions">
          <button type="submit" class="btn btn-primary" name="decision" value="accept" data-agreement-button>
            {props.accept}
          </button>
          <button type="submit" class="btn" name="decision" value="decline" data-agreement-button>
            {props.decline}
          </button>
        </div>
      </Form>
    </div>
  )
}
