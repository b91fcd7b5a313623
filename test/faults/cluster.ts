import { execFileSync } from 'node:child_process'
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { freePort } from '../process.ts'
import type { Scope } from './place.ts'

/** A PostgreSQL server of its own, which a trial may really stop; `crash` ends it without a checkpoint. */
export type Cluster = { url: string; start(): void; stop(): void; crash(): void }

/** Needs PostgreSQL's programs on this machine; started by root, it runs as the user postgres. */
export async function aCluster(t: Scope): Promise<Cluster> {
  const bin = globSync('/usr/lib/postgresql/*/bin').sort().at(-1)
  if (!bin) throw new Error('the programs of PostgreSQL are not installed here')
  const folder = mkdtempSync(join(tmpdir(), 'keyport-cluster-'))
  const numberOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const who = process.getuid?.() === 0 ? { uid: numberOf('-u'), gid: numberOf('-g') } : undefined
  if (who) chownSync(folder, who.uid, who.gid)
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(bin, program), ['-D', folder, ...args], { ...who, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  const options = `-p ${port} -h 127.0.0.1 -k ${folder} -c shared_buffers=64MB`
  const start = () => void run('pg_ctl', 'start', '-w', '-o', options, '-l', join(folder, 'log'))
  const stop = (mode: string) => void run('pg_ctl', 'stop', '-w', '-m', mode)
  run('initdb', '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync')
  start()
  t.after(() => {
    try {
      stop('immediate')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  return { url, start, stop: () => stop('fast'), crash: () => stop('immediate') }
}
