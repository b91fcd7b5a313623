import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { draftName, type OpenDraft, resumeHref, UpgradeSteps } from '../../registration/index.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, TextField } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { urls } from '../../urls.ts'

type Props = { t: T; format: Format; form: FormState; open: OpenDraft[] }

/** Version Upgrade: the Upgrade Notification ID, or the way to it. */
export function StartPage(props: Props) {
  const { t, form, open } = props
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
      {open.length > 0 && <OpenDrafts {...props} />}
    </>
  )
}

function OpenDrafts({ t, format, open }: Props) {
  return (
    <Card title={t('upgrades.drafts.title')} foot={<p>{t('upgrades.drafts.text')}</p>} flush>
      <DataTable
        t={t}
        caption={t('upgrades.drafts.title')}
        id="drafts"
        rows={open}
        empty={{ title: t('ui.none') }}
        columns={[
          {
            key: 'name',
            head: t('upgrades.title'),
            main: true,
            cell: (draft) => <a href={resumeHref(draft)}>{draftName(t, draft)}</a>,
          },
          {
            key: 'changed',
            head: t('registration.open.state'),
            cell: (draft) =>
              draft.submitted
                ? t('registration.open.submitted')
                : t('registration.open.changed', { when: format.moment(draft.updated_at) }),
          },
          {
            key: 'actions',
            head: t('ui.actions'),
            quietHead: true,
            cell: (draft) =>
              draft.submitted ? (
                ''
              ) : (
                <form method="post" action={urls.upgrades.discard.to({ draft: draft.id })}>
                  <Button
                    small
                    look="quiet"
                    icon="trash"
                    label={t('upgrades.drafts.discard_of', { name: draftName(t, draft) })}
                  >
                    {t('upgrades.drafts.discard')}
                  </Button>
                </form>
              ),
          },
        ]}
      />
    </Card>
  )
}
