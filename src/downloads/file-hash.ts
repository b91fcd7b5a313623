import { setImmediate } from 'node:timers/promises'
import { createBLAKE2b, createSHA256, type IHasher } from 'hash-wasm'

/** The unfinished hashes of a file, small enough for a row. */
export type HashState = { sha256: Uint8Array; blake2b: Uint8Array }
/** Bytes hashed before others have their turn. */
const slice = 256 * 1024

export type Digests = { sha256: string; blake2b: Uint8Array }

/**
 * Both digests of a file that arrives in parts, going on from what an earlier part left, in whatever process that was.
 * @throws Error when the state is of another build of the hashing library: the upload has to begin anew.
 */
export async function hashOn(state: HashState | undefined, bytes: Uint8Array): Promise<HashState> {
  const { sha256, blake2b } = await resume(state)
  for (let at = 0; at < bytes.byteLength; at += slice) {
    const some = bytes.subarray(at, at + slice)
    sha256.update(some)
    blake2b.update(some)
    // A part takes long enough to be felt by everybody else whom this process answers.
    await setImmediate()
  }
  return { sha256: sha256.save(), blake2b: blake2b.save() }
}

/** The digests of everything that was hashed so far. */
export async function digestsOf(state: HashState): Promise<Digests> {
  const { sha256, blake2b } = await resume(state)
  return { sha256: sha256.digest('hex'), blake2b: blake2b.digest('binary') }
}

async function resume(state: HashState | undefined): Promise<{ sha256: IHasher; blake2b: IHasher }> {
  const [sha256, blake2b] = await Promise.all([createSHA256(), createBLAKE2b(512)])
  return state
    ? { sha256: sha256.load(state.sha256), blake2b: blake2b.load(state.blake2b) }
    : { sha256: sha256.init(), blake2b: blake2b.init() }
}
