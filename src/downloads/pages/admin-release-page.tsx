import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { BarChart, RowChart } from '../../ui/chart.tsx'
import { Actions, ErrorSummary, Form, TextField } from '../../ui/form.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import { Prose } from '../markdown.tsx'
import { FilesCard } from './admin-files-card.tsx'
import { type AdminReleaseProps, only } from './admin-release-props.ts'
import { StateBadge } from './admin-releases-page.tsx'
import { NotesField } from './new-release-page.tsx'
import { UploadCard } from './upload-card.tsx'

/** One release, for operators: its files, what may be done next, and how often it was taken. */
export function AdminReleaseBody(props: AdminReleaseProps) {
  const { t, form, release, files, notes, mayChange } = props
  const open = mayChange && release.state !== 'withdrawn'
  return (
    <>
      {form.errors.publish && <ErrorSummary t={t} errors={{ publish: form.errors.publish }} />}
      <State {...props} />
      <FilesCard {...props} />
      {open && <UploadCard {...props} />}
      {files.some(({ downloads }) => downloads > 0) && <Charts {...props} />}
      {mayChange ? (
        <Notes {...props} />
      ) : (
        notes && (
          <Card title={t('downloads.notes')}>
            <Prose html={notes} />
          </Card>
        )
      )}
      {mayChange && release.state === 'published' && <Withdraw {...props} />}
    </>
  )
}

function State({ t, format, release, files, mayChange }: AdminReleaseProps) {
  const { id, state, revision, published_at, withdrawn_at, withdrawn_reason, terms_number } = release
  const moment = withdrawn_at ?? published_at
  const staged = files.filter((file) => !file.published_at).length
  const mayPublish = mayChange && state !== 'withdrawn' && staged > 0
  return (
    <Card>
      <StateBadge t={t} state={state} date={moment ? format.moment(moment) : undefined} />
      <p class="kp-note">
        {t(`releases.state.${state}.text`)}
        {terms_number !== null && ` ${t('releases.with_terms', { number: terms_number })}`}
      </p>
      {withdrawn_reason && (
        <p class="kp-note">
          <Text>{withdrawn_reason}</Text>
        </p>
      )}
      {mayPublish && (
        <form method="post" action={urls.admin.publishRelease.to({ release: id })} class="kp-actions">
          <input type="hidden" name="revision" value={String(revision)} />
          <Button look="primary" icon="check">
            {t(state === 'staged' ? 'releases.publish.submit' : 'releases.publish.more', { count: staged })}
          </Button>
        </form>
      )}
    </Card>
  )
}

function Charts({ t, format, files, days }: AdminReleaseProps) {
  const heads = { t, valueHead: t('releases.downloads') }
  const bar = (label: string, value: number) => ({ label, value, shown: format.number(value) })
  const taken = files.filter(({ downloads }) => downloads > 0)
  return (
    <>
      <Card title={t('releases.chart.days')}>
        <BarChart
          {...heads}
          title={t('releases.chart.days')}
          labelHead={t('releases.chart.day')}
          bars={days.map(({ day, count }) => bar(format.dayAndMonth(day), count))}
        />
      </Card>
      <Card title={t('releases.chart.files')}>
        <RowChart
          {...heads}
          title={t('releases.chart.files')}
          labelHead={t('downloads.file')}
          bars={taken.map(({ name, downloads }) => bar(name, downloads))}
        />
      </Card>
    </>
  )
}

function Notes({ t, form, release, notes }: AdminReleaseProps) {
  return (
    <Card title={t('downloads.notes')}>
      {notes && <Prose html={notes} />}
      <Form t={t} form={only(form, 'notes')} action={urls.admin.releaseNotes.to({ release: release.id })} unmarked>
        <input type="hidden" name="revision" value={String(release.revision)} />
        <NotesField t={t} value={release.notes} />
        <Actions>
          <Button icon="device-floppy">{t('releases.notes.save')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function Withdraw({ t, form, release }: AdminReleaseProps) {
  return (
    <Card title={t('releases.withdraw.title')}>
      <Form t={t} form={only(form, 'reason')} action={urls.admin.withdrawRelease.to({ release: release.id })}>
        <p>{t('releases.withdraw.text')}</p>
        <input type="hidden" name="revision" value={String(release.revision)} />
        <TextField
          name="reason"
          label={t('releases.withdraw.reason')}
          hint={t('releases.withdraw.hint')}
          required
          maxlength={500}
          autocomplete="off"
        />
        <Actions>
          <Button look="danger" icon="x">
            {t('releases.withdraw.submit')}
          </Button>
        </Actions>
      </Form>
    </Card>
  )
}
