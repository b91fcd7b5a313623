import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { StatusBadge } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList, type Item } from '../../ui/description-list.tsx'
import { Actions } from '../../ui/form.tsx'
import { Progress } from '../../ui/progress.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { OutcomeCode } from '../action.ts'
import type { Bulk, ReportRow } from '../queries.ts'
import { outcomeText, outcomeTone } from './outcome-text.ts'

/** One under way. `stalled`: its job has not moved for long. */
export function RunningPage({ t, format, bulk, stalled }: { t: T; format: Format; bulk: Bulk; stalled: boolean }) {
  const names = { bulk: bulk.id }
  const { progress_done: done, total } = bulk
  return (
    <>
      <Progress
        t={t}
        label={t(bulk.state === 'checking' ? 'bulk.progress.checking' : 'bulk.progress.running')}
        done={done}
        total={total}
        shown={{ done: format.number(done), total: format.number(total) }}
        href={urls.bulk.show.to(names, { progress: 1 })}
      />
      {stalled && (
        <Alert t={t} tone="warning" title={t('bulk.progress.stalled')}>
          <form method="post" action={urls.bulk.run.to(names)}>
            <input type="hidden" name="revision" value={String(bulk.revision)} />
            <Button icon="refresh">{t('bulk.progress.again')}</Button>
          </form>
        </Alert>
      )}
      <form method="post" action={urls.bulk.cancel.to(names)} data-once={t('ui.working')}>
        <Actions>
          <Button icon="x">{t('bulk.cancel')}</Button>
        </Actions>
        <p class="form-hint">{t(bulk.state === 'checking' ? 'bulk.cancel.checking' : 'bulk.cancel.running')}</p>
      </form>
    </>
  )
}

type ResultProps = {
  t: T
  format: Format
  bulk: Bulk
  summary: Item[]
  counts: ReadonlyMap<OutcomeCode | null, number>
  rows: ReportRow[]
  shown: OutcomeCode | undefined
  moreHref: string | undefined
  is_manager: boolean
}

/** What was tried, or done: in numbers, and license by license. */
export function ResultPage(props: ResultProps) {
  const { t, format, bulk, summary, counts, rows, shown, moreHref } = props
  return (
    <>
      {bulk.state === 'checked' && <GoAhead {...props} />}
      {bulk.state !== 'checked' && <Ended {...props} />}
      {summary.length > 0 && (
        <Card title={t('bulk.summary')}>
          <DescriptionList items={summary} />
        </Card>
      )}
      <Card title={t('bulk.outcomes')} action={<ReportLink t={t} bulk={bulk} />} flush>
        <Outcomes {...{ t, format, bulk, counts, shown }} />
        <DataTable
          t={t}
          id="outcomes"
          caption={t('bulk.outcomes')}
          columns={columnsOf(t)}
          rows={rows}
          moreHref={moreHref}
          empty={{ title: t('bulk.outcomes.none') }}
        />
      </Card>
    </>
  )
}

function GoAhead({ t, bulk, is_manager }: ResultProps) {
  const names = { bulk: bulk.id }
  const { accepted, refused } = bulk
  if (!is_manager) return null
  return (
    <Alert
      t={t}
      tone={accepted === 0 ? 'danger' : refused > 0 ? 'warning' : 'info'}
      title={t('bulk.checked', { count: accepted })}
    >
      {refused > 0 && <p>{t('bulk.checked.refused', { count: refused })}</p>}
      <p>{t('bulk.checked.text')}</p>
      <Actions>
        {accepted > 0 && (
          <form method="post" action={urls.bulk.run.to(names)} data-once={t('ui.working')}>
            <input type="hidden" name="revision" value={String(bulk.revision)} />
            <Button look="primary" icon="check">
              {t('bulk.run', { count: accepted })}
            </Button>
          </form>
        )}
        <LinkButton href={urls.bulk.show.to(names, { action: bulk.action ?? undefined })} icon="pencil">
          {t('bulk.change')}
        </LinkButton>
        <form method="post" action={urls.bulk.cancel.to(names)}>
          <Button look="quiet">{t('bulk.discard')}</Button>
        </form>
      </Actions>
    </Alert>
  )
}

function Ended({ t, format, bulk }: ResultProps) {
  const { state, accepted, refused, completed_at } = bulk
  const title = t(state === 'done' ? 'bulk.done' : 'bulk.cancelled', { count: accepted })
  return (
    <Alert t={t} tone={state === 'done' && refused === 0 ? 'success' : 'warning'} title={title}>
      {refused > 0 && <p>{t('bulk.done.refused', { count: refused })}</p>}
      {completed_at && <p>{format.moment(completed_at)}</p>}
    </Alert>
  )
}

function ReportLink({ t, bulk }: { t: T; bulk: Bulk }) {
  return (
    <LinkButton href={urls.bulk.report.to({ bulk: bulk.id })} icon="download" small download>
      {t('bulk.report.csv')}
    </LinkButton>
  )
}

/** How many there are of each outcome; each leads to its rows. */
function Outcomes({ t, format, bulk, counts, shown }: Pick<ResultProps, 't' | 'format' | 'bulk' | 'counts' | 'shown'>) {
  const names = { bulk: bulk.id }
  const tried = [...counts].filter((entry): entry is [OutcomeCode, number] => entry[0] !== null)
  return (
    <ul class="kp-bulk-outcomes">
      <li>
        <a href={urls.bulk.show.to(names)} aria-current={shown ? undefined : 'true'}>
          {t('bulk.outcomes.all', { count: format.number(bulk.total) })}
        </a>
      </li>
      {tried.map(([outcome, count]) => (
        <li>
          <a href={urls.bulk.show.to(names, { outcome })} aria-current={shown === outcome ? 'true' : undefined}>
            {format.number(count)} · {outcomeText(t, outcome, null)}
          </a>
        </li>
      ))}
    </ul>
  )
}

function columnsOf(t: T): Column<ReportRow>[] {
  return [
    {
      key: 'serial',
      head: t('registration.csv.serial'),
      main: true,
      nowrap: true,
      cell: ({ serial, product }) =>
        product ? (
          <a href={urls.licenses.show.to({ serial })}>
            <Code>{serial}</Code>
          </a>
        ) : (
          <Code>{serial}</Code>
        ),
    },
    { key: 'product', head: t('registration.csv.product'), cell: ({ product }) => product && <Text>{product}</Text> },
    {
      key: 'outcome',
      head: t('bulk.column.outcome'),
      cell: ({ outcome, detail }) => outcome && <OutcomeBadge {...{ t, outcome, detail }} />,
    },
  ]
}

/** A reason is a sentence: it stands beside the badge, where it can wrap. */
function OutcomeBadge({ t, outcome, detail }: { t: T; outcome: OutcomeCode; detail: string | null }) {
  const tone = outcomeTone(outcome)
  const text = outcomeText(t, outcome, detail)
  return tone === 'danger' ? (
    <StatusBadge tone={tone} text={t('bulk.left_out')} date={text} />
  ) : (
    <StatusBadge tone={tone} text={text} />
  )
}
