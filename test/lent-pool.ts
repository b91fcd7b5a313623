import type pg from 'pg'

/** A pool as one test sees it: once the test is over, whatever it forgot to stop disturbs no other. */
export function lentPool(pool: pg.Pool, isOver: () => boolean): pg.Pool {
  const connect = (...given: []) => {
    if (isOver()) throw new Error('this test is over, and its database was closed')
    return pool.connect(...given)
  }
  return Object.create(pool, { connect: { value: connect } })
}

/** Nobody holds or awaits a connection. */
export function isIdle(pool: pg.Pool): boolean {
  return pool.idleCount === pool.totalCount && pool.waitingCount === 0
}
