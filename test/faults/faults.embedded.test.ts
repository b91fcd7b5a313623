/** Small trials of faults on the embedded engine; `trials.ts` runs them as large as wanted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trialOfBackups } from './trial-backup.ts'
import { trialOfKills } from './trial-kill.ts'

const patient = { timeout: 600_000 }

test(
  'a server killed under load loses nothing, issues nothing twice and leaves nothing half done',
  patient,
  async (t) => {
    const report = await trialOfKills(t, {
      engine: 'embedded',
      kills: 3,
      buyers: 3,
      each: 300,
      lines: 2000,
      hurry: true,
    })
    assert.equal(report.order_lines, 2000)
  },
)

test('a backup taken under load restores on both engines, whole and of one moment', patient, async (t) => {
  const report = await trialOfBackups(t, { engine: 'embedded', backups: 1, buyers: 2, each: 300 })
  assert.ok(report.rows[0]! > 0)
})
