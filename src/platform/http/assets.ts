/**
 * The portal's own style, scripts, icons and fonts. The build (`tools/vendor-assets.ts`) writes them to
 * `dist/public` under names that carry a hash of their content, so a browser may keep them for ever.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { projectRoot } from '../root.ts'
import { allow } from './access.ts'
import type { PublicEnv } from './env.ts'

type Encoding = 'br' | 'gzip'
type Asset = { type: string; etag: string; body: Buffer; encoded: Partial<Record<Encoding, Buffer>> }
type Manifest = Record<string, { file: string; type: string; encodings: Encoding[] }>

export const assetsPath = '/assets'
const built = join(projectRoot, 'dist', 'public')
const extensions: Record<Encoding, string> = { br: '.br', gzip: '.gz' }

let manifest: Manifest | undefined
let files: Map<string, Asset> | undefined

/**
 * The URL of a built file, for example `asset('keyport.css')`.
 * @throws Error when the build knows no such file, or never ran.
 */
export function asset(name: string): string {
  manifest ??= readManifest()
  const found = manifest[name]
  if (!found) throw new Error(`no asset ${name} in dist/public`)
  return `${assetsPath}/${found.file}`
}

/** Serves the built files, compressed beforehand, to be kept for a year. */
export const assetsWeb = new Hono<PublicEnv>().get(`${assetsPath}/:file`, allow('anyone'), (c) => {
  files ??= readFiles(readManifest())
  const found = files.get(c.req.param('file'))
  if (!found) return c.notFound()
  const headers: Record<string, string> = {
    'content-type': found.type,
    'cache-control': 'public, max-age=31536000, immutable',
    etag: found.etag,
    vary: 'accept-encoding',
  }
  if (c.req.header('if-none-match') === found.etag) return c.body(null, 304, headers)
  const encoding = encodingFor(found, c.req.header('accept-encoding') ?? '')
  if (encoding) headers['content-encoding'] = encoding
  const body = (encoding && found.encoded[encoding]) || found.body
  return c.body(new Uint8Array(body), 200, headers)
})

function encodingFor(found: Asset, accepted: string): Encoding | undefined {
  return (['br', 'gzip'] as const).find((name) => found.encoded[name] && accepted.includes(name))
}

function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8')) as Manifest
}

function readFiles(from: Manifest): Map<string, Asset> {
  const read = (file: string) => readFileSync(join(built, file))
  return new Map(
    Object.values(from).map(({ file, type, encodings }) => [
      file,
      {
        type,
        etag: `"${file}"`,
        body: read(file),
        encoded: Object.fromEntries(encodings.map((name) => [name, read(file + extensions[name])])),
      },
    ]),
  )
}
