import type pg from 'pg'

/** `pg` has these, its types do not. */
type Wired = pg.PoolClient & {
  connection: { stream: NodeJS.ReadWriteStream; on(event: 'readyForQuery', done: () => void): void }
}

/**
 * Counts how long statements of a pool are in the database: from the first byte sent to the last one that arrives,
 * without building statements and reading rows; a time in which several are at work counts once.
 * @returns a function that tells the milliseconds, and the number of statements, since it was last called.
 */
export function watchDatabase(pool: pg.Pool): () => { milliseconds: number; statements: number } {
  let [milliseconds, statements] = [0, 0]
  let [atWork, since] = [0, 0]
  const watched = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => {
    if (watched.has(client)) return
    watched.add(client)
    const { connection } = client as Wired
    let [working, arrived] = [false, 0]
    const { stream } = connection
    const write = stream.write.bind(stream) as (...given: unknown[]) => boolean
    stream.write = (...given: unknown[]) => {
      if (!working && atWork++ === 0) since = performance.now()
      working = true
      return write(...given)
    }
    stream.prependListener('data', () => (arrived = performance.now()))
    connection.on('readyForQuery', () => {
      if (!working) return
      working = false
      statements += 1
      if (--atWork === 0) milliseconds += arrived - since
    })
  })
  return () => {
    const counted = { milliseconds, statements }
    ;[milliseconds, statements] = [0, 0]
    return counted
  }
}
