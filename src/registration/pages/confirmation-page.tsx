import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyButton, CopyCode } from '../../ui/copy-button.tsx'
import { Actions, Form, TextField } from '../../ui/form.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import { mostRecipients } from '../email-registration.ts'
import type { IssuedKey, Registration } from '../issued-keys.ts'
import type { OpenDraft } from '../queries.ts'
import { wizardUrls } from '../wizard.ts'
import { draftName, resumeHref } from './open-drafts.tsx'
import { Steps } from './steps.tsx'

type Props = {
  t: T
  format: Format
  registration: Registration
  keys: IssuedKey[]
  moreHref: string | undefined
  form: FormState
  /** Baskets that wait besides this one. */
  open: OpenDraft[]
}

/** Step 4: what was registered, with its keys, and everything to carry them away. */
export function ConfirmationPage(props: Props) {
  const { t, format, registration, keys, moreHref } = props
  const names = { registration: registration.id }
  const { purpose } = registration
  const hasFiles = keys.some((key) => key.file_name)
  return (
    <>
      <Steps t={t} purpose={purpose} draft_id={null} current="done" />
      <p>
        {t('registration.confirmation.registered', {
          when: format.moment(registration.completed_at),
          name: registration.registered_by ?? '',
        })}
      </p>
      <Card
        title={t('registration.confirmation.keys')}
        action={
          moreHref ? undefined : (
            <CopyButton t={t} text={plainText(keys)} name={t('registration.confirmation.copy_all')} />
          )
        }
        flush
      >
        <KeyTable {...props} />
      </Card>
      <Actions>
        {hasFiles && (
          <LinkButton look="primary" icon="file-download" href={urls.registration.files.to(names)} download>
            {t('registration.confirmation.files')}
          </LinkButton>
        )}
        <LinkButton icon="download" href={urls.registration.csv.to(names)} download>
          {t('registration.confirmation.csv')}
        </LinkButton>
        <PrintButton t={t} />
        <LinkButton icon="download" href={softwareHref(keys)}>
          {t('registration.confirmation.software')}
        </LinkButton>
        <LinkButton icon="license" href={urls.licenses.catalog.to()}>
          {t('registration.confirmation.catalog')}
        </LinkButton>
        <LinkButton icon="plus" href={wizardUrls[purpose].start.to()}>
          {t(purpose === 'upgrade' ? 'upgrades.confirmation.another' : 'registration.confirmation.another')}
        </LinkButton>
      </Actions>
      <EmailForm {...props} />
      <OpenList {...props} />
    </>
  )
}

/** That of the one license there is, or the list of all products. */
function softwareHref(keys: IssuedKey[]): string {
  const [serial, ...others] = new Set(keys.map((key) => key.serial))
  return serial && others.length === 0 ? urls.software.ofLicense.to({ serial }) : urls.software.home.to()
}

/** Hidden where no script runs: there the browser's own menu prints. */
function PrintButton({ t }: { t: T }) {
  return (
    <button type="button" class="btn" data-print hidden>
      <Icon name="printer" />
      {t('ui.print')}
    </button>
  )
}

function KeyTable({ t, format, registration, keys, moreHref }: Props) {
  return (
    <DataTable
      t={t}
      caption={t('registration.confirmation.keys')}
      id="keys"
      rows={keys}
      moreHref={moreHref}
      empty={{ title: t('ui.none') }}
      columns={[
        {
          key: 'serial',
          head: t('registration.column.serial'),
          main: true,
          nowrap: true,
          cell: (key) => <CopyCode t={t} text={key.serial} name={t('registration.column.serial')} />,
        },
        {
          key: 'product',
          head: t('registration.column.product'),
          cell: (key) => <Text>{`${key.product} ${key.version}`}</Text>,
        },
        ...(registration.purpose === 'upgrade' ? [oldSerial(t)] : []),
        {
          key: 'quantity',
          head: t('registration.column.quantity'),
          align: 'end',
          cell: (key) => format.number(key.key_quantity ?? key.quantity),
        },
        {
          key: 'host',
          head: t('registration.column.host'),
          cell: (key) => (key.host_id ? <Code>{key.host_id}</Code> : '–'),
        },
        { key: 'key', head: t('registration.column.key'), cell: (key) => <KeyCell t={t} row={key} /> },
      ]}
    />
  )
}

/** Of an upgrade: what the new license was made from. */
function oldSerial(t: T): Column<IssuedKey> {
  return {
    key: 'old',
    head: t('upgrades.upgraded.old'),
    nowrap: true,
    cell: ({ upgraded_from }) => (upgraded_from ? <Code>{upgraded_from}</Code> : '–'),
  }
}

function KeyCell({ t, row }: { t: T; row: IssuedKey }) {
  if (row.file_name && row.key_id) {
    return (
      <a href={urls.licenses.file.to({ serial: row.serial, key: row.key_id })} download>
        <Code wrap>{row.file_name}</Code>
      </a>
    )
  }
  if (!row.key_text) {
    return t(row.key_scheme === 'printed' ? 'registration.confirmation.printed' : 'registration.confirmation.no_key')
  }
  return <CopyCode t={t} text={row.key_text} name={t('registration.column.key')} wrap />
}

/** For the clipboard: tabs between columns, so that it pastes into a spreadsheet. */
function plainText(keys: IssuedKey[]): string {
  return keys.map((key) => [key.serial, key.key_text ?? key.file_name ?? ''].join('\t')).join('\n')
}

function EmailForm({ t, form, registration }: Props) {
  const { id, keys_in_email } = registration
  return (
    <Card title={t('registration.email.title')}>
      <Form t={t} form={form} action={urls.registration.email.to({ registration: id })} unmarked>
        <TextField
          name="emails"
          label={t('registration.email.field')}
          hint={t('registration.email.hint', { max: mostRecipients })}
          autocomplete="off"
          inputmode="email"
          after={<Button icon="mail">{t('registration.email.send')}</Button>}
        />
        <p class="form-hint">{t(keys_in_email ? 'registration.email.with_keys' : 'registration.email.without_keys')}</p>
      </Form>
    </Card>
  )
}

function OpenList({ t, open }: Props) {
  if (open.length === 0) return null
  return (
    <Card title={t('registration.open.title')}>
      <ul class="kp-list">
        {open.map((draft) => (
          <li>
            <a href={resumeHref(draft)}>{draftName(t, draft)}</a>
          </li>
        ))}
      </ul>
    </Card>
  )
}
