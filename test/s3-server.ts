/** A real S3-compatible server on loopback, which checks every signature. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from '@20minutes/s3rver'
import type { S3Settings } from '../src/platform/config.ts'

type Scope = { after(done: () => Promise<void>): void }

/** Starts one with an empty bucket. @returns how to reach it. */
export async function startS3(scope: Scope): Promise<S3Settings> {
  const directory = await mkdtemp(join(tmpdir(), 'keyport-s3-'))
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'files' }],
  })
  await server.configureBuckets()
  const { port } = await server.run()
  scope.after(async () => {
    await server.close()
    await rm(directory, { recursive: true })
  })
  return {
    endpoint: `http://127.0.0.1:${port}/files`,
    region: 'us-east-1',
    access_key_id: 'S3RVER',
    secret_access_key: 'S3RVER',
  }
}
