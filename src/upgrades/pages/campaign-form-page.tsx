import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import {
  Actions,
  CheckboxesField,
  CheckboxField,
  FieldRow,
  Fieldset,
  Form,
  SelectField,
  TextField,
} from '../../ui/form.tsx'
import type { Version } from '../campaign-queries.ts'
import { campaignKinds, mostPaths } from '../campaign-schemas.ts'

type Props = {
  t: T
  format: Format
  form: FormState
  action: string
  versions: Version[]
  /** Rows for paths. */
  rows: number
  /** Of the campaign that is changed. */
  revision?: number
  published: boolean
}

/** The form of a campaign, new or to be changed. */
export function CampaignFormBody(props: Props) {
  const { t, form, action, revision, published } = props
  return (
    <>
      {published && <Alert t={t} tone="info" title={t('campaigns.edit.published')} />}
      <Form t={t} form={form} action={action}>
        {revision !== undefined && <input type="hidden" name="revision" value={String(revision)} />}
        <TextField
          name="name"
          label={t('campaigns.name')}
          hint={t('campaigns.form.name_hint')}
          required
          maxlength={200}
        />
        <Paths {...props} />
        <When t={t} />
        <Who t={t} />
        <Actions>
          <Button look="primary" icon="device-floppy">
            {t('campaigns.form.save')}
          </Button>
        </Actions>
      </Form>
    </>
  )
}

/** `paths` is the name under which the whole list is wrong: the first field answers for it. */
function Paths({ t, format, versions, rows }: Props) {
  const options = versions.map(({ id, product, version, released_on }) => ({
    value: id,
    text: t('campaigns.version', { product, version, date: format.shortDay(released_on) }),
  }))
  return (
    <Fieldset legend={t('campaigns.paths')} hint={t('campaigns.form.paths_hint')}>
      {Array.from({ length: rows }, (_, n) => (
        <Fieldset legend={t('campaigns.form.path', { n: n + 1 })}>
          <FieldRow>
            {(['from', 'to'] as const).map((end) => (
              <SelectField
                name={`paths.${n}.${end}_version_id`}
                label={t(`campaigns.form.${end}`)}
                options={options}
                empty={t('campaigns.form.no_version')}
              />
            ))}
          </FieldRow>
        </Fieldset>
      ))}
      {rows < mostPaths && (
        <Button small icon="plus" name="more" value="path">
          {t('campaigns.form.more')}
        </Button>
      )}
    </Fieldset>
  )
}

function When({ t }: { t: T }) {
  const days = { type: 'number', inputmode: 'numeric', width: 'short', required: true, max: 3650 } as const
  return (
    <Fieldset legend={t('campaigns.form.when')}>
      <FieldRow>
        <TextField
          name="starts_on"
          type="date"
          label={t('campaigns.starts_on')}
          hint={t('campaigns.form.starts_hint')}
          required
        />
        <TextField name="ends_on" type="date" label={t('campaigns.ends_on')} hint={t('campaigns.form.ends_hint')} />
      </FieldRow>
      <FieldRow>
        <TextField
          {...days}
          name="overlap_days"
          min={0}
          label={t('campaigns.form.overlap')}
          hint={t('campaigns.form.overlap_hint')}
        />
        <TextField
          {...days}
          name="notification_days"
          min={1}
          label={t('campaigns.form.notification')}
          hint={t('campaigns.form.notification_hint')}
        />
      </FieldRow>
    </Fieldset>
  )
}

function Who({ t }: { t: T }) {
  return (
    <Fieldset legend={t('campaigns.form.who')}>
      <CheckboxField
        name="needs_maintenance"
        label={t('campaigns.form.maintenance')}
        hint={t('campaigns.form.maintenance_hint')}
      />
      <CheckboxesField
        name="kinds"
        label={t('campaigns.kinds')}
        options={campaignKinds.map((value) => ({ value, text: t(`licenses.kind.${value}`) }))}
        inline
      />
      <TextField
        name="countries"
        label={t('campaigns.form.countries')}
        hint={t('campaigns.form.countries_hint')}
        maxlength={1000}
        code
      />
    </Fieldset>
  )
}
