import { createBLAKE2b, createSHA256, type IHasher } from 'hash-wasm'

/** The unfinished hashes of a file, small enough for a row. */
export type HashState = { sha256: Uint8Array; blake2b: Uint8Array }
export type Digests = { sha256: string; blake2b: Uint8Array }

/**
 * Both digests of a file that arrives in parts, going on from what an earlier part left, in whatever process that was.
 * @throws Error when the state is of another build of the hashing library: the upload has to begin anew.
 */
export async function hashOn(state: HashState | undefined, bytes: Uint8Array): Promise<HashState> {
  const hashes = await resume(state)
  return { sha256: hashes.sha256.update(bytes).save(), blake2b: hashes.blake2b.update(bytes).save() }
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
