/** A node of the portal that only delivers mail; tests start it as a process of its own, to kill it. */
import process from 'node:process'
import { readConfig } from '../src/platform/config.ts'
import { startWorker } from '../src/platform/jobs/index.ts'
import { mailJobs } from '../src/platform/mail/index.ts'
import { openServices } from '../src/platform/services.ts'

const read = readConfig(process.env)
if (!read.ok) throw new Error(read.problems.join('; '))
await startWorker(await openServices(read.config), mailJobs)
