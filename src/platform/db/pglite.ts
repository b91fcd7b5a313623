import { closeSync, fsyncSync, openSync } from 'node:fs'
import { MemoryFS, PGlite } from '@electric-sql/pglite'
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** The extensions that migrations may create; PGlite wants them on every open. */
const extensions = { pg_trgm, btree_gin }

/** Session settings as on a server. */
const everywhere = [
  'timezone=UTC',
  'datestyle=ISO,MDY',
  'client_min_messages=warning',
  'log_startup_progress_interval=0',
]

/**
 * Nothing checkpoints in the background here (see `maintain`): without a small max_wal_size the log grows to
 * gigabytes, and recovery takes minutes.
 */
const onDisk = [
  'fsync=on',
  'synchronous_commit=on',
  'wal_sync_method=fsync',
  'full_page_writes=on',
  'shared_buffers=16MB',
  'min_wal_size=32MB',
  'max_wal_size=128MB',
]

/** A PGlite in this thread and in memory, from a tar of an existing database: nothing of it reaches the disk. */
export function openInMemory(files: Uint8Array): Promise<PGlite> {
  return PGlite.create({ extensions, startParams: startParams(everywhere), loadDataDir: new Blob([files as BlobPart]) })
}

/** Makes a database in memory. @returns its files as a tar, after `prepare` and a clean shutdown. */
export async function makeDatabase(prepare: (lite: PGlite) => Promise<void>): Promise<Uint8Array> {
  const fs = new KeptFiles()
  const lite = await PGlite.create({ fs, extensions, startParams: startParams(everywhere) })
  await prepare(lite)
  await lite.close()
  return new Uint8Array(await fs.tar!.arrayBuffer())
}

/** Files in memory, of which a tar remains. */
class KeptFiles extends MemoryFS {
  tar: Blob | undefined

  override async closeFs(): Promise<void> {
    this.tar = await this.dumpTar('database', 'none')
    await super.closeFs()
  }
}

/**
 * A PGlite in this thread whose commits are on the disk when they are acknowledged, which stock PGlite's are not.
 * `settings` come on top.
 * @throws Error when a commit did not force anything to the disk: running on would risk acknowledged data.
 */
export async function openOnDisk(folder: string, settings: string[] = []): Promise<PGlite> {
  const fs = new DurableFiles(folder)
  const lite = await PGlite.create({
    fs,
    extensions,
    startParams: startParams([...everywhere, ...onDisk, ...settings], ['-F']),
  })
  const before = fs.forced
  await lite.query(`select pg_logical_emit_message(true, 'keyport', 'is this commit forced to the disk?')`)
  if (fs.forced > before) return lite
  await lite.close()
  throw new Error('the embedded database does not force its commits to the disk: refusing to run')
}

function startParams(settings: string[], without: string[] = []): string[] {
  const kept = PGlite.defaultStartParams.filter((each) => !without.includes(each))
  return [...kept, ...settings.flatMap((each) => ['-c', each])]
}

/** The parts of Emscripten's file system that matter here; a stream of a folder has no descriptor of its own. */
type Stream = { nfd?: number | null; node: unknown }
type NodeFiles = { stream_ops: { fsync?: (stream: Stream) => number }; realPath(node: unknown): string }

/** PGlite's files in a folder, with the `fsync` that it leaves out. */
class DurableFiles extends NodeFS {
  /** How many times something was forced to the disk. */
  forced = 0

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args)
    const addFsync = (module: { NODEFS: unknown }) => {
      const files = module.NODEFS as NodeFiles
      files.stream_ops.fsync = (stream) => this.#force(files, stream)
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } }
  }

  #force(files: NodeFiles, stream: Stream): number {
    const own = stream.nfd ?? openSync(files.realPath(stream.node), 'r')
    fsyncSync(own)
    if (own !== stream.nfd) closeSync(own)
    this.forced += 1
    return 0
  }
}
