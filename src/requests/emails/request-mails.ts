import type { Format, T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'
import type { ServiceRequest } from '../kinds.ts'

/** What there is to tell about a request. */
export type RequestStep = 'received' | 'taken' | 'accepted' | 'refused' | 'withdrawn'

type Props = {
  t: T
  format: Format
  /** Of the reader. */
  name: string
  vendor_name: string
  request: Pick<
    ServiceRequest,
    'number' | 'kind' | 'serial' | 'product' | 'opener_name' | 'due_at' | 'reason' | 'organization_name'
  >
  url: string
}

/** The mail about one step of a service request, for whoever asked and for administrators. */
export function requestMail(step: RequestStep, props: Props): MailContent {
  const { t, format, name, vendor_name, request, url } = props
  const { number, serial, product, opener_name, due_at, reason, organization_name } = request
  const what = t(`requests.kind.${request.kind}`)
  const asker = opener_name ?? organization_name
  const isOpen = step === 'received' || step === 'taken'
  return {
    subject: t(`requests.mail.${step}.subject`, { number, what }),
    heading: t(`requests.mail.${step}.heading`),
    paragraphs: [
      t('requests.mail.hello', { name }),
      t(`requests.mail.${step}.text`, { vendor: vendor_name, asker }),
      ...(reason ? [t('requests.mail.reason', { reason })] : []),
    ],
    details: [
      [t('requests.number'), number],
      [t('requests.kind'), what],
      ...(serial ? [[t('requests.license'), `${serial} · ${product}`] as [string, string]] : []),
      [t('requests.organization'), organization_name],
      ...(isOpen ? [[t('requests.due'), format.moment(due_at)] as [string, string]] : []),
    ],
    action: { label: t('requests.mail.action'), url },
  }
}
