import { type CatalogRow, LicenseStatusBadge } from '../../licenses/index.ts'
import type { Invitation } from '../../organizations/index.ts'
import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { draftName, type OpenDraft, type Purchase, PurchaseTable, resumeHref } from '../../registration/index.ts'
import { Alert } from '../../ui/alert.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Grid } from '../../ui/grid.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { Stat } from '../../ui/stat.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { Tile } from '../../ui/tile.tsx'
import { urls } from '../../urls.ts'
import type { Pending } from '../count-pending.ts'
import { mostUpgrades, type Statistics } from '../statistics.ts'
import { Charts } from './charts.tsx'

export type Total = { count: number; exact: boolean }

type Props = {
  t: T
  format: Format
  today: Day
  /** Baskets that wait; empty for those who may not register. */
  drafts: OpenDraft[]
  totals: { all: Total; expiring: Total; grace: Total; start_planning: Total }
  /** Purchases to register, and how many licenses wait in all of them. */
  purchases: Purchase[]
  waiting: Total
  pending: Pending
  /** Organizations that share licenses with the reader's. */
  sharers: number
  /** Transfers of ownership that wait for an answer. */
  offers: number
  /** Channel partners that ask for a delegation. */
  asking: number
  /** Somebody asks to become administrator. */
  recovering: number
  /** To other organizations, at the reader's address. */
  invitations: Invitation[]
  /** Undefined while there are no licenses. */
  statistics: Statistics | undefined
  ending: CatalogRow[]
  recent: CatalogRow[]
  mayRegister: boolean
}

/** Home: what needs attention, what can be done, and how it works. */
export function HomeBody(props: Props) {
  const { totals } = props
  const isNew = totals.all.count === 0
  return (
    <>
      <Invitations {...props} />
      <Actions {...props} />
      <Waiting {...props} />
      <Purchases {...props} />
      <Drafts {...props} />
      {isNew ? <HowItWorks {...props} /> : <Licenses {...props} />}
    </>
  )
}

function Invitations({ t, invitations }: Pick<Props, 't' | 'invitations'>) {
  return (
    <>
      {invitations.map(({ organization }) => (
        <Alert t={t} tone="info" title={t('home.invitation', { organization })}>
          <a href={urls.organizations.join.to()}>{t('home.invitation.see')}</a>
        </Alert>
      ))}
    </>
  )
}

function Actions({ t, mayRegister }: Props) {
  return (
    <Grid size="tiles">
      {mayRegister && (
        <Tile
          primary
          icon="key"
          title={t('home.new_purchase')}
          text={t('home.new_purchase.text')}
          href={urls.registration.start.to()}
        />
      )}
      {mayRegister && (
        <Tile icon="refresh" title={t('home.upgrade')} text={t('home.upgrade.text')} href={urls.upgrades.start.to()} />
      )}
      <Tile
        icon="license"
        title={t('home.licenses')}
        text={t('home.licenses.text')}
        href={urls.licenses.catalog.to()}
      />
      <Tile icon="download" title={t('home.software')} text={t('home.software.text')} href={urls.software.home.to()} />
      <Tile icon="user" title={t('home.account')} text={t('home.account.text')} href={urls.accounts.show.to()} />
      <Tile icon="help-circle" title={t('home.help')} text={t('home.help.text')} href={urls.help.index.to()} />
    </Grid>
  )
}

/** What waits for somebody's answer; nothing is shown of what does not. */
function Waiting({ t, format, sharers, offers, asking, recovering, pending: { requests, access_requests } }: Props) {
  const { organizations, succession, delegation, transfers, sharing } = urls
  const warning = 'warning' as const
  const stats: (Omit<Parameters<typeof Stat>[0], 'value'> & { count: number })[] = [
    {
      ...{ count: access_requests, label: t('home.number.access_requests'), href: organizations.members.to() },
      ...{ icon: 'users', tone: warning },
    },
    { count: requests, label: t('home.number.requests'), href: urls.requests.list.to(), icon: 'headset' },
    {
      ...{ count: recovering, label: t('home.number.recovering'), href: succession.show.to() },
      ...{ icon: 'alert-triangle', tone: warning },
    },
    {
      ...{ count: asking, label: t('home.number.asking', { count: asking }), href: delegation.list.to() },
      ...{ icon: 'users', tone: warning },
    },
    {
      ...{ count: offers, label: t('home.number.offers', { count: offers }), href: transfers.list.to() },
      ...{ icon: 'arrows-sort', tone: warning },
    },
    { count: sharers, label: t('home.number.sharers', { count: sharers }), href: sharing.withMe.to(), icon: 'users' },
  ]
  const shown = stats.filter(({ count }) => count > 0)
  if (shown.length === 0) return null
  return (
    <Grid size="numbers">
      {shown.map(({ count, ...stat }) => (
        <Stat {...stat} value={format.number(count)} />
      ))}
    </Grid>
  )
}

function Purchases({ t, format, purchases, waiting }: Props) {
  if (purchases.length === 0) return null
  const all = (
    <LinkButton small href={urls.registration.purchases.to()}>
      {t('home.show_all')}
    </LinkButton>
  )
  return (
    <Card title={t('home.purchases', { count: numberOf(t, format, waiting) })} action={all} flush>
      <PurchaseTable {...{ t, format }} rows={purchases} id="purchases" moreHref={undefined} />
    </Card>
  )
}

