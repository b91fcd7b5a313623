/** A part of validate.ts: the least that an answer from the database takes, by the portal's server and driver. */
import { createServer } from 'node:http'
import process from 'node:process'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const text = `select l.quantity, l.ends_on from license_keys k join licenses l on l.id = k.license_id
  where md5(k.key_text) = md5($1) and k.scheme in ('code', 'pool')`
const app = new Hono().post('*', async (c) => {
  const { key } = await c.req.json<{ key: string }>()
  const { rows } = await pool.query({ name: 'validate', text, values: [key] })
  return c.json({ ok: rows.length === 1, ...rows[0] })
})
createServer(getRequestListener(app.fetch)).listen(Number(process.argv[2]), '127.0.0.1')
