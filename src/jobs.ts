/** Every job of the portal: what a worker runs. */
import type { AnyJob } from './platform/jobs/index.ts'

export const jobs: AnyJob[] = []
