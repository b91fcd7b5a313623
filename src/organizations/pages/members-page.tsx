import type { Format, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { AccessRequestLine, InvitationLine, MemberLine, Organization } from '../queries.ts'
import { RoleField } from './role-field.tsx'

export type MembersProps = {
  t: T
  format: Format
  now: Date
  user_id: string
  organization: Organization
  members: { rows: MemberLine[]; next: string | undefined }
  /** What only administrators see. */
  administration: { invitations: InvitationLine[]; requests: AccessRequestLine[] } | undefined
}

/** My Account – Organization and members. */
export function MembersBody(props: MembersProps) {
  const { administration } = props
  return (
    <>
      <OrganizationCard {...props} />
      {administration && administration.requests.length > 0 && (
        <Requests {...props} requests={administration.requests} />
      )}
      <Members {...props} />
      {administration && administration.invitations.length > 0 && (
        <Invitations {...props} invitations={administration.invitations} />
      )}
    </>
  )
}

function OrganizationCard({ t, format, organization, administration }: MembersProps) {
  const { name, country, members, keys_in_email } = organization
  return (
    <Card
      title={t('organizations.organization')}
      action={
        administration && (
          <LinkButton small icon="edit" href={urls.organizations.settings.to()}>
            {t('organizations.settings.change')}
          </LinkButton>
        )
      }
      foot={
        <div class="kp-actions">
          <LinkButton small href={urls.organizations.join.to()}>
            {t('organizations.join.another')}
          </LinkButton>
          <LinkButton small look="quiet" href={urls.organizations.leave.to()}>
            {t('organizations.leave.link')}
          </LinkButton>
        </div>
      }
    >
      <DescriptionList
        columns
        items={[
          { label: t('organizations.name'), value: <Text>{name}</Text> },
          { label: t('organizations.country'), value: country ? format.country(country) : '–' },
          { label: t('organizations.members'), value: format.number(members) },
          { label: t('organizations.keys_in_email'), value: t(`organizations.keys_in_email.${keys_in_email}`) },
        ]}
      />
    </Card>
  )
}

function Members({ t, format, user_id, members, administration }: MembersProps) {
  const columns: Column<MemberLine>[] = [
    { key: 'name', head: t('organizations.member'), main: true, cell: (row) => <Person {...row} /> },
    { key: 'role', head: t('organizations.role'), cell: (row) => t(`organizations.role.${row.role}`) },
    { key: 'since', head: t('organizations.since'), cell: (row) => format.moment(row.since) },
    {
      key: 'signed_in',
      head: t('organizations.signed_in'),
      cell: (row) => (row.signed_in_at ? format.moment(row.signed_in_at) : '–'),
    },
  ]
  const change: Column<MemberLine> = {
    key: 'change',
    head: t('organizations.change'),
    quietHead: true,
    cell: (row) => (
      <LinkButton
        small
        href={urls.organizations.member.to({ member: row.user_id })}
        label={row.user_id === user_id ? undefined : t('organizations.change_of', { name: row.name })}
      >
        {t(row.user_id === user_id ? 'organizations.change_own' : 'organizations.change')}
      </LinkButton>
    ),
  }
  return (
    <Card title={t('organizations.members')} flush>
      <DataTable
        t={t}
        caption={t('organizations.members')}
        columns={administration ? [...columns, change] : columns}
        rows={members.rows}
        empty={{ title: t('ui.none') }}
        moreHref={members.next && urls.organizations.members.to({ after: members.next })}
        id="members"
      />
    </Card>
  )
}

function Person({ name, email }: { name: string; email: string }) {
  return (
    <>
      <Text>{name}</Text>
      <br />
      <small class="kp-person-email">
        <Text>{email}</Text>
      </small>
    </>
  )
}

function Requests({ t, format, requests }: MembersProps & { requests: AccessRequestLine[] }) {
  return (
    <Card title={t('organizations.requests.title')} id="requests">
      <p>{t('organizations.requests.lead')}</p>
      {requests.map((request) => (
        <section class="kp-request">
          <p>
            <strong>
              <Text>{request.name}</Text>
            </strong>{' '}
            (<Text>{request.email}</Text>) · {format.moment(request.requested_at)}
          </p>
          {request.message && (
            <blockquote>
              <Text>{request.message}</Text>
            </blockquote>
          )}
          <Answer t={t} request={request} />
        </section>
      ))}
    </Card>
  )
}

function Answer({ t, request }: { t: T; request: AccessRequestLine }) {
  const action = urls.organizations.access.to({ access: request.id })
  const { name } = request
  return (
    <div class="kp-actions">
      <form method="post" action={action} class="kp-inline-form">
        <RoleField t={t} name="answer" label={t('organizations.requests.role_of', { name })} />
        <Button look="primary" label={t('organizations.requests.grant_to', { name })}>
          {t('organizations.requests.grant')}
        </Button>
      </form>
      <form method="post" action={action}>
        <Button name="answer" value="refuse" label={t('organizations.requests.refuse_to', { name })}>
          {t('organizations.requests.refuse')}
        </Button>
      </form>
    </div>
  )
}

function Invitations({ t, format, now, invitations }: MembersProps & { invitations: InvitationLine[] }) {
  const columns: Column<InvitationLine>[] = [
    { key: 'email', head: t('organizations.email'), main: true, cell: (row) => <Text>{row.email}</Text> },
    { key: 'role', head: t('organizations.role'), cell: (row) => t(`organizations.role.${row.role}`) },
    { key: 'by', head: t('organizations.invited_by'), cell: (row) => <Text>{row.invited_by ?? '–'}</Text> },
    {
      key: 'until',
      head: t('organizations.works_until'),
      cell: (row) =>
        row.expires_at <= now
          ? t('organizations.expired', { at: format.moment(row.expires_at) })
          : format.moment(row.expires_at),
    },
    { key: 'do', head: t('ui.actions'), quietHead: true, cell: (row) => <Again t={t} row={row} /> },
  ]
  return (
    <Card title={t('organizations.invitations')} flush>
      <DataTable
        t={t}
        caption={t('organizations.invitations')}
        columns={columns}
        rows={invitations}
        empty={{ title: t('ui.none') }}
        id="invitations"
      />
    </Card>
  )
}

function Again({ t, row: { id, email } }: { t: T; row: InvitationLine }) {
  return (
    <form method="post" action={urls.organizations.invitation.to({ invitation: id })} class="kp-actions">
      <Button small name="do" value="resend" label={t('organizations.resend_to', { email })}>
        {t('organizations.resend')}
      </Button>
      <Button small look="quiet" name="do" value="withdraw" label={t('organizations.withdraw_from', { email })}>
        {t('organizations.withdraw')}
      </Button>
    </form>
  )
}
