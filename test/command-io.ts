import { Writable } from 'node:stream'
import type { CommandIo } from '../src/platform/command.ts'

/** Where a command under test writes, and what it has written. */
export function commandIo(cwd: string): CommandIo & { written(): { stdout: string; stderr: string } } {
  const texts = { stdout: '', stderr: '' }
  const into = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _encoding, done) {
        texts[name] += chunk
        done()
      },
    })
  return {
    stdout: into('stdout'),
    stderr: into('stderr'),
    cwd,
    signal: new AbortController().signal,
    written: () => texts,
  }
}
