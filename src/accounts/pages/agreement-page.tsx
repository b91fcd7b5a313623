import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Agreement as AgreementBox } from '../../ui/agreement.tsx'
import type { Agreement } from '../agreements.ts'
import { blocksOf } from '../rules.ts'

type Props = {
  t: T
  form: FormState
  agreement: Agreement
  action: string
  /** Comes back with the decision. */
  hidden: Record<string, string>
}

/** The User Agreement, to be read to its end before it can be accepted or declined. */
export function AgreementPage({ t, form, agreement, action, hidden }: Props) {
  return (
    <AgreementBox
      t={t}
      form={form}
      action={action}
      title={t('accounts.agreement.title')}
      text={<AgreementText agreement={agreement} />}
      accept={t('accounts.agreement.accept')}
      decline={t('accounts.agreement.decline')}
      hidden={hidden}
    />
  )
}

function AgreementText({ agreement }: { agreement: Agreement }) {
  return (
    <div lang={agreement.locale}>
      {blocksOf(agreement.body).map(({ kind, text }) => (kind === 'heading' ? <h2>{text}</h2> : <p>{text}</p>))}
    </div>
  )
}
