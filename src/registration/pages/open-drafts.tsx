import type { Format, T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/table.tsx'
import type { OpenDraft } from '../queries.ts'
import { type Purpose, wizardUrls } from '../wizard.ts'

const texts = {
  purchase: {
    title: 'registration.open.title',
    text: 'registration.open.text',
    name: 'registration.column.serial',
    discard: 'registration.discard',
    discardOf: 'registration.discard_of',
  },
  upgrade: {
    title: 'upgrades.drafts.title',
    text: 'upgrades.drafts.text',
    name: 'upgrades.title',
    discard: 'upgrades.drafts.discard',
    discardOf: 'upgrades.drafts.discard_of',
  },
} as const satisfies Record<Purpose, unknown>

type Props = { t: T; format: Format; purpose: Purpose; open: OpenDraft[] }

/** What was begun and can be gone on with or thrown away; nothing where there is none. */
export function OpenDrafts({ t, format, purpose, open }: Props) {
  const { title, text, name } = texts[purpose]
  if (open.length === 0) return null
  return (
    <Card title={t(title)} foot={<p>{t(text)}</p>} flush>
      <DataTable
        t={t}
        caption={t(title)}
        id="drafts"
        rows={open}
        empty={{ title: t('ui.none') }}
        columns={[
          {
            key: 'name',
            head: t(name),
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
              draft.submitted ? '' : <DiscardButton {...{ t, purpose, id: draft.id, name: draftName(t, draft) }} />,
          },
        ]}
      />
    </Card>
  )
}

/** @param name Said with it where there are several. */
export function DiscardButton({ t, purpose, id, name }: { t: T; purpose: Purpose; id: string; name?: string }) {
  const { discard, discardOf } = texts[purpose]
  return (
    <form method="post" action={wizardUrls[purpose].discard.to({ draft: id })}>
      <Button look="quiet" icon="trash" small label={name && t(discardOf, { name })}>
        {t(discard)}
      </Button>
    </form>
  )
}

/** A draft goes on where it stands; one that is being completed shows its progress. */
export function resumeHref({ id, purpose, submitted }: Pick<OpenDraft, 'id' | 'purpose' | 'submitted'>): string {
  const { progress, first } = wizardUrls[purpose]
  return (submitted ? progress : first).to({ draft: id })
}

/** What a draft is called: its first serial number and how many more; those of an upgrade do not exist yet. */
export function draftName(
  t: T,
  { purpose, serials, first_serial }: Pick<OpenDraft, 'purpose' | 'serials' | 'first_serial'>,
): string {
  if (purpose === 'upgrade') return t('upgrades.draft.name', { count: serials })
  if (serials <= 1) return first_serial ?? t('registration.open.empty')
  return t('registration.open.name', { serial: first_serial ?? '', count: serials - 1 })
}
