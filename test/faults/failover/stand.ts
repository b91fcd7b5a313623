/**
 * Two PostgreSQL servers that Patroni keeps (etcd knows who leads), and HAProxy in front of them; all on this machine.
 * Needs Debian's packages patroni, etcd-server, haproxy, postgresql; started by root, servers run as the user postgres.
 */
import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../process.ts'
import type { Scope } from '../place.ts'

const programs = { patroni: '/usr/bin/patroni', etcd: '/usr/bin/etcd', haproxy: '/usr/sbin/haproxy' }

type Values = Record<string, string | number>

export type Member = {
  name: string
  rest: string
  start(): void
  /** What this server writes does not reach the other one any more. */
  cutOff(): void
  /** To Patroni, the server and all of its processes at once, as if their machine was lost. */
  signal(name: 'SIGKILL' | 'SIGSTOP'): void
}

export type Stand = {
  /** Leads to whoever leads. */
  url: string
  leader(): Promise<Member>
  /** Waits until one leads and the other has all that is acknowledged. */
  untilWhole(): Promise<void>
  /** Hands the lead over in order. */
  switchOver(): Promise<void>
}

export function isInstalled(): boolean {
  return Object.values(programs).every(existsSync)
}

export async function aStand(t: Scope): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), 'keyport-stand-'))
  const who = postgresUser()
  if (who) chownSync(folder, who.uid, who.gid)
  const children: ChildProcess[] = []
  const ports = await Promise.all(Array.from({ length: 7 }, freePort))
  const [etcd, peer, one, one_rest, two, two_rest, database] = ports as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const run = (program: keyof typeof programs, argv: string[], options: SpawnOptions = {}) => {
    const child = spawn(programs[program], argv, { cwd: folder, stdio: 'ignore', ...options })
    children.push(child)
    return child
  }
  const members = [
    aMember(folder, { name: 'one', port: one, rest: one_rest, etcd }, (file) => run('patroni', [file], { ...who })),
    aMember(folder, { name: 'two', port: two, rest: two_rest, etcd }, (file) => run('patroni', [file], { ...who })),
  ]
  t.after(() => {
    for (const member of members) member.signal('SIGKILL')
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  const [client_url, peer_url] = [`http://127.0.0.1:${etcd}`, `http://127.0.0.1:${peer}`]
  run('etcd', [
    ...['--data-dir', join(folder, 'etcd'), '--initial-cluster', `default=${peer_url}`],
    ...['--listen-client-urls', client_url, '--advertise-client-urls', client_url],
    ...['--listen-peer-urls', peer_url, '--initial-advertise-peer-urls', peer_url],
  ])
  const cfg = filled('database.cfg', join(folder, 'database.cfg'), { database, one, one_rest, two, two_rest })
  run('haproxy', ['-db', '-f', cfg])
  const leader = () => findLeader(members)
  members[0]!.start()
  await until('the first member leads', 60, leader)
  members[1]!.start()
  const untilWhole = async () => void (await until('the other follows synchronously', 120, () => isWhole(members)))
  await untilWhole()
  return {
    url: `postgres://postgres@127.0.0.1:${database}/postgres`,
    leader: async () => (await leader())!,
    untilWhole,
    switchOver: async () => {
      const from = (await leader())!
      const answer = await fetch(`${from.rest}/switchover`, {
        method: 'POST',
        body: JSON.stringify({ leader: from.name }),
      })
      if (answer.status !== 200) throw new Error(`the switchover answered ${answer.status} ${await answer.text()}`)
    },
  }
}

/** HAProxy in front of two nodes of the portal. @returns the address that browsers would use. */
export async function aBalancer(t: Scope, nodes: { one: number; two: number }): Promise<{ url: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyport-balancer-'))
  const portal = await freePort()
  const cfg = filled('portal.cfg', join(folder, 'portal.cfg'), { portal, ...nodes })
  const child = spawn(programs.haproxy, ['-db', '-f', cfg], { stdio: 'ignore' })
  t.after(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  const url = `http://127.0.0.1:${portal}`
  await until('the balancer leads to a node', 20, async () => (await fetch(`${url}/readyz`)).status === 200)
  return { url }
}

/** Asks until the answer is good. @throws Error after so many seconds. */
async function until<T>(what: string, seconds: number, ask: () => Promise<T | undefined | false>): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(100)) {
    const answer = await ask().catch(() => undefined)
    if (answer) return answer
  }
  throw new Error(`after ${seconds} s it is not so that ${what}`)
}

type MemberValues = { name: string; port: number; rest: number; etcd: number }

function aMember(stand: string, values: MemberValues, run: (file: string) => ChildProcess): Member {
  const folder = join(stand, values.name)
  const bin = globSync('/usr/lib/postgresql/*/bin').sort().at(-1)!
  const pidFile = join(folder, 'data', 'postmaster.pid')
  let patroni: ChildProcess | undefined
  return {
    name: values.name,
    rest: `http://127.0.0.1:${values.rest}`,
    start() {
      const who = postgresUser()
      mkdirSync(folder, { recursive: true })
      if (who) chownSync(folder, who.uid, who.gid)
      patroni = run(filled('patroni.yml', join(folder, 'patroni.yml'), { ...values, folder, bin }))
    },
    cutOff() {
      const senders = processesOf(pidFile).filter((pid) => readFileSync(`/proc/${pid}/cmdline`).includes('walsender'))
      if (senders.length === 0) throw new Error(`${values.name} sends nothing to the other one`)
      for (const pid of senders) send(pid, 'SIGSTOP')
    },
    signal(name) {
      const all = [patroni?.pid, ...processesOf(pidFile)]
      for (const pid of all) if (pid) send(pid, name)
    },
  }
}

/** The server's first process, and those it made. */
function processesOf(pidFile: string): number[] {
  if (!existsSync(pidFile)) return []
  const first = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!existsSync(`/proc/${first}`)) return []
  const made = readFileSync(`/proc/${first}/task/${first}/children`, 'utf8').trim().split(' ').filter(Boolean)
  return [first, ...made.map(Number)]
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function findLeader(members: Member[]): Promise<Member | undefined> {
  for (const member of members) {
    const answer = await fetch(`${member.rest}/primary`, { signal: AbortSignal.timeout(1000) }).catch(() => undefined)
    if (answer?.status === 200) return member
  }
  return undefined
}

async function isWhole(members: Member[]): Promise<boolean> {
  const of = async (role: string) => {
    const asked = members.map((member) => fetch(`${member.rest}/${role}`, { signal: AbortSignal.timeout(1000) }))
    return (await Promise.all(asked)).filter(({ status }) => status === 200).length
  }
  return (await of('primary')) === 1 && (await of('synchronous')) === 1
}

function filled(template: string, file: string, values: Values): string {
  const text = readFileSync(join(import.meta.dirname, template), 'utf8')
  writeFileSync(
    file,
    text.replaceAll(/\$(\w+)/g, (all, name) => String(values[name] ?? all)),
  )
  return file
}

function postgresUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const numberOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: numberOf('-u'), gid: numberOf('-g') }
}
