import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions, Form, type FormState, TextArea } from '../../ui/form.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { urls } from '../../urls.ts'
import type { RequestFile } from '../files.ts'
import type { AnyRequest, Fact } from '../kinds.ts'
import type { Message } from '../messages.ts'
import { acceptedAs, reopenDays } from '../rules.ts'
import { longestMessage } from '../schemas.ts'
import { Conversation } from './conversation.tsx'
import { FileList } from './file-list.tsx'
import { FilesField } from './files-field.tsx'
import { LicenseLink } from './license-link.tsx'
import { itemsOf, type Reader, Reason, StateBadge, stepsOf } from './request-parts.tsx'

type Props = {
  reader: Reader
  request: AnyRequest
  facts: Fact[]
  messages: Message[]
  files: RequestFile[]
  fileHref: (file: RequestFile) => string
  earlierHref: string | undefined
  vendor: string
  /** Whether the reader may write, and take the request back. */
  mayWrite: boolean
  writing: 'open' | 'reopens' | 'ended'
  /** Of a message, and of taking back. */
  form: FormState
  withdrawal: FormState
  /** Names the message that is being written. */
  message_id: string
}

/** One request, for those who asked. */
export function RequestBody(props: Props) {
  const { reader, request, facts, vendor, withdrawal } = props
  const { t } = reader
  const isOpen = request.state === 'open'
  return (
    <>
      {!isOpen && withdrawal.errors.form && <Alert t={t} tone="danger" title={withdrawal.errors.form} />}
      <Card>
        <StateBadge reader={reader} request={request} />
        <p class="kp-note">{nextText(props)}</p>
        <Reason t={t} request={request} />
      </Card>
      <Grid>
        <Card title={t('requests.asked')}>
          <DescriptionList
            items={[
              { label: t('requests.kind'), value: t(`requests.kind.${request.kind}`) },
              request.serial !== null && {
                label: t('requests.license'),
                value: <LicenseLink request={request} linked />,
              },
              ...itemsOf(facts),
            ]}
          />
          <FileList t={t} files={props.files.filter((file) => !file.message_id)} hrefOf={props.fileHref} />
        </Card>
        <Card title={t('requests.history')}>
          <Timeline label={t('requests.history')} items={stepsOf(reader, request, () => vendor)} />
        </Card>
      </Grid>
      <Conversation {...props} staff={false} />
      <Write {...props} />
      {isOpen && props.mayWrite && <Withdraw {...props} />}
    </>
  )
}

function nextText({ reader: { t }, request, vendor }: Props): string {
  if (request.waiting_since) return t('requests.next.waiting', { vendor })
  const isAnswer = request.state === 'accepted' && acceptedAs(request.kind) === 'answered'
  return t(isAnswer ? 'requests.next.answered' : `requests.next.${request.state}`, { vendor })
}

function Write(props: Props) {
  const { reader, request, form, writing, mayWrite, message_id } = props
  const { t } = reader
  if (writing === 'ended') {
    return (
      <Card>
        {form.errors.body && <Alert t={t} tone="danger" title={form.errors.body} />}
        <p class="m-0">
          {t('requests.next.ended')} <a href={urls.requests.list.to()}>{t('requests.next.new')}</a>
        </p>
      </Card>
    )
  }
  if (!mayWrite) return <p class="kp-note">{t('requests.messages.only_managers')}</p>
  return (
    <Card>
      {writing === 'reopens' && <p>{t('requests.next.reopens', { days: reopenDays })}</p>}
      <Form t={t} form={form} action={urls.requests.messages.to({ request: request.number })} unmarked multipart>
        <input type="hidden" name="message_id" value={message_id} />
        <TextArea
          name="body"
          label={t('requests.messages.body')}
          hint={request.organization_id ? t('requests.messages.body_hint') : undefined}
          maxlength={longestMessage}
          required
        />
        <FilesField t={t} />
        <Actions>
          <Button look="primary" icon="mail">
            {t('requests.messages.send')}
          </Button>
        </Actions>
      </Form>
    </Card>
  )
}

function Withdraw({ reader: { t }, request, withdrawal }: Props) {
  return (
    <Card title={t('requests.withdraw.title')}>
      <Form t={t} form={withdrawal} action={urls.requests.withdraw.to({ request: request.number })} unmarked>
        <p>{t('requests.withdraw.text')}</p>
        <Button look="danger">{t('requests.withdraw.submit')}</Button>
      </Form>
    </Card>
  )
}
