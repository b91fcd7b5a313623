/** Files in an S3-compatible store. What people download goes by presigned URL, not through the portal. */
import { S3mini, S3ServiceError } from 's3mini'
import type { S3Settings } from '../config.ts'
import { AppError } from '../errors.ts'
import { checkKey, inParts, type Storage, type StoredPart } from './storage.ts'

const type = 'application/octet-stream'

/** `endpoint` names the bucket too. Nothing is sent before the first call. */
export function openS3(settings: S3Settings): Storage {
  const s3 = new S3mini({
    endpoint: settings.endpoint,
    region: settings.region,
    accessKeyId: settings.access_key_id,
    secretAccessKey: settings.secret_access_key,
  })
  const etagged = (parts: readonly StoredPart[]) => parts.map(({ number, tag }) => ({ partNumber: number, etag: tag }))

  async function writePart(key: string, upload: string, number: number, bytes: Uint8Array): Promise<StoredPart> {
    checkKey(key)
    const { etag } = await asking(() => s3.uploadPart(key, upload, bytes, number))
    return { number, tag: etag }
  }

  async function abortUpload(key: string, upload: string): Promise<void> {
    checkKey(key)
    await asking(() => s3.abortMultipartUpload(key, upload)).catch(ignoreRefusal)
  }

  /** One request for what fits into a part, which most files do. */
  async function put(key: string, body: AsyncIterable<Uint8Array>): Promise<number> {
    checkKey(key)
    const parts = inParts(body)
    const first = (await parts.next()).value as Uint8Array
    const second = await parts.next()
    if (second.done) {
      await asking(() => s3.putObject(key, first, type))
      return first.byteLength
    }
    return putInParts(key, [first, second.value], parts)
  }

  async function putInParts(key: string, read: Uint8Array[], more: AsyncIterable<Uint8Array>): Promise<number> {
    const upload = await asking(() => s3.getMultipartUploadId(key, type))
    const stored: StoredPart[] = []
    let size = 0
    const write = async (part: Uint8Array) => {
      stored.push(await writePart(key, upload, stored.length + 1, part))
      size += part.byteLength
    }
    try {
      for (let part = read.shift(); part; part = read.shift()) await write(part)
      for await (const part of more) await write(part)
      await asking(() => s3.completeMultipartUpload(key, upload, etagged(stored)))
      return size
    } catch (error) {
      await abortUpload(key, upload)
      throw error
    }
  }

  return {
    kind: 's3',
    put,

    async read(key, range) {
      checkKey(key)
      const whole = range === undefined
      const found = await asking(() => s3.getObjectRaw(key, whole, range?.start, range && range.end + 1))
      return found.body ?? new Blob([]).stream()
    },

    openFile: async () => undefined,

    async head(key) {
      checkKey(key)
      if (!(await asking(() => s3.objectExists(key)))) return undefined
      return asking(() => s3.getContentLength(key))
    },

    async delete(key) {
      checkKey(key)
      await asking(() => s3.deleteObject(key)).catch(ignoreRefusal)
    },

    presign(key, { seconds, name, type: content }) {
      // The library signs apostrophes and parentheses as they are, which S3 does not: names never hold any.
      if (!/^[\w.+-]+$/.test(name)) throw new TypeError(`not a name for a download: ${JSON.stringify(name)}`)
      return s3.getPresignedUrl('GET', checkKey(key), seconds, {
        'response-content-disposition': `attachment; filename="${name}"`,
        'response-content-type': content,
      })
    },

    async beginUpload(key) {
      checkKey(key)
      return asking(() => s3.getMultipartUploadId(key, type))
    },

    writePart,

    async completeUpload(key, upload, parts) {
      await asking(() => s3.completeMultipartUpload(key, upload, etagged(parts)))
    },

    abortUpload,
    sweep: async () => 0,
  }
}

/** What the store refuses becomes what the portal knows; the library wraps some refusals once more. */
async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const refusal = [error, (error as Error).cause].find((each) => each instanceof S3ServiceError)
    if (refusal?.status === 404) throw new AppError('not_found', 'no such file', { cause: error })
    if (refusal && refusal.status < 500) throw error
    throw new AppError('unavailable', 'the store of files does not answer', { cause: error, retry_after: 5 })
  }
}

/** What is gone is gone; stores that cannot abort an upload forget it by the rule of their bucket. */
function ignoreRefusal(error: unknown): undefined {
  const cannot = error instanceof S3ServiceError && [405, 501].includes(error.status)
  if (!cannot && !(error instanceof AppError && error.code === 'not_found')) throw error
}
