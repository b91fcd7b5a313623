/** A vendor's own logo and accent colour, served under names that carry a hash of their content. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { Hono } from 'hono'
import { accentCss, defaultAccent } from '../../ui/brand.ts'
import type { Config } from '../config.ts'
import { allow } from './access.ts'
import type { PublicEnv } from './env.ts'

type Vendor = Pick<Config['vendor'], 'logo' | 'accent'>
type BrandFile = { url: string; type: string; body: Buffer }
export type BrandFiles = { logo?: BrandFile; style?: BrandFile }

const pictureTypes: Record<string, string> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
}
const known = new WeakMap<Vendor, BrandFiles>()

/**
 * The files of a vendor's brand; none for the portal's own.
 * @throws Error when the logo cannot be read or is no SVG, PNG, JPEG or WebP picture.
 */
export function brandFilesOf(vendor: Vendor): BrandFiles {
  let files = known.get(vendor)
  if (!files) {
    files = { logo: logoOf(vendor.logo), style: styleOf(vendor.accent) }
    known.set(vendor, files)
  }
  return files
}

/** Serves them, to be kept for a year. A logo may be an SVG from elsewhere: no script of it ever runs. */
export function brandWeb(vendor: Vendor): Hono<PublicEnv> {
  const { logo, style } = brandFilesOf(vendor)
  return new Hono<PublicEnv>().get('/brand/:file', allow('anyone'), (c) => {
    const found = [logo, style].find((file) => file?.url === c.req.path)
    if (!found) return c.notFound()
    return c.body(new Uint8Array(found.body), 200, {
      'content-type': found.type,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    })
  })
}

function logoOf(path: string | undefined): BrandFile | undefined {
  if (!path) return undefined
  const extension = extname(path).toLowerCase().replace('.jpeg', '.jpg')
  const type = pictureTypes[extension]
  if (!type) throw new Error(`VENDOR_LOGO: ${path} is no SVG, PNG, JPEG or WebP picture`)
  return fileOf('logo', extension, type, readFileSync(path))
}

function styleOf(accent: string): BrandFile | undefined {
  if (accent.toLowerCase() === defaultAccent) return undefined
  return fileOf('accent', '.css', 'text/css; charset=utf-8', Buffer.from(accentCss(accent)))
}

function fileOf(stem: string, extension: string, type: string, body: Buffer): BrandFile {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10)
  return { url: `/brand/${stem}.${hash}${extension}`, type, body }
}
