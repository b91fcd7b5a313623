import type { T } from '../../platform/i18n.ts'
import { FileField } from '../../ui/form.tsx'
import { largestFile, megabyte, mostFiles } from '../file-rules.ts'
import { filesField } from '../receive-form.ts'

/** Files to attach; the form around it must be `multipart` and be read by `receiveForm`. */
export function FilesField({ t }: { t: T }) {
  const hint = t('requests.files.hint', { count: mostFiles, size: largestFile / megabyte })
  return <FileField name={filesField} label={t('requests.files.label')} hint={hint} multiple />
}
