import { Alert } from '../../ui/alert.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyCode } from '../../ui/copy-button.tsx'
import { Actions } from '../../ui/form.tsx'
import { Icon } from '../../ui/icon.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Code } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { NewKey } from '../queries.ts'
import { amount, type Props } from './parts.tsx'

export const outcomes = ['rehost', 'request', 'deploy', 'split', 'reissue', 'downgrade'] as const
export type Done = (typeof outcomes)[number]

type DoneProps = Omit<Props, 'form'> & {
  done: Done
  keys: NewKey[]
  /** The license that this one was split off from. */
  from: string | undefined
}

/** What was done, the new keys to carry away, and what to do with them. */
export function DonePage(props: DoneProps) {
  const { t, format, license, done, keys, from } = props
  const { serial, request_number } = license
  const day = keys[0]?.expires_on
  return (
    <>
      <Alert t={t} tone="success" title={t(`deployments.done.${done}`)}>
        {t(`deployments.done.${done}.text`, {
          day: day ? format.day(day) : '',
          number: request_number ?? '',
          from: from ?? '',
        })}
      </Alert>
      <Card title={t('deployments.done.keys')} flush>
        <KeyTable {...props} />
      </Card>
      <Actions>
        <LinkButton look="primary" icon="license" href={urls.licenses.show.to({ serial })}>
          {t('deployments.done.open')}
        </LinkButton>
        {from && (
          <LinkButton href={urls.licenses.show.to({ serial: from })}>
            {t('deployments.done.open_from', { serial: from })}
          </LinkButton>
        )}
        {done === 'request' && request_number && (
          <LinkButton href={urls.requests.show.to({ request: request_number })}>
            {t('deployments.done.open_request')}
          </LinkButton>
        )}
      </Actions>
    </>
  )
}

function KeyTable({ t, format, license, keys }: DoneProps) {
  return (
    <DataTable
      t={t}
      caption={t('deployments.done.keys')}
      rows={keys}
      empty={{ icon: 'key', title: t('deployments.done.no_keys') }}
      columns={[
        {
          key: 'key',
          head: t('deployments.done.key'),
          main: true,
          cell: (key) => <KeyCell t={t} serial={license.serial} licenseKey={key} />,
        },
        {
          key: 'host',
          head: t('deployments.done.host'),
          cell: ({ host_id }) => (host_id ? <Code wrap>{host_id}</Code> : t('licenses.keys.any_host')),
        },
        {
          key: 'quantity',
          head: t('deployments.fact.quantity'),
          nowrap: true,
          cell: ({ quantity }) => amount(t, license, quantity),
        },
        {
          key: 'until',
          head: t('deployments.done.until'),
          nowrap: true,
          cell: ({ expires_on }) => (expires_on ? format.shortDay(expires_on) : '–'),
        },
      ]}
    />
  )
}

function KeyCell({ t, serial, licenseKey }: Pick<Props, 't'> & { serial: string; licenseKey: NewKey }) {
  const { id, file_name, key_text } = licenseKey
  if (!file_name) return key_text ? <CopyCode t={t} text={key_text} name={t('deployments.done.key')} wrap /> : null
  return (
    <a class="kp-file" href={urls.licenses.file.to({ serial, key: id })} download={file_name}>
      <Icon name="file-download" />
      <Code wrap>{file_name}</Code>
    </a>
  )
}
