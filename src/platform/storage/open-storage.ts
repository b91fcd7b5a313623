import { join } from 'node:path'
import type { Config } from '../config.ts'
import { openDirectory } from './directory.ts'
import { openS3 } from './s3.ts'
import type { Storage } from './storage.ts'

/** The store that the configuration names. It holds no connection: opening costs nothing and needs no closing. */
export function openStorage({ s3, data_dir, storage_dir }: Pick<Config, 's3' | 'data_dir' | 'storage_dir'>): Storage {
  return s3 ? openS3(s3) : openDirectory(storage_dir ?? join(data_dir, 'files'))
}
