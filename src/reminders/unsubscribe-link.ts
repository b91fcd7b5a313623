import { z } from 'zod'
import { keyFor, seal, unseal } from '../platform/auth/index.ts'
import type { Config } from '../platform/config.ts'
import { urls } from '../urls.ts'
import type { Subscriber } from './preferences.ts'
import { type OptionalTopic, optionalTopics } from './rules.ts'

const purpose = 'unsubscribe'
/** Milliseconds: mails are found again after months. */
const lifetime = 400 * 86_400_000
const wishSchema = z.object({
  who: z.union([z.object({ user_id: z.uuid() }), z.object({ email: z.string() })]),
  topics: z.array(z.enum(optionalTopics)).min(1),
})

export type Wish = { who: Subscriber; topics: OptionalTopic[] }

/** An address that ends mails about the topics, for whoever has it: it needs no signing in and says nothing itself. */
export function unsubscribeAddress(config: Config, who: Subscriber, topics: OptionalTopic[], now: Date): string {
  const token = seal(keyFor(config, purpose), { who, topics }, new Date(now.getTime() + lifetime))
  return config.base_url + urls.reminders.unsubscribe.to({ token })
}

/** Who wants to hear no more of what; undefined for an address that we did not make, or a very old one. */
export function readWish(config: Config, token: string, now: Date): Wish | undefined {
  const wish = wishSchema.safeParse(unseal(keyFor(config, purpose), token, now))
  return wish.success ? wish.data : undefined
}
