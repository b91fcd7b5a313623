import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { type OpenDraft, OpenDrafts, UpgradeSteps } from '../../registration/index.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Form, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'

type Props = { t: T; format: Format; form: FormState; open: OpenDraft[] }

/** Version Upgrade: the Upgrade Notification ID, or the way to it. */
export function StartPage({ t, format, form, open }: Props) {
  return (
    <>
      <UpgradeSteps t={t} current={0} />
      <Form t={t} form={form} action={urls.upgrades.start.to()} unmarked>
        <TextField
          name="id"
          label={t('upgrades.id')}
          hint={t('upgrades.id.hint')}
          code
          autocomplete="off"
          maxlength={100}
          required
        />
        <Actions>
          <Button look="primary" icon="arrow-right">
            {t('upgrades.view')}
          </Button>
        </Actions>
      </Form>
      <p class="mt-4">
        {t('upgrades.no_id')} <a href={urls.upgrades.help.to()}>{t('upgrades.help')}</a> {t('upgrades.help.text')}
      </p>
      <OpenDrafts t={t} format={format} purpose="upgrade" open={open} />
    </>
  )
}
