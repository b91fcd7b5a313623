import type { Format, T } from '../../platform/i18n.ts'
import { Grid } from '../../ui/grid.tsx'
import { Stat } from '../../ui/stat.tsx'
import { urls } from '../../urls.ts'
import type { QueueCounts } from '../queries.ts'

/** What waits for operators. */
export function AdminHomeBody({ t, format, counts }: { t: T; format: Format; counts: QueueCounts }) {
  const { open, overdue, unassigned, mine } = counts
  const queue = (assignee?: 'me' | 'none', urgency?: 'overdue') => urls.admin.requests.to({ assignee, urgency })
  return (
    <Grid size="numbers">
      <Stat icon="inbox" label={t('requests.count.open')} value={format.number(open)} href={queue()} />
      <Stat
        icon="clock"
        label={t('requests.count.overdue')}
        value={format.number(overdue)}
        href={queue(undefined, 'overdue')}
        tone={overdue > 0 ? 'danger' : undefined}
      />
      <Stat
        icon="users"
        label={t('requests.count.unassigned')}
        value={format.number(unassigned)}
        href={queue('none')}
      />
      <Stat icon="user" label={t('requests.count.mine')} value={format.number(mine)} href={queue('me')} />
    </Grid>
  )
}
