/** How a benchmark is told its size, and how it tells its results: as lines, and as rows of the table of `npm run bench`. */
import { appendFileSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'

export type Result = {
  /** The budget, as S1; what has none has a word of its own. */
  id: string
  /** What was measured, with its size: "export of 1,000,000 licenses as CSV". */
  work: string
  /** Ours, with its unit. */
  figure: string
  /** What the limit took beside it, with its unit. */
  limit?: string
  /** Ours to the limit, as the target counts it. */
  ratio?: number
  target?: Target
}

export type Target = { text: string; met: boolean }

/** To reach: at most so much. */
export function atMost(bound: number, value: number, unit = ''): Target {
  return { text: `≤ ${bound} ${unit}`.trim(), met: value <= bound }
}

/** To reach: at least so much. */
export function atLeast(bound: number, value: number, unit = ''): Target {
  return { text: `≥ ${bound} ${unit}`.trim(), met: value >= bound }
}

/**
 * The size of this run: `small`, `full` with --full, and `check` with --check, which only shows that the benchmark
 * works and gives right results. Each of its numbers can be set alone: --licenses 5000. Options of other benchmarks are
 * none of its business.
 */
export function sizeOfRun<Size extends Record<string, number>>(sizes: Record<'check' | 'small' | 'full', Size>): Size {
  const numbers = Object.keys(sizes.small)
  const { values } = parseArgs({
    strict: false,
    options: {
      full: { type: 'boolean' },
      check: { type: 'boolean' },
      ...Object.fromEntries(numbers.map((name) => [name, { type: 'string' as const }])),
    },
  })
  const given = Object.entries(values).filter(([name]) => numbers.includes(name))
  const size = sizes[values.check ? 'check' : values.full ? 'full' : 'small']
  return { ...size, ...Object.fromEntries(given.map(([name, value]) => [name, Number(value)])) }
}

/** Prints one result, and hands it to `npm run bench`, which names a file for it in BENCH_RESULTS. */
export function report(result: Result): void {
  const { id, work, figure, limit, ratio, target } = result
  const parts = [figure, limit && `limit ${limit}`, ratio && `ratio ${ratio.toFixed(2)}`]
  console.log(`${id} ${work}: ${parts.filter(Boolean).join(', ')}${target ? `; to reach ${target.text}` : ''}`)
  if (process.env.BENCH_RESULTS) appendFileSync(process.env.BENCH_RESULTS, `${JSON.stringify(result)}\n`)
}
