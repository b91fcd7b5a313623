import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyButton, CopyCode } from '../../ui/copy-button.tsx'
import { SelectField } from '../../ui/form.tsx'
import { DataTable, FilterBar } from '../../ui/table.tsx'
import { Code } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Offer } from '../entitlement.ts'
import { Prose } from '../markdown.tsx'
import type { Product, Release, ReleaseFile } from '../queries.ts'
import { type Platform, platforms } from '../rules.ts'
import { type Reading, Right } from './product-page.tsx'
import { TermsCard, type TermsProps } from './terms-card.tsx'
import { sizeText } from './texts.ts'
import { VerifyCard } from './verify-card.tsx'

/** A file with its signed link, where the reader may have one. */
export type LinkedFile = ReleaseFile & { href: string | undefined }
export type FileFilter = { language: string | undefined; platform: Platform | undefined }

export type ReleaseProps = {
  reading: Reading
  product: Product
  license: string | undefined
  offer: Offer
  release: Release
  files: LinkedFile[]
  /** Every language and platform there is, whatever is chosen. */
  choices: { languages: string[]; platforms: Platform[] }
  filter: FileFilter
  /** Files that are not offered in the reader's country. */
  elsewhere: number
  mayDownload: boolean
  /** Whether the reader may have the files now: a downloader with a right, who accepted the terms. */
  isOpen: boolean
  terms: TermsProps | undefined
  notes: string
  key_url: string
}

/** One version: what is new, what has to be agreed to, and its files. */
export function ReleaseBody(props: ReleaseProps) {
  const { reading, mayDownload, isOpen, offer, terms, notes } = props
  const { t } = reading
  return (
    <>
      <Card title={t('downloads.right')}>
        <Right reading={reading} offer={offer} />
      </Card>
      {!mayDownload && <Alert t={t} tone="info" title={t('downloads.viewer')} />}
      {terms && <TermsCard {...terms} />}
      <Files {...props} />
      {isOpen && <VerifyCard {...props} />}
      {notes && (
        <Card title={t('downloads.notes')}>
          <Prose html={notes} />
        </Card>
      )}
    </>
  )
}

function Files(props: ReleaseProps) {
  const { reading, files, elsewhere, choices } = props
  const { t, format } = reading
  const links = files.flatMap(({ href }) => href ?? [])
  const isFiltered = choices.languages.length > 1 || choices.platforms.length > 1
  return (
    <>
      {isFiltered && <Filters {...props} />}
      <Card title={t('downloads.files')} foot={links.length > 0 && <Links {...props} links={links} />} flush>
        <DataTable
          t={t}
          id="files"
          caption={t('downloads.files')}
          rows={files}
          empty={{ icon: 'package', title: t('downloads.no_files'), text: t('downloads.no_files_text') }}
          columns={[
            { key: 'name', head: t('downloads.file'), main: true, cell: (file) => <FileName {...props} file={file} /> },
            {
              key: 'platform',
              head: t('downloads.platform'),
              cell: ({ platform }) => t(`downloads.platform.${platform}`),
            },
            {
              key: 'language',
              head: t('downloads.language'),
              cell: ({ language }) => (language ? format.language(language) : t('downloads.every_language')),
            },
            {
              key: 'size',
              head: t('downloads.size'),
              align: 'end',
              nowrap: true,
              cell: ({ size }) => sizeText(t, format, size),
            },
            {
              key: 'sha256',
              head: 'SHA-256',
              cell: ({ sha256 }) => <CopyCode t={t} text={sha256} name="SHA-256" wrap />,
            },
          ]}
        />
      </Card>
      {elsewhere > 0 && <p class="kp-note">{t('downloads.elsewhere', { count: elsewhere })}</p>}
    </>
  )
}

function FileName({ reading: { t, format }, product, offer, file }: ReleaseProps & { file: LinkedFile }) {
  const signature = `${file.name}.minisig`
  const names = { product: product.code, version: offer.version, signature }
  if (!file.href) return <Code wrap>{file.name}</Code>
  return (
    <>
      <a href={file.href} download={file.name}>
        <Code wrap>{file.name}</Code>
      </a>
      <div class="kp-status-date">
        {t('downloads.published', { when: format.moment(file.published_at) })} ·{' '}
        <a href={urls.software.signature.to(names)} download={signature}>
          {t('downloads.signature')}
        </a>
      </div>
    </>
  )
}

function Links({ reading: { t }, product, offer, license, filter, links }: ReleaseProps & { links: string[] }) {
  const names = { product: product.code, version: offer.version }
  return (
    <>
      <p class="kp-note">{t('downloads.links_note')}</p>
      <div class="kp-actions">
        <CopyButton t={t} text={links.join('\n')} name={t('downloads.links_file')} label={t('downloads.all_links')} />
        <LinkButton
          small
          icon="file-download"
          href={urls.software.links.to(names, { ...filter, license })}
          download="links.txt"
        >
          {t('downloads.links_file')}
        </LinkButton>
      </div>
    </>
  )
}

function Filters({ reading: { t, format }, product, offer, license, choices, filter }: ReleaseProps) {
  const { language = '', platform = '' } = filter
  const action = urls.software.release.to({ product: product.code, version: offer.version })
  return (
    <FilterBar
      t={t}
      form={{ values: { language, platform }, errors: {} }}
      action={action}
      label={t('downloads.filter')}
    >
      {license && <input type="hidden" name="license" value={license} />}
      <SelectField
        name="language"
        label={t('downloads.language')}
        empty={t('downloads.any')}
        options={choices.languages.map((value) => ({ value, text: format.language(value) }))}
      />
      <SelectField
        name="platform"
        label={t('downloads.platform')}
        empty={t('downloads.any')}
        options={platforms
          .filter((value) => choices.platforms.includes(value))
          .map((value) => ({ value, text: t(`downloads.platform.${value}`) }))}
      />
      <Button icon="search">{t('downloads.show')}</Button>
    </FilterBar>
  )
}
