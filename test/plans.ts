import { CompiledQuery, type KyselyPlugin, type QueryId, type RootOperationNode } from 'kysely'
import type { Db } from '../src/platform/db/index.ts'

/** A node of what `explain (analyze, format json)` tells. */
export type Plan = {
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

/** Does some work, and afterwards explains every statement in it that only reads. */
export async function explained<R>(
  db: Db,
  work: (db: Db) => Promise<R>,
): Promise<{ result: R; plans: { sql: string; plan: Plan }[] }> {
  const built = new WeakMap<QueryId, RootOperationNode>()
  const executed: RootOperationNode[] = []
  const listening: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      built.set(queryId, node)
      return node
    },
    async transformResult({ result, queryId }) {
      executed.push(built.get(queryId)!)
      return result
    },
  }
  const result = await work(db.withPlugin(listening))
  const plans: { sql: string; plan: Plan }[] = []
  for (const node of executed) {
    const { sql, parameters } = db.getExecutor().compileQuery(node, { queryId: 'explained' })
    if (!/^\s*(select|with)\b/.test(sql) || /\b(insert into|for no key update)\b/.test(sql)) continue
    const explain = CompiledQuery.raw(`explain (analyze, timing off, format json) ${sql}`, [...parameters])
    const { rows } = await db.executeQuery<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explain)
    plans.push({ sql, plan: rows[0]!['QUERY PLAN'][0].Plan })
  }
  return { result, plans }
}

/** Rows that a node of a plan read, kept or not, each time it was run. */
export function rowsOf(plan: Plan): number {
  return (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
}
