import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, isKey } from './config.ts'

/** A setting that is well-formed but cannot be used; the message is one line for the operator. */
export class ConfigProblem extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigProblem'
  }
}

/**
 * The configuration with its secrets: from the environment, from the file it names, or – outside production – made
 * once and kept in `data_dir`, readable by the owner only.
 * @throws ConfigProblem when a file cannot be read or holds no key.
 */
export function withSecrets(config: Config): Config {
  return {
    ...config,
    secret: config.secret ?? kept(config, 'secret'),
    key_encryption_key: config.key_encryption_key ?? readKeyFile(config) ?? kept(config, 'key-encryption-key'),
  }
}

function readKeyFile(config: Config): string | undefined {
  const file = config.key_encryption_key_file
  if (!file) return undefined
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new ConfigProblem(`KEY_ENCRYPTION_KEY_FILE: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!isKey(text)) throw new ConfigProblem(`KEY_ENCRYPTION_KEY_FILE: ${file} does not hold 32 bytes in base64`)
  return text
}

/** Linking makes the file whole or absent, and lets the first of two processes win. */
function kept(config: Config, name: string): string {
  if (config.production) throw new ConfigProblem(`${name}: required in production`)
  const file = join(config.data_dir, name)
  const found = readIfThere(file)
  if (found) return found
  mkdirSync(config.data_dir, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
  return readFileSync(file, 'utf8').trim()
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
