/** A part of page-cpu.ts: answers every request with the text that comes in on standard input, by the portal's server. */
import { createServer } from 'node:http'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'

const page = await text(process.stdin)
const app = new Hono().get('*', (c) => c.html(page))
createServer(getRequestListener(app.fetch)).listen(Number(process.argv[2]), '127.0.0.1')
