import type { Day } from '../../platform/actor.ts'
import { dayOf } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge, type Tone } from '../../ui/badge.tsx'
import { DescriptionList, type Item } from '../../ui/description-list.tsx'
import { Text } from '../../ui/text.tsx'
import type { TimelineItem } from '../../ui/timeline.tsx'
import type { AnyRequest, Fact } from '../kinds.ts'
import { acceptedAs, type RequestState, urgencyOf } from '../rules.ts'

export type Reader = { t: T; format: Format; time_zone: string; today: Day; now: Date }

const tones: Record<RequestState, Tone> = {
  open: 'info',
  accepted: 'success',
  refused: 'danger',
  withdrawn: 'neutral',
}
const urgencyTones = { waiting: 'neutral', overdue: 'danger', due_soon: 'warning', in_time: 'info' } as const

/** The state of a request for those who asked, with the date that matters. */
export function StateBadge({ reader: { t, format, time_zone, today }, request }: Shown) {
  const { state, decided_at, due_at, waiting_since } = request
  if (waiting_since) {
    const since = t('requests.waiting_since', { relative: format.relativeDay(dayOf(waiting_since, time_zone), today) })
    return <StatusBadge tone="warning" text={t('requests.waiting')} date={since} />
  }
  const relative = format.relativeDay(dayOf(decided_at ?? due_at, time_zone), today)
  const date = state === 'open' ? t('requests.answer_by', { relative }) : relative
  return <StatusBadge tone={tones[state]} text={stateText(t, request)} date={date} />
}

/** A question that was accepted was answered. */
export function stateText(t: T, { kind, state }: Pick<AnyRequest, 'kind' | 'state'>): string {
  return t(`requests.state.${state === 'accepted' ? acceptedAs(kind) : state}`)
}

/** How an open request stands against its target, for those who decide; the state of one that ended. */
export function UrgencyBadge({ reader, request }: Shown) {
  if (request.state !== 'open') return <StateBadge reader={reader} request={request} />
  const { t, format, time_zone, today, now } = reader
  const urgency = urgencyOf(request, now)
  const relativeTo = (moment: Date) => format.relativeDay(dayOf(moment, time_zone), today)
  const date = request.waiting_since
    ? t('requests.waiting_since', { relative: relativeTo(request.waiting_since) })
    : t('requests.due_on', { relative: relativeTo(request.due_at) })
  return <StatusBadge tone={urgencyTones[urgency]} text={t(`requests.urgency.${urgency}`)} date={date} />
}

type Shown = { reader: Reader; request: AnyRequest }

/** "opened 3 days ago" */
export function ageOf({ format, time_zone, today }: Reader, { opened_at }: Pick<AnyRequest, 'opened_at'>): string {
  return format.relativeDay(dayOf(opened_at, time_zone), today)
}

/** What a kind says about a request, line breaks kept. */
export function itemsOf(facts: Fact[]): Item[] {
  return facts.map(({ label, value }) => ({
    label,
    value: value.split('\n').map((line) => (
      <div>
        <Text>{line}</Text>
      </div>
    )),
  }))
}

/** What an operator wrote about the decision. */
export function Reason({ t, request: { reason } }: { t: T; request: Pick<AnyRequest, 'reason'> }) {
  if (!reason) return null
  return (
    <div class="mt-3">
      <DescriptionList items={itemsOf([{ label: t('requests.reason'), value: reason }])} />
    </div>
  )
}

/**
 * What happened to a request, the newest last. `staff` names operators, or the vendor in their place for customers.
 */
export function stepsOf({ t, format }: Reader, request: AnyRequest, staff: (name: string | null) => string) {
  const { state, opened_at, taken_at, decided_at, opener_name, assignee_name, decider_name, organization_name } =
    request
  const gone = t('requests.messages.gone')
  const by = (name: string | null) => t('requests.by', { name: name ?? gone })
  const steps: TimelineItem[] = [
    {
      icon: 'inbox',
      title: t('requests.step.opened'),
      note: by(opener_name ?? organization_name),
      when: format.moment(opened_at),
    },
  ]
  if (taken_at) {
    const note = by(staff(assignee_name))
    steps.push({ icon: 'user', title: t('requests.step.taken'), note, when: format.moment(taken_at) })
  }
  if (decided_at && state !== 'open') {
    const name = state === 'withdrawn' ? (decider_name ?? organization_name) : staff(decider_name)
    const when = format.moment(decided_at)
    steps.push({ icon: icons[state], title: stateText(t, request), note: by(name), when, current: true })
  }
  return steps
}

const icons = { accepted: 'circle-check', refused: 'circle-x', withdrawn: 'circle-minus' } as const
