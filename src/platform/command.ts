import type { Writable } from 'node:stream'
import type { Services } from './services.ts'

/** Where a command of the command line writes, and where its relative file names begin. */
export type CommandIo = {
  stdout: Writable
  stderr: Writable
  /** The caller's folder: a command that runs inside the server must not use the server's. */
  cwd: string
  /** Aborted when the caller is gone. */
  signal: AbortSignal
}

/** One command. @returns the exit code: 0 done, 1 refused or failed, 2 called wrongly. */
export type Command = (services: Services, argv: string[], io: CommandIo) => Promise<number>
