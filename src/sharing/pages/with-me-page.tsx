import { countedAtMost } from '../../licenses/index.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Sharer } from '../queries.ts'

/** Licenses Shared With You: who shares, how much, and the way to the licenses. */
export function WithMeBody({ t, format, sharers }: { t: T; format: Format; sharers: Sharer[] }) {
  const count = (licenses: number) =>
    licenses > countedAtMost ? t('sharing.with_me.more', { count: countedAtMost }) : format.number(licenses)
  return (
    <Card flush>
      <DataTable<Sharer>
        t={t}
        caption={t('sharing.with_me.title')}
        rows={sharers}
        empty={{ title: t('sharing.with_me.empty'), text: t('sharing.with_me.empty_text'), icon: 'users' }}
        columns={[
          {
            key: 'organization',
            head: t('sharing.with_me.organization'),
            main: true,
            cell: ({ organization, by }) => (
              <>
                <Text>{organization}</Text>
                {by && (
                  <div class="kp-note">
                    <Text>{by}</Text>
                  </div>
                )}
              </>
            ),
          },
          {
            key: 'level',
            head: t('sharing.level'),
            cell: ({ levels }) => levels.map((level) => t(`sharing.level.${level}`)).join(', '),
          },
          {
            key: 'licenses',
            head: t('sharing.with_me.licenses'),
            align: 'end',
            cell: ({ licenses }) => count(licenses),
          },
          {
            key: 'ends',
            head: t('sharing.ends_on'),
            cell: ({ ends_on }) => (ends_on ? format.shortDay(ends_on) : t('sharing.ends_never')),
          },
          {
            key: 'see',
            head: t('ui.actions'),
            quietHead: true,
            cell: ({ owner_id, organization }) => (
              <LinkButton
                small
                icon="license"
                href={urls.licenses.catalog.to({ source: 'shared', owner: owner_id })}
                label={t('sharing.with_me.see_of', { organization })}
              >
                {t('sharing.with_me.see')}
              </LinkButton>
            ),
          },
        ]}
      />
    </Card>
  )
}
