import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Form } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { CodeField } from './code-field.tsx'

type Props = { t: T; form: FormState; next: string | undefined; backup: boolean }

/** The second step of signing in: a code of the app, or a backup code. */
export function CodePage({ t, form, next, backup }: Props) {
  const other = urls.accounts.code.to({ with: backup ? undefined : 'backup', next })
  return (
    <>
      <Form t={t} form={form} action={urls.accounts.code.to()} unmarked>
        {next && <input type="hidden" name="next" value={next} />}
        {backup && <input type="hidden" name="with" value="backup" />}
        <CodeField label={t(backup ? 'security.code.label_backup' : 'security.code.label')} backup={backup} />
        <Actions>
          <Button look="primary" wide>
            {t('security.code.submit')}
          </Button>
        </Actions>
      </Form>
      <p>
        <a href={other}>{t(backup ? 'security.code.use_app' : 'security.code.use_backup')}</a>
      </p>
      {backup && <p>{t('security.code.lost')}</p>}
      <form method="post" action={urls.accounts.signOut.to()}>
        <Button look="link">{t('security.code.again')}</Button>
      </form>
    </>
  )
}