function Drafts({ t, format, drafts }: Props) {
  if (drafts.length === 0) return null
  return (
    <Card title={t('home.drafts.title')} flush>
      <DataTable
        t={t}
        id="drafts"
        caption={t('home.drafts.title')}
        rows={drafts}
        empty={{ title: t('home.drafts.empty') }}
        columns={[
          {
            key: 'name',
            head: t('home.drafts.serials'),
            main: true,
            cell: (draft) => <Text>{draftName(t, draft)}</Text>,
          },
          {
            key: 'changed',
            head: t('home.drafts.changed'),
            cell: (draft) => (draft.submitted ? t('home.drafts.submitted') : format.moment(draft.updated_at)),
          },
          {
            key: 'resume',
            head: t('home.drafts.resume'),
            quietHead: true,
            align: 'end',
            cell: (draft) => (
              <LinkButton
                small
                href={resumeHref(draft)}
                label={t('home.drafts.resume_of', { name: draftName(t, draft) })}
              >
                {t('home.drafts.resume')}
              </LinkButton>
            ),
          },
        ]}
      />
    </Card>
  )
}

function Licenses(props: Props) {
  const { t, ending, recent } = props
  const all = (href: string) => (
    <LinkButton small href={href}>
      {t('home.show_all')}
    </LinkButton>
  )
  return (
    <>
      <Numbers {...props} />
      {ending.length > 0 && (
        <Card title={t('home.ending')} action={all(urls.licenses.catalog.to({ status: 'expiring' }))} flush>
          <LicenseTable {...props} id="ending" caption={t('home.ending')} rows={ending} />
        </Card>
      )}
      {props.statistics && <Charts {...props} statistics={props.statistics} />}
      <Card title={t('home.recent')} action={all(urls.licenses.catalog.to())} flush>
        <LicenseTable {...props} id="recent" caption={t('home.recent')} rows={recent} />
      </Card>
    </>
  )
}

/** Numbers that ask for something are coloured only when they are not zero. */
function Numbers({ t, format, totals, statistics, mayRegister }: Props) {
  const upgrades = statistics?.upgrades ?? 0
  const of = (status: 'expiring' | 'grace' | 'start_planning', icon: IconName, tone?: 'warning' | 'danger') => (
    <Stat
      value={numberOf(t, format, totals[status])}
      label={t(`home.number.${status}`)}
      href={urls.licenses.catalog.to({ status })}
      icon={icon}
      tone={totals[status].count > 0 ? tone : undefined}
    />
  )
  return (
    <Grid size="numbers">
      <Stat
        value={numberOf(t, format, totals.all)}
        label={t('home.number.all')}
        href={urls.licenses.catalog.to()}
        icon="license"
      />
      {of('grace', 'alert-triangle', 'danger')}
      {of('expiring', 'clock', 'warning')}
      {of('start_planning', 'calendar')}
      {mayRegister && upgrades > 0 && (
        <Stat
          value={numberOf(t, format, { count: Math.min(upgrades, mostUpgrades), exact: upgrades <= mostUpgrades })}
          label={t('home.number.upgrades')}
          href={urls.upgrades.help.to()}
          icon="refresh"
        />
      )}
    </Grid>
  )
}

function numberOf(t: T, format: Format, { count, exact }: Total): string {
  return exact ? format.number(count) : t('home.over', { count: format.number(count) })
}

function LicenseTable({ t, format, today, ...table }: Props & { id: string; caption: string; rows: CatalogRow[] }) {
  const columns: Column<CatalogRow>[] = [
    {
      key: 'serial',
      head: t('licenses.column.serial'),
      main: true,
      nowrap: true,
      cell: ({ serial }) => (
        <a href={urls.licenses.show.to({ serial })}>
          <Code>{serial}</Code>
        </a>
      ),
    },
    {
      key: 'product',
      head: t('licenses.column.product'),
      cell: ({ product_name, version }) => <Text>{`${product_name} ${version}`}</Text>,
    },
    {
      key: 'status',
      head: t('licenses.column.status'),
      cell: (license) => <LicenseStatusBadge t={t} format={format} today={today} license={license} />,
    },
  ]
  return (
    <DataTable
      t={t}
      id={table.id}
      caption={table.caption}
      columns={columns}
      rows={table.rows}
      empty={{ title: t('licenses.catalog.empty.title') }}
    />
  )
}

const steps = ['serials', 'registration', 'verification', 'confirmation'] as const
const helpOf = {
  serials: 'serial-numbers',
  registration: 'registration',
  verification: 'verification',
  confirmation: 'confirmation',
} as const

/** For newcomers: the wizard in four sentences. */
function HowItWorks({ t, mayRegister }: Props) {
  return (
    <Card title={t('home.how.title')} foot={!mayRegister && t('home.how.viewer')}>
      <ol class="kp-how">
        {steps.map((step) => (
          <li>
            <h3>
              <a href={urls.help.topic.to({ topic: helpOf[step] })}>{t(`home.how.${step}`)}</a>
            </h3>
            <p>{t(`home.how.${step}.text`)}</p>
          </li>
        ))}
      </ol>
    </Card>
  )
}

/** For somebody who works for no organization, an operator perhaps. */
export function OutsiderBody({ t, invitations }: Pick<Props, 't' | 'invitations'>) {
  return (
    <>
      <Invitations t={t} invitations={invitations} />
      <Grid size="tiles">
        <Tile
          primary
          icon="users"
          title={t('home.join')}
          text={t('home.join.text')}
          href={urls.organizations.join.to()}
        />
        <Tile icon="user" title={t('home.account')} text={t('home.account.text')} href={urls.accounts.show.to()} />
        <Tile icon="help-circle" title={t('home.help')} text={t('home.help.text')} href={urls.help.index.to()} />
      </Grid>
    </>
  )
}
