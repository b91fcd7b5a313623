import { Icon } from '../../ui/icon.tsx'
import { Text } from '../../ui/text.tsx'
import type { RequestFile } from '../files.ts'
import type { Reader } from './request-parts.tsx'

/** Attached files, to be downloaded; nothing of them is shown in the page. */
export function FileList(props: { t: Reader['t']; files: RequestFile[]; hrefOf: (file: RequestFile) => string }) {
  const { t, files, hrefOf } = props
  if (files.length === 0) return null
  return (
    <ul class="kp-links" aria-label={t('requests.files.attached')}>
      {files.map((file) => (
        <li>
          <a href={hrefOf(file)} download="">
            <Icon name="file-download" /> <Text>{file.name}</Text>
          </a>{' '}
          <span class="kp-note">{t('requests.files.kilobytes', { size: Math.ceil(file.size / 1024) })}</span>
        </li>
      ))}
    </ul>
  )
}
