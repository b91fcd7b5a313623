import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions, Form, type FormState, TextArea } from '../../ui/form.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Text } from '../../ui/text.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { urls } from '../../urls.ts'
import type { Fact, ServiceRequest } from '../kinds.ts'
import { longestReason } from '../schemas.ts'
import { LicenseLink } from './license-link.tsx'
import { itemsOf, type Reader, Reason, stepsOf, UrgencyBadge } from './request-parts.tsx'

type Props = {
  reader: Reader
  request: ServiceRequest
  facts: Fact[]
  vendor: string
  /** Whether the reader may decide, and who that is. */
  mayDecide: boolean
  user_id: string
  form: FormState
}

/** One request, with what an operator wants to know before deciding. */
export function DecideBody(props: Props) {
  const { reader, request, vendor, form } = props
  const { t } = reader
  const isOpen = request.state === 'open'
  return (
    <>
      {!isOpen && form.errors.form && <Alert t={t} tone="danger" title={form.errors.form} />}
      <Card>
        <UrgencyBadge reader={reader} request={request} />
        <Reason t={t} request={request} />
      </Card>
      {isOpen && !props.mayDecide && <Alert t={t} tone="info" title={t('requests.decide.only_see')} />}
      <Grid>
        <Card title={t('requests.decide.facts')}>
          <Facts {...props} />
        </Card>
        <Card title={t('requests.history')} foot={isOpen && props.mayDecide && <Assignee {...props} />}>
          <Timeline label={t('requests.history')} items={stepsOf(reader, request, (name) => name ?? vendor)} />
        </Card>
      </Grid>
      {isOpen && props.mayDecide && <Decision {...props} />}
    </>
  )
}

function Facts({ reader: { t }, request, facts }: Props) {
  const { kind, organization_name, opener_name, opener_email, serial } = request
  return (
    <DescriptionList
      items={[
        { label: t('requests.kind'), value: t(`requests.kind.${kind}`) },
        { label: t('requests.organization'), value: <Text>{organization_name}</Text> },
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

function Assignee({ reader: { t }, request, user_id }: Props) {
  const { number, assignee_id, assignee_name, revision } = request
  if (assignee_id === user_id) return <>{t('requests.take.yours')}</>
  return (
    <form method="post" action={urls.admin.takeRequest.to({ request: number })}>
      <input type="hidden" name="revision" value={String(revision)} />
      <Button icon="user">
        {assignee_name ? t('requests.take.over', { name: assignee_name }) : t('requests.take.submit')}
      </Button>
    </form>
  )
}

function Decision({ reader: { t }, request, form }: Props) {
  const { number, kind } = request
  return (
    <Card title={t('requests.decide.title')}>
      <Form t={t} form={form} action={urls.admin.decideRequest.to({ request: number })} unmarked>
        <p>{t(`requests.decide.effect.${kind}`)}</p>
        <TextArea
          name="reason"
          label={t('requests.decide.reason')}
          hint={t('requests.decide.reason_hint')}
          maxlength={longestReason}
        />
        <Actions>
          <Button look="primary" icon="check" name="decision" value="accept">
            {t('requests.decide.accept')}
          </Button>
          <Button look="danger" icon="x" name="decision" value="refuse">
            {t('requests.decide.refuse')}
          </Button>
        </Actions>
      </Form>
    </Card>
  )
}
