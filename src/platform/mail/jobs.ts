import type { AnyJob } from '../jobs/index.ts'
import { deliverMails } from './deliver-mails.ts'
import { purgeMails } from './purge-mails.ts'

export const mailJobs: AnyJob[] = [deliverMails, purgeMails]
