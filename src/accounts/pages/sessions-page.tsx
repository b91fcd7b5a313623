import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/table.tsx'
import { urls } from '../../urls.ts'
import type { SessionLine } from '../queries.ts'
import { deviceOf, shortAddress } from '../rules.ts'

type Props = { t: T; format: Format; sessions: SessionLine[]; current_id: string }

/** Where the user is signed in, each session with a way to end it. */
export function SessionsPage({ t, format, sessions, current_id }: Props) {
  const columns = [
    {
      key: 'device',
      head: t('accounts.sessions.device'),
      main: true,
      cell: (row: SessionLine) => deviceName(t, row),
    },
    {
      key: 'address',
      head: t('accounts.sessions.address'),
      cell: (row: SessionLine) => <bdi>{row.address ? shortAddress(row.address) : '–'}</bdi>,
    },
    {
      key: 'how',
      head: t('security.session.how'),
      cell: (row: SessionLine) => t(`security.session.${row.second_factor ?? 'password'}`),
    },
    { key: 'since', head: t('accounts.sessions.since'), cell: (row: SessionLine) => format.moment(row.started_at) },
    { key: 'until', head: t('accounts.sessions.until'), cell: (row: SessionLine) => format.moment(row.expires_at) },
    {
      key: 'revoke',
      head: t('accounts.sessions.revoke'),
      quietHead: true,
      cell: (row: SessionLine) =>
        row.id === current_id ? (
          <StatusBadge tone="success" text={t('accounts.sessions.this')} />
        ) : (
          <Revoke t={t} format={format} session={row} />
        ),
    },
  ]
  return (
    <>
      <DataTable
        t={t}
        caption={t('accounts.sessions.title')}
        columns={columns}
        rows={sessions}
        empty={{ title: t('ui.none') }}
      />
      {sessions.length > 1 && (
        <form method="post" action={urls.accounts.sessions.to()}>
          <Button name="session_id" value="others">
            {t('accounts.sessions.revoke_others')}
          </Button>
        </form>
      )}
    </>
  )
}

function Revoke({ t, format, session }: { t: T; format: Format; session: SessionLine }) {
  const label = t('accounts.sessions.revoke_of', {
    device: deviceName(t, session),
    since: format.moment(session.started_at),
  })
  return (
    <form method="post" action={urls.accounts.sessions.to()}>
      <Button small name="session_id" value={session.id} label={label}>
        {t('accounts.sessions.revoke')}
      </Button>
    </form>
  )
}

function deviceName(t: T, { user_agent }: SessionLine): string {
  const device = deviceOf(user_agent ?? '')
  if (!device) return t('accounts.sessions.unknown')
  return device.system
    ? t('accounts.sessions.browser_on', { browser: device.browser, system: device.system })
    : device.browser
}
