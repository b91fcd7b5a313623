/** Stretches of time below one another, drawn on the server. Texts keep their size at any width. */

export type Span = {
  label: string
  /** Without a beginning or an end the stretch reaches the edge. */
  from: string | null
  to: string | null
  tone: 'main' | 'side'
  /** What the stretch says in words. */
  text: string
}

const row = 46
const foot = 26
const head = 20
const day = 86_400_000
const year = 365.25 * day

/**
 * The same facts must stand beside it as text: a list or a table. Days are calendar days; `today` is marked.
 */
export function SpanChart(props: { title: string; spans: Span[]; today: string; todayText: string }) {
  const { title, spans, today, todayText } = props
  const { place, ticks } = scaleOf([today, ...spans.flatMap(({ from, to }) => [from ?? today, to ?? today])])
  const height = head + spans.length * row + foot
  return (
    <svg class="kp-spans" width="100%" height={height} role="img" aria-label={title}>
      {ticks.map(({ at, label, odd }) => (
        <g class={odd ? 'kp-chart-odd' : undefined}>
          <line class="kp-chart-axis" x1={percent(at)} x2={percent(at)} y1={head} y2={height - foot} />
          <text class="kp-chart-label" x={percent(at)} y={height - 7} text-anchor="middle">
            {label}
          </text>
        </g>
      ))}
      {spans.map((span, n) => (
        <SpanBar span={span} y={head + n * row} place={place} />
      ))}
      <line class="kp-spans-today" x1={percent(place(today))} x2={percent(place(today))} y1={head} y2={height - foot} />
      <text class="kp-chart-label" x={percent(place(today))} y={head - 6} text-anchor={anchorAt(place(today))}>
        {todayText}
      </text>
    </svg>
  )
}

function SpanBar({ span, y, place }: { span: Span; y: number; place: (day: string) => number }) {
  const { label, text, tone } = span
  const from = span.from ? place(span.from) : 0
  const to = span.to ? place(span.to) : 100
  return (
    <g>
      <title>{`${label}: ${text}`}</title>
      <text class="kp-chart-label" x="0" y={y + 16}>
        {label}
      </text>
      <rect
        class={tone === 'main' ? 'kp-chart-bar' : 'kp-spans-side'}
        x={percent(from)}
        y={y + 24}
        width={percent(Math.max(to - from, 0.8))}
        height="12"
        rx="3"
      />
    </g>
  )
}

/** Some room at both ends, and a mark for each year, or every few where there are many. */
function scaleOf(days: string[]) {
  const times = days.map((each) => Date.parse(`${each}T00:00:00Z`))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const room = Math.max((last - first) * 0.06, year / 4)
  const [begin, end] = [first - room, last + room]
  const at = (time: number) => ((time - begin) / (end - begin)) * 100
  const years = Math.ceil((end - begin) / year)
  const every = Math.ceil(years / 10)
  const ticks: { at: number; label: string; odd: boolean }[] = []
  for (let each = new Date(begin).getUTCFullYear() + 1; Date.UTC(each) < end; each += every) {
    const where = at(Date.UTC(each))
    if (where > 4 && where < 96)
      ticks.push({ at: where, label: String(each), odd: ticks.length % 2 === 1 && years > 5 })
  }
  return { place: (each: string) => at(Date.parse(`${each}T00:00:00Z`)), ticks }
}

const percent = (value: number) => `${Math.round(value * 100) / 100}%`
const anchorAt = (place: number) => (place < 8 ? 'start' : place > 92 ? 'end' : 'middle')
