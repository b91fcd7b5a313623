/**
 * S5: CPU of the portal's process per signed-in catalog page of 50 rows on PostgreSQL, beside the same page as a
 * constant string through the same server, alternating. Counts user and system time of all threads of the process.
 * Usage: node --import ./tools/tsx.ts bench/page-cpu.ts [--full]
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { projectRoot } from '../src/platform/root.ts'
import { memberOf } from '../test/licenses.ts'
import { fillCatalog } from '../test/many-licenses.ts'
import { anAccount, password } from '../test/portal.ts'
import { cpuMilliseconds, median, productionOnPostgres, startPortal, stopPortal } from './processes.ts'
import { atMost, report, sizeOfRun } from './report.ts'

const { licenses, rounds, pages } = sizeOfRun({
  check: { licenses: 300, rounds: 1, pages: 8 },
  small: { licenses: 20_000, rounds: 5, pages: 300 },
  full: { licenses: 200_000, rounds: 15, pages: 1000 },
})
const ports = { portal: 3979, constant: 3980 }
const email = 'ada@acme.example'
const agent = new Agent({ keepAlive: true, maxSockets: 4 })

const production = await productionOnPostgres()
const account = await anAccount({ db: production.db }, email)
await fillCatalog(production.db, memberOf(account), { licenses, customers: 200 })
const portal = await startPortal(ports.portal, { ...production.env, NODE_ENV: 'development' })
const cookie = await signIn()
const page = await get(ports.portal, cookie)
const rows = page.split('<tr').length - 2
if (rows < 50) throw new Error(`the catalog page shows ${rows} rows:\n${page.slice(0, 500)}`)
const constant = await startConstant(page)

const costs = { portal: [] as number[], constant: [] as number[] }
for (let round = -1; round < rounds; round++) {
  const cost = { portal: await costOf(portal.child, ports.portal), constant: await costOf(constant, ports.constant) }
  if (round < 0) continue
  costs.portal.push(cost.portal)
  costs.constant.push(cost.constant)
}
constant.kill()
agent.destroy()
await stopPortal(portal)
await production.close()

const [ours, bare] = [median(costs.portal), median(costs.constant)]
report({
  id: 'S5',
  work: `catalog page of ${rows} rows, ${Math.round(page.length / 1024)} kB, of ${licenses / 2} licenses: CPU a request`,
  figure: `${ours.toFixed(2)} ms`,
  limit: `${bare.toFixed(2)} ms, the same page as a constant string`,
  ratio: ours / bare,
  target: atMost(3, ours, 'ms'),
})

async function costOf(child: ChildProcess, port: number): Promise<number> {
  const before = cpuMilliseconds(child.pid!)
  let left = pages
  const fetchPages = async () => {
    while (left-- > 0) if ((await get(port, cookie)).length < page.length / 2) throw new Error('not the same page')
  }
  await Promise.all([fetchPages(), fetchPages(), fetchPages(), fetchPages()])
  return (cpuMilliseconds(child.pid!) - before) / pages
}

async function signIn(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${ports.portal}/login`, {
    method: 'POST',
    body: new URLSearchParams({ email, password }),
    headers: { origin: 'http://localhost', accept: 'text/html' },
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

function get(port: number, cookie: string): Promise<string> {
  const headers = { accept: 'text/html', cookie }
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', path: '/licenses', agent, headers }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (chunk) => (body += chunk))
      answer.once('end', () => (answer.statusCode === 200 ? resolve(body) : reject(new Error(`${answer.statusCode}`))))
    })
    asking.once('error', reject)
    asking.end()
  })
}

async function startConstant(text: string): Promise<ChildProcess> {
  const argv = [
    '--disable-warning=ExperimentalWarning',
    join(projectRoot, 'bench/constant-page.ts'),
    String(ports.constant),
  ]
  const child = spawn(process.execPath, argv, { stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin!.end(text)
  for (;;) {
    const up = await get(ports.constant, '').catch(() => undefined)
    if (up !== undefined) return child
    await wait(20)
  }
}
