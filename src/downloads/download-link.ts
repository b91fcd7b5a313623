import { z } from 'zod'
import type { Member } from '../platform/actor.ts'
import { keyFor, seal, unseal } from '../platform/auth/index.ts'
import type { Config } from '../platform/config.ts'
import { uuidv7 } from '../platform/ids.ts'
import { urls } from '../urls.ts'
import { linkLifetime } from './rules.ts'

const purpose = 'download link'
const linkSchema = z.object({ id: z.uuid(), file: z.uuid(), user: z.uuid(), organization: z.uuid() })

/** What a link says: which file, for whom. Its id is that of the download it becomes. */
export type DownloadLink = z.output<typeof linkSchema>

/**
 * An address that downloads one file without signing in: for download managers and other computers of the same
 * person. It works for a day, as long as that person may download the file.
 */
export function linkTo(config: Config, actor: Member, file: { id: string; name: string }): string {
  const expires = new Date(actor.now.getTime() + linkLifetime)
  const sealed = seal(keyFor(config, purpose), newLink(actor, file), expires)
  return config.base_url + urls.software.file.to({ link: sealed, name: file.name })
}

/** What a link to a file says for the actor. */
export function newLink({ user_id: user, organization_id: organization }: Member, file: { id: string }): DownloadLink {
  return { id: uuidv7(), file: file.id, user, organization }
}

/** Undefined for a link that we did not make, that was changed, or that has expired. */
export function readLink(config: Config, sealed: string, now: Date): DownloadLink | undefined {
  const link = linkSchema.safeParse(unseal(keyFor(config, purpose), sealed, now))
  return link.success ? link.data : undefined
}
