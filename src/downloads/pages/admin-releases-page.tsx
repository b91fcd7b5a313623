import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/form.tsx'
import { DataTable, FilterBar } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { ReleaseLine } from '../admin-queries.ts'
import { type ReleaseState, releaseStates } from '../rules.ts'

type Props = {
  t: T
  format: Format
  rows: ReleaseLine[]
  state: ReleaseState | undefined
  moreHref: string | undefined
}

/** Every release, for operators. */
export function AdminReleasesBody({ t, format, rows, state, moreHref }: Props) {
  return (
    <>
      <FilterBar
        t={t}
        form={{ values: { state: state ?? '' }, errors: {} }}
        action={urls.admin.releases.to()}
        label={t('releases.filter')}
      >
        <SelectField
          name="state"
          label={t('releases.state')}
          empty={t('downloads.any')}
          options={releaseStates.map((value) => ({ value, text: t(`releases.state.${value}`) }))}
        />
        <Button icon="search">{t('releases.show')}</Button>
      </FilterBar>
      <Card flush>
        <DataTable
          t={t}
          id="releases"
          caption={t('releases.title')}
          rows={rows}
          moreHref={moreHref}
          empty={{ icon: 'package', title: t('releases.empty'), text: t('releases.empty_text') }}
          columns={[
            {
              key: 'release',
              head: t('releases.release'),
              main: true,
              cell: ({ id, product, version }) => (
                <a href={urls.admin.release.to({ release: id })}>
                  <Text>{`${product} ${version}`}</Text>
                </a>
              ),
            },
            { key: 'state', head: t('releases.state'), cell: (row) => <StateBadge t={t} state={row.state} /> },
            { key: 'released', head: t('downloads.released_on'), cell: (row) => format.shortDay(row.released_on) },
            { key: 'files', head: t('downloads.files'), align: 'end', cell: ({ files }) => format.number(files) },
            {
              key: 'downloads',
              head: t('releases.downloads'),
              align: 'end',
              cell: ({ downloads }) => format.number(downloads),
            },
          ]}
        />
      </Card>
    </>
  )
}

const tones: Record<ReleaseState, Tone> = { staged: 'info', published: 'success', withdrawn: 'warning' }

/** What a release is, in a word. */
export function StateBadge({ t, state, date }: { t: T; state: ReleaseState; date?: string | undefined }) {
  return <StatusBadge tone={tones[state]} text={t(`releases.state.${state}`)} date={date} />
}
