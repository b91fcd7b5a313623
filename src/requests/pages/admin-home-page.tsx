import { isOperator, type Operator } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Grid } from '../../ui/grid.tsx'
import { Stat } from '../../ui/stat.tsx'
import { Tile } from '../../ui/tile.tsx'
import { urls } from '../../urls.ts'
import type { QueueCounts } from '../queries.ts'

type Props = { t: T; format: Format; counts: QueueCounts; actor: Operator }

/** What waits for operators, and where else they work. */
export function AdminHomeBody(props: Props) {
  return (
    <>
      <Queue {...props} />
      <Places {...props} />
    </>
  )
}

function Places({ t, actor }: Props) {
  return (
    <Grid size="tiles">
      {isOperator(actor, ['catalog']) && (
        <Tile
          icon="trending-up"
          title={t('campaigns.title')}
          text={t('campaigns.home.text')}
          href={urls.admin.campaigns.to()}
        />
      )}
      {isOperator(actor, ['catalog', 'support']) && (
        <Tile
          icon="mail"
          title={t('campaigns.home.notifications')}
          text={t('campaigns.home.notifications_text')}
          href={urls.admin.notifications.to()}
        />
      )}
    </Grid>
  )
}

function Queue({ t, format, counts }: Props) {
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
