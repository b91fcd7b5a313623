import type { FileHandle } from 'node:fs/promises'

/** Bytes `start` to `end`, both included. */
export type ByteRange = Readonly<{ start: number; end: number }>

/** What the store answered to a part; the caller keeps it until the upload is completed. */
export type StoredPart = Readonly<{ number: number; tag: string }>

/** How many bytes every part of an upload has, the last one excepted. S3 allows 10,000 parts: 80 GB a file. */
export const partSize = 8 * 1024 * 1024

/** How a link that gives the bytes away is made out. */
export type PresignOptions = Readonly<{
  seconds: number
  /** Under which name browsers keep the file: letters, digits, dot, dash, underscore, plus. */
  name: string
  type: string
}>

/** Where files lie. All throw AppError `storage_full` (507) or `unavailable` (503) when the store cannot. */
export type Storage = Readonly<{
  kind: 'directory' | 's3'
  /** Stores a whole file, replacing what was there. @returns its size in bytes. */
  put(key: string, body: AsyncIterable<Uint8Array>): Promise<number>
  /** Streams a file or a part of it. @throws AppError `not_found` before the first byte. */
  read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>
  /** The open file, for whoever sends it faster than a stream; undefined when it lies elsewhere. @throws `not_found` */
  openFile(key: string): Promise<FileHandle | undefined>
  /** The size in bytes, or undefined where there is no such file. */
  head(key: string): Promise<number | undefined>
  /** Deleting what is not there is done already. */
  delete(key: string): Promise<void>
  /** A URL that gives the bytes away without the portal until it expires; undefined when the store has none. */
  presign(key: string, options: PresignOptions): Promise<string | undefined>

  /** Begins a file that arrives in parts, over as many requests and processes as it takes. @returns its upload's id. */
  beginUpload(key: string): Promise<string>
  /** Stores part `number` (from 1) durably; a part sent again replaces the one before. */
  writePart(key: string, upload: string, number: number, bytes: Uint8Array): Promise<StoredPart>
  /** Puts the file in place. @throws AppError `not_found` when the upload was ended. */
  completeUpload(key: string, upload: string, parts: readonly StoredPart[], size: number): Promise<void>
  /** Forgets what arrived; an upload that is not there is forgotten already. */
  abortUpload(key: string, upload: string): Promise<void>
  /** Removes what crashes left behind and nobody touched since. S3 does this by a rule of the bucket. */
  sweep(untouchedSince: Date): Promise<number>
}>

/**
 * Names such as `releases/0198…/file`: no empty, hidden or parent folder, no character that a shell, a URL or a file
 * system reads differently. @throws TypeError, since keys are ours.
 */
export function checkKey(key: string): string {
  if (key.length > 200 || !/^[a-z0-9][\w.-]*(\/[a-z0-9][\w.-]*)*$/i.test(key)) {
    throw new TypeError(`not a storage key: ${JSON.stringify(key)}`)
  }
  return key
}

/** Collects a stream into pieces of exactly `partSize` bytes, the last one excepted; an empty stream is one empty piece. */
export async function* inParts(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting = Buffer.allocUnsafe(partSize)
  let filled = 0
  let made = 0
  for await (const chunk of body) {
    for (let taken = 0; taken < chunk.byteLength; ) {
      const piece = chunk.subarray(taken, taken + partSize - filled)
      waiting.set(piece, filled)
      filled += piece.byteLength
      taken += piece.byteLength
      if (filled < partSize) continue
      yield waiting
      made += 1
      waiting = Buffer.allocUnsafe(partSize)
      filled = 0
    }
  }
  if (filled > 0 || made === 0) yield waiting.subarray(0, filled)
}
