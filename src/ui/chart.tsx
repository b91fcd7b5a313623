import type { T } from '../platform/i18n.ts'
import { Text } from './text.tsx'

export type Bar = { label: string; value: number; shown: string; href?: string | undefined }

const height = 200
const foot = 26
const head = 22

type ChartProps = { t: T; title: string; bars: Bar[]; labelHead: string; valueHead: string }

/** A bar chart drawn on the server, with the same numbers as a table below it. Texts keep their size at any width. */
export function BarChart(props: ChartProps) {
  const { title, bars } = props
  const top = highest(bars)
  return (
    <figure class="kp-chart">
      <svg width="100%" height={height} role="img" aria-label={title}>
        {bars.map((bar, n) => (
          <ChartBar bar={bar} n={n} count={bars.length} top={top} />
        ))}
        <line class="kp-chart-axis" x1="0" x2="100%" y1={height - foot + 0.5} y2={height - foot + 0.5} />
      </svg>
      <ChartTable {...props} />
    </figure>
  )
}

const rowHeight = 44

/** A bar chart for long labels: each stands above its bar. The longest bar leaves room for its number. */
export function RowChart(props: ChartProps) {
  const { title, bars } = props
  const top = highest(bars)
  return (
    <figure class="kp-chart">
      <svg width="100%" height={bars.length * rowHeight} role="img" aria-label={title}>
        {bars.map(({ label, value, shown }, n) => {
          const width = `${round((82 * value) / top)}%`
          return (
            <g>
              <text class="kp-chart-label" x="0" y={n * rowHeight + 14}>
                {label}
              </text>
              <rect class="kp-chart-bar" x="0" y={n * rowHeight + 20} width={width} height="14" rx="3" />
              <text class="kp-chart-value" x={width} dx="8" y={n * rowHeight + 32}>
                {shown}
              </text>
            </g>
          )
        })}
      </svg>
      <ChartTable {...props} />
    </figure>
  )
}

const highest = (bars: Bar[]) => Math.max(1, ...bars.map(({ value }) => value))

/** The numbers of a chart for whoever cannot see it; a label may lead to what it counts. */
function ChartTable({ t, title, bars, labelHead, valueHead }: ChartProps) {
  return (
    <details class="kp-chart-table">
      <summary>{t('ui.show_as_table')}</summary>
      <table class="kp-table kp-table-small">
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{labelHead}</th>
            <th scope="col" class="kp-cell-end">
              {valueHead}
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, shown, href }) => (
            <tr>
              <th scope="row">
                <Label text={label} href={href} />
              </th>
              <td class="kp-cell-end">{shown}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function Label({ text, href }: { text: string; href: string | undefined }) {
  const label = <Text>{text}</Text>
  return href ? <a href={href}>{label}</a> : label
}

/** Labels of a crowded axis are thinned out rather than laid over each other; on a phone still more. */
function ChartBar({ bar, n, count, top }: { bar: Bar; n: number; count: number; top: number }) {
  const step = 100 / count
  const barWidth = step * 0.6
  const barHeight = Math.round(((height - foot - head) * bar.value) / top)
  const middle = `${round(step * (n + 0.5))}%`
  const base = height - foot
  const every = Math.ceil(count / 12)
  // The first label of a crowded axis would reach out of the drawing.
  const cut = n === 0 && every > 1
  const odd = count > 6 && (n / every) % (count > 12 ? 3 : 2) !== 0
  return (
    <g>
      <title>{`${bar.label}: ${bar.shown}`}</title>
      <rect
        class="kp-chart-bar"
        x={`${round(step * (n + 0.5) - barWidth / 2)}%`}
        y={base - barHeight}
        width={`${round(barWidth)}%`}
        height={barHeight}
        rx="3"
      />
      {bar.value > 0 && count <= 12 && (
        <text class="kp-chart-value" x={middle} y={base - barHeight - 6} text-anchor="middle">
          {bar.shown}
        </text>
      )}
      {n % every === 0 && (
        <text
          class={odd ? 'kp-chart-label kp-chart-odd' : 'kp-chart-label'}
          x={cut ? '0' : middle}
          y={height - 7}
          text-anchor={cut ? 'start' : 'middle'}
        >
          {bar.label}
        </text>
      )}
    </g>
  )
}

const round = (value: number) => Math.round(value * 100) / 100
