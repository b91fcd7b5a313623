/** Benchmarks are run before a release only; here they show, in seconds, that they still work and give right results. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runReporting } from '../tools/results.ts'

test('benchmarks work and give right results at the smallest size', async () => {
  const { status, results, output } = await runReporting('bench/all-checks.ts', ['--check'])
  assert.equal(status, 0, output)
  const budgets = new Set(results.map(({ id }) => id))
  assert.deepEqual([...budgets].sort(), ['S1', 'S2', 'S3', 'S4', 'S6', 'S8', 'S9'])
})
