import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { collectDefaultMetrics } from 'prom-client'
import { freshDatabase } from '../../test/database.ts'
import { testServices } from '../../test/services.ts'
import { projectRoot } from './root.ts'

test('the alert rules of docs/alerts.yml ask for metrics that there are', async (t) => {
  const { registry } = testServices(await freshDatabase(t)).metrics
  collectDefaultMetrics({ register: registry })
  const known = new Set(registry.getMetricsAsArray().map(({ name }) => name))
  const rules = readFileSync(join(projectRoot, 'docs', 'alerts.yml'), 'utf8')
  const asked = [...rules.matchAll(/\b(?:keyport|nodejs|process)_\w+/g)].map(([name]) =>
    name.replace(/_(count|sum|bucket)$/, ''),
  )
  assert.ok(asked.length > 10)
  assert.deepEqual(
    asked.filter((name) => !known.has(name)),
    [],
  )
})
