import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Actions } from '../../ui/form.tsx'
import { Code } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'

/** Backup codes, the only time that they can be read. */
export function BackupCodesPage({ t, codes }: { t: T; codes: string[] }) {
  return (
    <Card>
      <p>{t('security.backup.keep')}</p>
      <ul class="kp-codes">
        {codes.map((code) => (
          <li>
            <Code>{code}</Code>
          </li>
        ))}
      </ul>
      <form method="post" action={urls.accounts.backupCodes.to()}>
        <Actions>
          <Button look="primary">{t('security.backup.done')}</Button>
          <LinkButton href={urls.accounts.backupCodesFile.to()} icon="download" download>
            {t('security.backup.download')}
          </LinkButton>
          <CopyButton t={t} text={codes.join('\n')} name={t('security.backup.copy')} />
        </Actions>
      </form>
    </Card>
  )
}
