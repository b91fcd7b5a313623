import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { aMember } from '../../test/licenses.ts'
import { requestConfig } from '../../test/requests.ts'
import { askRecovery, endRecovery } from './ask-recovery.ts'
import { settleRecoveries } from './jobs.ts'

const config = requestConfig()
const now = new Date('2027-03-01T10:00:00Z')
const due = new Date('2027-03-15T10:00:00Z')

for (const round of [1, 2, 3]) {
  test(`stopped and completed at once by eight, a recovery has one end (round ${round})`, async (t) => {
    const { db } = await freshPostgres(t)
    const administrator = { ...(await aMember(db, 'administrator')), now }
    const member = { ...(await aMember(db, 'viewer', administrator)), now }
    const asked = await askRecovery(db, member, { organization_id: administrator.organization_id }, config)
    assert.ok(asked.ok)
    const { recovery_id } = asked
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        n % 2
          ? settleRecoveries(db, due, config)
          : endRecovery(db, { ...administrator, now: due }, { recovery_id, as: 'stopped' }, config),
      ),
    )
    const { rows } = await sql`select from events where action in ('recovery.completed', 'recovery.stopped')`.execute(
      db,
    )
    assert.equal(rows.length, 1)
  })
}
