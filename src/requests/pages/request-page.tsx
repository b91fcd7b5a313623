import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Form, type FormState } from '../../ui/form.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { urls } from '../../urls.ts'
import type { Fact, ServiceRequest } from '../kinds.ts'
import { LicenseLink } from './license-link.tsx'
import { itemsOf, type Reader, Reason, StateBadge, stepsOf } from './request-parts.tsx'

type Props = {
  reader: Reader
  request: ServiceRequest
  facts: Fact[]
  vendor: string
  /** Whether the reader may take the request back. */
  mayWithdraw: boolean
  form: FormState
}

/** One request, for those who asked. */
export function RequestBody(props: Props) {
  const { reader, request, facts, vendor, form } = props
  const { t } = reader
  return (
    <>
      {request.state !== 'open' && form.errors.form && <Alert t={t} tone="danger" title={form.errors.form} />}
      <Card>
        <StateBadge reader={reader} request={request} />
        <p class="kp-note">{t(`requests.next.${request.state}`, { vendor })}</p>
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
        </Card>
        <Card title={t('requests.history')}>
          <Timeline label={t('requests.history')} items={stepsOf(reader, request, () => vendor)} />
        </Card>
      </Grid>
      {request.state === 'open' && props.mayWithdraw && <Withdraw {...props} />}
    </>
  )
}

function Withdraw({ reader: { t }, request, form }: Props) {
  return (
    <Card title={t('requests.withdraw.title')}>
      <Form t={t} form={form} action={urls.requests.withdraw.to({ request: request.number })} unmarked>
        <p>{t('requests.withdraw.text')}</p>
        <Button look="danger">{t('requests.withdraw.submit')}</Button>
      </Form>
    </Card>
  )
}
