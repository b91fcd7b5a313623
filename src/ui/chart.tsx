import type { T } from '../platform/i18n.ts'

export type Bar = { label: string; value: number; shown: string }

const width = 640
const height = 200
const foot = 24
const head = 20

/** A bar chart drawn on the server, with the same numbers as a table below it. */
export function BarChart(props: { t: T; title: string; bars: Bar[]; labelHead: string; valueHead: string }) {
  const { t, title, bars } = props
  return (
    <figure class="kp-chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        <line class="kp-chart-axis" x1="0" x2={width} y1={height - foot + 0.5} y2={height - foot + 0.5} />
        {bars.map((bar, n) => (
          <ChartBar bar={bar} n={n} count={bars.length} top={Math.max(1, ...bars.map(({ value }) => value))} />
        ))}
      </svg>
      <details class="kp-chart-table">
        <summary>{t('ui.show_as_table')}</summary>
        <table class="kp-table kp-table-small">
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{props.labelHead}</th>
              <th scope="col" class="kp-cell-end">
                {props.valueHead}
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, shown }) => (
              <tr>
                <th scope="row">{label}</th>
                <td class="kp-cell-end">{shown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

/** Labels of a crowded axis are thinned out rather than laid over each other. */
function ChartBar({ bar, n, count, top }: { bar: Bar; n: number; count: number; top: number }) {
  const step = width / count
  const barWidth = Math.min(step * 0.64, 48)
  const barHeight = Math.round(((height - foot - head) * bar.value) / top)
  const middle = Math.round(step * (n + 0.5))
  const base = height - foot
  const every = Math.ceil(count / 12)
  return (
    <g>
      <title>{`${bar.label}: ${bar.shown}`}</title>
      <rect
        class="kp-chart-bar"
        x={middle - barWidth / 2}
        y={base - barHeight}
        width={barWidth}
        height={barHeight}
        rx="3"
      />
      {bar.value > 0 && count <= 24 && (
        <text class="kp-chart-value" x={middle} y={base - barHeight - 6} text-anchor="middle">
          {bar.shown}
        </text>
      )}
      {n % every === 0 && (
        <text class="kp-chart-label" x={middle} y={height - 6} text-anchor="middle">
          {bar.label}
        </text>
      )}
    </g>
  )
}
