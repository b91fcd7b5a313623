import { argon2Sync } from 'node:crypto'
import type { Hono } from 'hono'
import { createAccount } from '../src/accounts/index.ts'
import { createApp } from '../src/app.ts'
import { systemActor } from '../src/platform/actor.ts'
import type { Config } from '../src/platform/config.ts'
import type { Db } from '../src/platform/db/index.ts'
import type { PublicEnv } from '../src/platform/http/env.ts'
import type { Services } from '../src/platform/services.ts'
import { freshDatabase } from './database.ts'
import { testServices } from './services.ts'
import { Visitor } from './visitor.ts'

export type Portal = { services: Services; config: Config; db: Db; app: Hono<PublicEnv> }

/** The whole portal over a fresh database. It believes X-Forwarded-For, so that visitors come from where they say. */
export async function openPortal(
  t: { after(done: () => Promise<void>): void },
  env: NodeJS.ProcessEnv = {},
  database?: Services['database'],
): Promise<Portal> {
  const settings = { SECRET: 'only for tests: thirty-two characters', BASE_URL: 'http://localhost', TRUST_PROXY: 'on' }
  const services = testServices(database ?? (await freshDatabase(t, 4)), { ...settings, ...env })
  return { services, config: services.config, db: services.db, app: createApp(services) }
}

export const password = 'a horse eats twelve apples'
const cheapHash = hashCheaply(password)

/** The same format as `hashPassword`, in a thousandth of its time. */
function hashCheaply(text: string): string {
  const nonce = Buffer.from('sixteen bytes of')
  const message = Buffer.from(text)
  const tag = argon2Sync('argon2id', { message, nonce, memory: 8, passes: 1, parallelism: 1, tagLength: 32 })
  const [salt, hash] = [nonce, tag].map((bytes) => bytes.toString('base64').replace(/=+$/, ''))
  return `$argon2id$v=19$m=8,t=1,p=1$${salt}$${hash}`
}

const person = {
  given_name: 'Ann',
  family_name: 'Miller',
  company: 'Acme',
  country: 'FR',
  phone: null,
  locale: 'en',
  time_zone: 'Europe/Paris',
} as const

type Person = Partial<{ given_name: string; company: string; locale: 'en' | 'fr' | 'pt-BR'; now: Date }>

/** A confirmed account with its own organization, whose password is `password`. */
export async function anAccount({ db }: Pick<Portal, 'db'>, email: string, { now, ...given }: Person = {}) {
  const actor = systemActor('test', now)
  const created = await createAccount(db, actor, {
    ...person,
    ...given,
    email,
    password_hash: cheapHash,
    confirmed: true,
  })
  if (!created) throw new Error(`${email} has an account already`)
  return { ...created, email }
}

/** An account whose owner has not opened the confirmation mail yet. */
export async function anUnconfirmedAccount({ db, config }: Portal, email: string, given: Person = {}) {
  const actor = systemActor('test', given.now)
  const created = await createAccount(db, actor, { ...person, ...given, email, password_hash: cheapHash, config })
  if (!created) throw new Error(`${email} has an account already`)
  return { ...created, email }
}

/** A browser in which the owner of an account has signed in. */
export async function signedIn({ app }: Pick<Portal, 'app'>, email: string, headers?: Record<string, string>) {
  const visitor = new Visitor(app, headers)
  const answer = await visitor.post('/login', { email, password })
  if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`)
  return visitor
}
