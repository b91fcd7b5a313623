/**
 * Files of the portal: what operators publish and what people attach, in a local directory or an S3-compatible store.
 *
 * Invariants: a key holds a whole file or none, also after a crash: bytes are collected apart, made durable, then put
 * in place at once. Keys are made by the portal and never contain what a person typed; `checkKey` refuses the rest.
 * Memory stays flat: nothing here holds more than `partSize` bytes of a file.
 * No call belongs inside a transaction: each may take as long as a network takes.
 */
export { sweepStorage } from './jobs.ts'
export { openStorage } from './open-storage.ts'
export { type ByteRange, partSize, type Storage, type StoredPart } from './storage.ts'
