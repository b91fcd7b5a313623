import type { T } from '../../platform/i18n.ts'
import { StatusBadge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyCode } from '../../ui/copy-button.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Code } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { AdminFile } from '../admin-queries.ts'
import type { Upload } from '../uploads.ts'
import type { AdminReleaseProps } from './admin-release-props.ts'
import { sizeText } from './texts.ts'

/** The files of a release, and those on their way. */
export function FilesCard(props: AdminReleaseProps) {
  const { t, files, uploads } = props
  return (
    <>
      <Card title={t('downloads.files')} flush>
        <DataTable
          t={t}
          id="files"
          caption={t('downloads.files')}
          rows={files}
          empty={{ icon: 'package', title: t('releases.no_files'), text: t('releases.no_files_text') }}
          columns={columnsOf(props)}
        />
      </Card>
      {uploads.length > 0 && <Uploads {...props} />}
    </>
  )
}

function columnsOf({ t, format, release, mayChange }: AdminReleaseProps): Column<AdminFile>[] {
  const remove: Column<AdminFile> = {
    key: 'remove',
    head: t('releases.file.remove'),
    quietHead: true,
    align: 'end',
    cell: (file) => !file.published_at && <Remove t={t} release={release.id} file={file} />,
  }
  return [
    {
      key: 'name',
      head: t('downloads.file'),
      main: true,
      cell: ({ name, sha256 }) => (
        <>
          <Code wrap>{name}</Code>
          <div class="kp-status-date">
            <CopyCode t={t} text={sha256} name={`SHA-256 ${name}`} wrap />
          </div>
        </>
      ),
    },
    {
      key: 'for',
      head: t('releases.file.for'),
      cell: ({ platform, language, countries }) => (
        <>
          {t(`downloads.platform.${platform}`)}
          <div class="kp-status-date">
            {language ? format.language(language) : t('downloads.every_language')} ·{' '}
            {countries.length > 0 ? countries.map(format.country).join(', ') : t('releases.every_country')}
          </div>
        </>
      ),
    },
    {
      key: 'size',
      head: t('downloads.size'),
      align: 'end',
      nowrap: true,
      cell: ({ size }) => sizeText(t, format, size),
    },
    {
      key: 'state',
      head: t('releases.state'),
      cell: ({ published_at }) =>
        published_at ? (
          <StatusBadge tone="success" text={t('releases.state.published')} date={format.moment(published_at)} />
        ) : (
          <StatusBadge tone="info" text={t('releases.state.staged')} />
        ),
    },
    {
      key: 'downloads',
      head: t('releases.downloads'),
      align: 'end',
      cell: ({ downloads, completed }) =>
        t('releases.file.completed', { count: format.number(downloads), completed: format.number(completed) }),
    },
    ...(mayChange ? [remove] : []),
  ]
}

function Remove({ t, release, file: { id: file, name } }: { t: T; release: string; file: AdminFile }) {
  return (
    <form method="post" action={urls.admin.removeFile.to({ release, file })}>
      <Button small look="quiet" icon="trash" label={t('releases.file.remove_of', { name })}>
        {t('releases.file.remove')}
      </Button>
    </form>
  )
}

function Uploads({ t, format, uploads, mayChange }: AdminReleaseProps) {
  const giveUp: Column<Upload> = {
    key: 'give-up',
    head: t('releases.upload.give_up'),
    quietHead: true,
    align: 'end',
    cell: ({ id: upload, name }) => (
      <form method="post" action={urls.admin.abandonUpload.to({ upload })}>
        <Button small look="quiet" icon="x" label={t('releases.upload.give_up_of', { name })}>
          {t('releases.upload.give_up')}
        </Button>
      </form>
    ),
  }
  return (
    <Card title={t('releases.uploads')} foot={t('releases.uploads.hint')} flush>
      <DataTable
        t={t}
        id="uploads"
        caption={t('releases.uploads')}
        rows={uploads}
        empty={{ title: t('ui.none') }}
        columns={[
          { key: 'name', head: t('downloads.file'), main: true, cell: ({ name }) => <Code wrap>{name}</Code> },
          {
            key: 'received',
            head: t('releases.upload.received'),
            cell: ({ received, size }) =>
              t('ui.progress_of', { done: sizeText(t, format, received), total: sizeText(t, format, size) }),
          },
          { key: 'touched', head: t('releases.upload.last'), cell: ({ touched_at }) => format.moment(touched_at) },
          ...(mayChange ? [giveUp] : []),
        ]}
      />
    </Card>
  )
}
