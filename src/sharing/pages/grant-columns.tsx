import type { Level } from '../../licenses/index.ts'
import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { LinkButton } from '../../ui/button.tsx'
import type { Column } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'

/** What lists of shares and of delegations show of each. */
export type ListedGrant = {
  id: string
  email: string
  level: Level
  ends_on: Day | null
  created_at: Date
  by: string | null
}

type Words = {
  who: string
  /** For one without a last day. */
  never: string
  /** How it is ended; undefined for those who may not. */
  end: { href: (id: string) => string; text: string; label: (email: string) => string } | undefined
}

/** To whom, what, how far, until when, since when, and the way to end it. */
export function grantColumns<G extends ListedGrant>(
  { t, format }: { t: T; format: Format },
  { who, never, what, end }: Words & { what: (t: T, grant: G) => string },
): Column<G>[] {
  const columns: Column<G>[] = [
    { key: 'with', head: who, main: true, cell: ({ email }) => <Text>{email}</Text> },
    { key: 'what', head: t('sharing.column.what'), cell: (grant) => <Text>{what(t, grant)}</Text> },
    { key: 'level', head: t('sharing.level'), cell: ({ level }) => t(`sharing.level.${level}`) },
    {
      key: 'ends',
      head: t('sharing.ends_on'),
      cell: ({ ends_on }) => (ends_on ? format.shortDay(ends_on) : never),
    },
    {
      key: 'since',
      head: t('sharing.column.since'),
      cell: ({ created_at, by }) => {
        const when = format.moment(created_at)
        return <Text>{by ? t('sharing.since', { when, name: by }) : when}</Text>
      },
    },
  ]
  if (!end) return columns
  const last: Column<G> = {
    key: 'end',
    head: t('ui.actions'),
    quietHead: true,
    cell: ({ id, email }) => (
      <LinkButton small icon="trash" href={end.href(id)} label={end.label(email)}>
        {end.text}
      </LinkButton>
    ),
  }
  return [...columns, last]
}

type Numbers = { numbers: string[]; number_count: number; new_numbers: boolean }

/** Customer numbers in words: the first few, how many more, and whether later ones count. */
export function numbersText(t: T, { numbers, number_count: count, new_numbers }: Numbers): string {
  const more = count - numbers.length
  return [
    t('sharing.what.numbers', { count, numbers: numbers.join(', ') }),
    ...(more > 0 ? [t('sharing.what.more', { count: more })] : []),
    ...(new_numbers ? [t('sharing.what.new_numbers')] : []),
  ].join(' ')
}
