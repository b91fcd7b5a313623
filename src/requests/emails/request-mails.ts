import type { Format, T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'
import type { AnyRequest } from '../kinds.ts'
import { acceptedAs } from '../rules.ts'

/** What there is to tell about a request. */
export type RequestStep = 'received' | 'taken' | 'accepted' | 'refused' | 'withdrawn'

type Props = {
  t: T
  format: Format
  /** Of the reader. */
  name: string
  vendor_name: string
  request: Pick<
    AnyRequest,
    'number' | 'kind' | 'serial' | 'product' | 'opener_name' | 'due_at' | 'reason' | 'organization_name'
  >
  url: string
}

/** The mail about one step of a service request, for whoever asked and for administrators. */
export function requestMail(step: RequestStep, props: Props): MailContent {
  const { t, format, name, vendor_name, request, url } = props
  const { number, opener_name, due_at, reason, organization_name } = request
  const what = t(`requests.kind.${request.kind}`)
  const asker = opener_name ?? organization_name ?? t('requests.messages.gone')
  const told = step === 'accepted' ? acceptedAs(request.kind) : step
  const isOpen = step === 'received' || step === 'taken'
  return {
    subject: t(`requests.mail.${told}.subject`, { number, what }),
    heading: t(`requests.mail.${told}.heading`),
    paragraphs: [
      t('requests.mail.hello', { name }),
      t(`requests.mail.${told}.text`, { vendor: vendor_name, asker }),
      ...(reason ? [t('requests.mail.reason', { reason })] : []),
    ],
    details: [...factsOf(t, request), ...(isOpen ? [[t('requests.due'), format.moment(due_at)] as Line] : [])],
    action: { label: t('requests.mail.action'), url },
  }
}

type Line = [label: string, value: string]

function factsOf(t: T, request: Props['request']): Line[] {
  const { number, kind, serial, product, organization_name } = request
  return [
    [t('requests.number'), number],
    [t('requests.kind'), t(`requests.kind.${kind}`)],
    ...(serial ? [[t('requests.license'), `${serial} · ${product}`] as Line] : []),
    ...(organization_name ? [[t('requests.organization'), organization_name] as Line] : []),
  ]
}

type Written = Omit<Props, 'format' | 'vendor_name'> & {
  /** Who wrote: a person, or the vendor in place of its staff. */
  from: string
  body: string
  files: number
}

/** The mail about a message: to those who asked, or to the vendor's staff. */
export function messageMail({ t, name, request, url, from, body, files }: Written): MailContent {
  return {
    subject: t('requests.mail.message.subject', { number: request.number, name: from }),
    heading: t('requests.mail.message.heading'),
    paragraphs: [
      t('requests.mail.hello', { name }),
      t('requests.mail.message.text', { name: from }),
      body,
      ...(files > 0 ? [t('requests.mail.message.files', { count: files })] : []),
    ],
    details: factsOf(t, request),
    action: { label: t('requests.mail.action'), url },
  }
}

/** The mail to an operator whom a colleague gave a request. */
export function assignedMail({
  t,
  format,
  name,
  request,
  url,
  from,
}: Omit<Written, 'body' | 'files'> & Pick<Props, 'format'>) {
  const { number, kind, opener_name, organization_name, due_at } = request
  const asker = opener_name ?? organization_name ?? t('requests.messages.gone')
  return {
    subject: t('requests.mail.assigned.subject', { number, what: t(`requests.kind.${kind}`) }),
    heading: t('requests.mail.assigned.heading'),
    paragraphs: [t('requests.mail.hello', { name }), t('requests.mail.assigned.text', { name: from, asker })],
    details: [...factsOf(t, request), [t('requests.due'), format.moment(due_at)] as Line],
    action: { label: t('requests.mail.action'), url },
  } satisfies MailContent
}
