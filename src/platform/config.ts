import { join, resolve } from 'node:path'
import { z } from 'zod'
import { projectRoot } from './root.ts'

const flag = z.enum(['on', 'off'])
const port = z.coerce.number().int().min(0).max(65535)

/** Every setting the portal reads from its environment; `docs/configuration.md` explains them to operators. */
const environmentSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().default(join(projectRoot, 'data')),
  STORAGE_DIR: z.string().optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  DATABASE_POOLER: z.enum(['off', 'transaction']).default('off'),
  SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
  KEY_ENCRYPTION_KEY: z.string().refine(isKey, 'needs 32 bytes in base64').optional(),
  KEY_ENCRYPTION_KEY_FILE: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('Keyport <licensing@keyport.example>'),
  SUPPORT_EMAIL: z.email().default('support@keyport.example'),
  WORKER: flag.default('on'),
  TRUST_PROXY: flag.default('off'),
  MAX_CONCURRENT_REQUESTS: z.coerce.number().int().min(1).max(100_000).default(100),
  SHUTDOWN_SECONDS: z.coerce.number().int().min(0).max(600).default(20),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  METRICS_TOKEN: z.string().min(16).optional(),
  VENDOR_NAME: z.string().min(1).max(60).default('Keyport'),
  VENDOR_ISSUER: z.string().min(1).max(200).optional(),
  VENDOR_ACCENT: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'needs a colour such as #1d4ed8')
    .default('#1d4ed8'),
  VENDOR_LOGO: z.string().optional(),
  VENDOR_TIME_ZONE: z.string().refine(isTimeZone, 'needs a time zone such as Europe/Berlin').default('UTC'),
})

/** An S3-compatible store; `endpoint` names the bucket: `https://s3.example.com/bucket`, `https://bucket.s3.example.com`. */
export type S3Settings = Readonly<{
  endpoint: string
  region: string
  access_key_id: string
  secret_access_key: string
}>

export type Config = Readonly<{
  production: boolean
  host: string
  port: number
  /** Origin without a trailing slash; links in e-mails begin with it. */
  base_url: string
  data_dir: string
  /** Where published and attached files lie; `files` in `data_dir` when not set. */
  storage_dir: string | undefined
  /** Files lie there instead of on this machine. */
  s3: S3Settings | undefined
  database_url: string | undefined
  database_pool: number
  /** Whether `database_url` leads to a pooler that gives each transaction another session. */
  database_pooled: boolean
  /** Signs sessions and seals forms. Like the next one always there after `withSecrets`. */
  secret: string | undefined
  /** 32 bytes in base64. */
  key_encryption_key: string | undefined
  key_encryption_key_file: string | undefined
  smtp_url: string | undefined
  mail_from: string
  support_email: string
  worker: boolean
  trust_proxy: boolean
  /** Requests beyond these are answered 503 at once, so that the others are answered in time. */
  max_concurrent_requests: number
  /** How long requests and jobs may take to finish after SIGTERM. */
  shutdown_seconds: number
  log_level: string
  metrics_token: string | undefined
  vendor: {
    name: string
    issuer: string
    accent: string
    logo: string | undefined
    /** Whose calendar says when campaigns and overlaps begin and end. */
    time_zone: string
  }
}>

/**
 * Reads and checks the environment.
 * @returns the settings, or one line per setting that is wrong or missing.
 */
export function readConfig(env: NodeJS.ProcessEnv): { ok: true; config: Config } | { ok: false; problems: string[] } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environmentSchema.safeParse(given)
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
  }
  const e = parsed.data
  const problems = [...missingForS3(e), ...(e.NODE_ENV === 'production' ? missingInProduction(e) : [])]
  if (problems.length > 0) return { ok: false, problems }
  const base_url = (e.BASE_URL ?? `http://localhost:${e.PORT}`).replace(/\/+$/, '')
  return {
    ok: true,
    config: {
      production: e.NODE_ENV === 'production',
      host: e.HOST,
      port: e.PORT,
      base_url,
      data_dir: resolve(e.DATA_DIR),
      storage_dir: e.STORAGE_DIR && resolve(e.STORAGE_DIR),
      s3: s3Of(e),
      database_url: e.DATABASE_URL,
      database_pool: e.DATABASE_POOL,
      database_pooled: e.DATABASE_POOLER === 'transaction',
      secret: e.SECRET,
      key_encryption_key: e.KEY_ENCRYPTION_KEY,
      key_encryption_key_file: e.KEY_ENCRYPTION_KEY_FILE,
      smtp_url: e.SMTP_URL,
      mail_from: e.MAIL_FROM,
      support_email: e.SUPPORT_EMAIL,
      worker: e.WORKER === 'on',
      trust_proxy: e.TRUST_PROXY === 'on',
      max_concurrent_requests: e.MAX_CONCURRENT_REQUESTS,
      shutdown_seconds: e.SHUTDOWN_SECONDS,
      log_level: e.LOG_LEVEL,
      metrics_token: e.METRICS_TOKEN,
      vendor: {
        name: e.VENDOR_NAME,
        issuer: e.VENDOR_ISSUER ?? e.VENDOR_NAME,
        accent: e.VENDOR_ACCENT,
        logo: e.VENDOR_LOGO,
        time_zone: e.VENDOR_TIME_ZONE,
      },
    },
  }
}

/** Whether a text is 32 bytes in base64 or base64url. */
export function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text)
}

function isTimeZone(text: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }))
  } catch {
    return false
  }
}

function s3Of(e: z.infer<typeof environmentSchema>): S3Settings | undefined {
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: access_key_id, S3_SECRET_ACCESS_KEY: secret_access_key } = e
  if (!endpoint || !access_key_id || !secret_access_key) return undefined
  return { endpoint, region: e.S3_REGION, access_key_id, secret_access_key }
}

function missingForS3(e: z.infer<typeof environmentSchema>): string[] {
  const needed = ['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const
  if (needed.every((name) => !e[name])) return []
  return needed.filter((name) => !e[name]).map((name) => `${name}: needed with the other S3 settings`)
}

function missingInProduction(e: z.infer<typeof environmentSchema>): string[] {
  const problems: string[] = []
  if (!e.SECRET) problems.push('SECRET: required in production, 32 random characters or more')
  if (!e.BASE_URL) problems.push('BASE_URL: required in production, for example https://licensing.example.com')
  if (!e.SMTP_URL) problems.push('SMTP_URL: required in production, for example smtps://user:password@mail.example.com')
  if (!e.KEY_ENCRYPTION_KEY && !e.KEY_ENCRYPTION_KEY_FILE) {
    problems.push('KEY_ENCRYPTION_KEY or KEY_ENCRYPTION_KEY_FILE: required in production, 32 random bytes in base64')
  }
  return problems
}
