/**
 * Chromium for tests, from npm alone: the browser comes compressed inside `@sparticuz/chromium` with the
 * libraries and fonts it needs, so no system package is asked for. `KEYPORT_CHROMIUM` names another binary.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const archives = join(root, 'node_modules', '@sparticuz', 'chromium', 'bin')
const cache = join(root, 'node_modules', '.cache', 'keyport-chromium-153')

/** The packaged file names only directories of a cloud function; `prefix="relative"` finds ours wherever it lies. */
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

const args = [
  '--no-sandbox',
  '--no-zygote',
  '--no-first-run',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--no-default-browser-check',
  '--no-pings',
  '--font-render-hinting=none',
]

/** Starts a headless Chromium; the caller closes it. The first call of a machine unpacks it (about 5 s). */
export async function launchBrowser(): Promise<Browser> {
  const override = process.env.KEYPORT_CHROMIUM
  if (override) return chromium.launch({ executablePath: override, args })
  const home = await unpackedChromium()
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(home, 'fonts'),
      HOME: home,
    },
  })
}

/** Unpacks beside the final place and renames, so that test files running at once never see half a browser. */
async function unpackedChromium(): Promise<string> {
  if (existsSync(cache)) return cache
  mkdirSync(dirname(cache), { recursive: true })
  const staging = mkdtempSync(`${cache}-`)
  const before = process.env.TMPDIR
  process.env.TMPDIR = staging
  try {
    const unpacking = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((name) => inflate(join(archives, name)))
    await Promise.all(unpacking)
    writeFileSync(join(staging, 'fonts', 'fonts.conf'), fontsConf)
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    renameSync(staging, cache)
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    if (!existsSync(cache)) throw error
  }
  return cache
}
