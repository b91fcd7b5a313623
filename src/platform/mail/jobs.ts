import type { AnyJob } from '../jobs/index.ts'
import { deliverMails } from './deliver-mails.ts'

export const mailJobs: AnyJob[] = [deliverMails]
