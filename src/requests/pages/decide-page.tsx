import { Alert } from '../../ui/alert.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import type { FormState } from '../../ui/form.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Text } from '../../ui/text.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import type { CannedAnswer } from '../canned-answers.ts'
import type { RequestFile } from '../files.ts'
import type { AnyRequest, Choice, Fact } from '../kinds.ts'
import type { Message } from '../messages.ts'
import { AssigneeForm } from './assignee-form.tsx'
import { Conversation } from './conversation.tsx'
import { DecisionForm } from './decision-form.tsx'
import { FileList } from './file-list.tsx'
import { LicenseLink } from './license-link.tsx'
import { itemsOf, type Reader, Reason, stepsOf, UrgencyBadge } from './request-parts.tsx'

export type DecideProps = {
  reader: Reader
  request: AnyRequest
  facts: Fact[]
  choices: Choice[]
  messages: Message[]
  files: RequestFile[]
  fileHref: (file: RequestFile) => string
  earlierHref: string | undefined
  vendor: string
  /** Whether the reader may decide, and who that is. */
  mayDecide: boolean
  user_id: string
  assignees: { user_id: string; name: string }[]
  answers: CannedAnswer[]
  form: FormState
  /** Names the message that is being written. */
  message_id: string
  /** The name of the language in which it was asked. */
  language: string
}

/** One request, with what an operator wants to know before deciding. */
export function DecideBody(props: DecideProps) {
  const { reader, request, vendor, form, mayDecide } = props
  const { t } = reader
  const isOpen = request.state === 'open'
  return (
    <>
      {!mayDecide && form.errors.form && <Alert t={t} tone="danger" title={form.errors.form} />}
      <Card>
        <UrgencyBadge reader={reader} request={request} />
        <Reason t={t} request={request} />
      </Card>
      {isOpen && !mayDecide && <Alert t={t} tone="info" title={t('requests.decide.only_see')} />}
      <Grid>
        <Card title={t('requests.decide.facts')}>
          <Facts {...props} />
          <FileList t={t} files={props.files.filter((file) => !file.message_id)} hrefOf={props.fileHref} />
        </Card>
        <Card title={t('requests.history')} foot={isOpen && mayDecide && <AssigneeForm {...props} />}>
          <Timeline label={t('requests.history')} items={stepsOf(reader, request, (name) => name ?? vendor)} />
        </Card>
      </Grid>
      <Conversation {...props} staff />
      {mayDecide && <DecisionForm {...props} />}
    </>
  )
}

function Facts({ reader: { t }, request, facts }: DecideProps) {
  const { kind, organization_name, opener_name, opener_email, serial } = request
  return (
    <DescriptionList
      items={[
        { label: t('requests.kind'), value: t(`requests.kind.${kind}`) },
        {
          label: t('requests.organization'),
          value: organization_name === null ? t('requests.nobody') : <Text>{organization_name}</Text>,
        },
        opener_name !== null && {
          label: t('requests.asker'),
          value: (
            <>
              <Text>{opener_name}</Text> <a href={`mailto:${opener_email}`}>{opener_email}</a>
            </>
          ),
        },
        serial !== null && { label: t('requests.license'), value: <LicenseLink request={request} /> },
        ...itemsOf(facts),
      ]}
    />
  )
}
