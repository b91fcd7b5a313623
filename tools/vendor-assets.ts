/**
 * Makes `dist/public` from `public/`, Tabler, htmx and two typefaces: only what the pages use, minified, compressed,
 * named by content. Runs at build and before start and tests; does nothing when no input changed.
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { PurgeCSS } from 'purgecss'
import subsetFont from 'subset-font'
import { icons } from '../src/ui/icons.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist', 'public')
const inRoot = (...path: string[]) => join(root, ...path)
const inModules = (...path: string[]) => join(root, 'node_modules', ...path)

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  woff2: 'font/woff2',
}
type Entry = { file: string; type: string; encodings: ('br' | 'gzip')[] }
type Writer = { folder: string; entries: Record<string, Entry> }

/** Builds when an input changed since the last time. @returns whether it did. */
export async function buildAssets(): Promise<boolean> {
  const stamp = inputsHash()
  const stampFile = join(out, 'stamp')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false
  mkdirSync(inRoot('dist'), { recursive: true })
  const writer: Writer = { folder: mkdtempSync(inRoot('dist', 'public-')), entries: {} }
  await writeFonts(writer)
  writePictures(writer)
  await writeStyle(writer)
  await writeScripts(writer)
  writeFileSync(join(writer.folder, 'manifest.json'), JSON.stringify(writer.entries, null, 2))
  writeFileSync(join(writer.folder, 'stamp'), stamp)
  rmSync(out, { recursive: true, force: true })
  renameSync(writer.folder, out)
  return true
}

/** Pages are inputs too: their class names decide what of Tabler stays. */
function inputsHash(): string {
  const sources = ['src/**/*.tsx', 'src/{ui,doctor}/*.ts', 'packages/license/src/*.ts', 'public/**/*']
  const files = globSync([...sources, 'tools/vendor-assets.ts'], { cwd: root })
  const packages = [
    '@tabler/core',
    '@tabler/icons',
    'htmx.org',
    '@fontsource-variable/inter',
    '@fontsource/jetbrains-mono',
  ]
  const manifests = packages.map((name) => inModules(name, 'package.json'))
  const hash = createHash('sha256')
  for (const file of [...files.sort().map((name) => inRoot(name)), ...manifests]) {
    if (/\.[a-z0-9]+$/.test(file)) hash.update(file).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function write(writer: Writer, name: string, content: string | Buffer): string {
  const body = Buffer.from(content)
  const [stem, extension] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)]
  const file = `${stem}.${createHash('sha256').update(body).digest('hex').slice(0, 10)}.${extension}`
  writeFileSync(join(writer.folder, file), body)
  const encodings: Entry['encodings'] = []
  if (extension !== 'woff2') {
    writeFileSync(join(writer.folder, `${file}.br`), brotliCompressSync(body))
    writeFileSync(join(writer.folder, `${file}.gz`), gzipSync(body, { level: 9 }))
    encodings.push('br', 'gzip')
  }
  writer.entries[name] = { file, type: types[extension] ?? 'application/octet-stream', encodings }
  return file
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => String.fromCodePoint(from + n)).join('')

/** Western languages in one file, the rest of Latin in another that a browser fetches only for a page that needs it. */
async function writeFonts(writer: Writer) {
  const western = `${range(0x20, 0x7e) + range(0xa0, 0xff)}ıŒœˆ˚˜–—‘’‚“”„†‡•…‰‹›€™←↑→↓−\u2009\u202f`
  const further = `${range(0x100, 0x24f) + range(0x1e00, 0x1eff)}₫₹₺₽₿`
  const inter = (part: string) =>
    readFileSync(inModules(`@fontsource-variable/inter/files/inter-${part}-wght-normal.woff2`))
  const mono = readFileSync(inModules('@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2'))
  const weights = { targetFormat: 'woff2', variationAxes: { wght: { min: 400, max: 600 } } } as const
  const features = ['kern', 'liga', 'ccmp', 'locl', 'mark', 'mkmk', 'tnum', 'cv11', 'ss03', 'case']
  write(writer, 'inter.woff2', await subsetFont(inter('latin'), western, { ...weights, keepFeatures: features }))
  write(
    writer,
    'inter-ext.woff2',
    await subsetFont(inter('latin-ext'), further, { ...weights, keepFeatures: features }),
  )
  const ascii = range(0x20, 0x7e)
  write(writer, 'mono.woff2', await subsetFont(mono, ascii, { targetFormat: 'woff2', keepFeatures: ['zero'] }))
  await writeCertificateFonts(writer, inter)
  const licenses = ['@fontsource-variable/inter', '@fontsource/jetbrains-mono'].map((name) =>
    readFileSync(inModules(name, 'LICENSE'), 'utf8'),
  )
  write(writer, 'fonts-license.txt', licenses.join('\n\n'))
}

/** For certificates, which a server draws: the scripts that Inter has, in the only format that embeds into a PDF. */
async function writeCertificateFonts({ folder }: Writer, inter: (part: string) => Buffer) {
  const all = range(0x20, 0x24f) + range(0x250, 0x52f) + range(0x1e00, 0x22ff)
  const wanted = [
    ...['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'].map((part) => [
      part,
      400,
    ]),
    ['latin', 600],
  ] as const
  for (const [part, weight] of wanted) {
    const options = { targetFormat: 'sfnt', variationAxes: { wght: Number(weight) } } as const
    const font = await subsetFont(inter(String(part)), all, options)
    writeFileSync(join(folder, `certificate-${part}-${weight}.ttf`), font)
  }
  const mono = readFileSync(inModules('@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2'))
  const code = await subsetFont(mono, range(0x20, 0x7e), { targetFormat: 'sfnt' })
  writeFileSync(join(folder, 'certificate-mono-400.ttf'), code)
}

/** Tabler without what no page names, then the portal's own sheet on top. */
async function writeStyle(writer: Writer) {
  const [tabler] = await new PurgeCSS().purge({
    content: globSync('src/**/*.tsx', { cwd: root }).map((file) => ({
      raw: readFileSync(inRoot(file), 'utf8'),
      extension: 'tsx',
    })),
    css: [{ raw: readFileSync(inModules('@tabler/core/dist/css/tabler.css'), 'utf8') }],
    defaultExtractor: (source) => source.match(/[A-Za-z0-9_-]+/g) ?? [],
    blocklist: [
      /navbar/,
      /data-theme/,
      /^(page|alert|badge|steps?|dropdown|breadcrumb|nav|tab|modal|toast|flag|chat)(-.*)?$/,
    ],
    variables: true,
    keyframes: true,
  })
  const own = readFileSync(inRoot('public/keyport.css'), 'utf8')
  const framework = withoutDataUrls(writer, tabler?.css ?? '')
  const placed = own.replace(/asset:([\w.-]+)/g, (_, name: string) => writer.entries[name]?.file ?? fail(name))
  const { code } = await transform(`${framework}\n${placed}`, { loader: 'css', minify: true, legalComments: 'none' })
  write(writer, 'keyport.css', code)
}

/** Tabler's arrows and ticks become files: the content policy allows no `data:`. */
function withoutDataUrls(writer: Writer, css: string): string {
  const names = new Map<string, string>()
  return css.replace(/url\((["'])data:image\/svg\+xml,(.*?)\1\)/g, (_, _quote, encoded: string) => {
    const name = names.get(encoded) ?? `tabler-${names.size + 1}.svg`
    if (!names.has(encoded)) write(writer, name, decodeURIComponent(encoded))
    names.set(encoded, name)
    return `url("${writer.entries[name]?.file}")`
  })
}

function fail(name: string): never {
  throw new Error(`public/keyport.css names asset:${name}, which is not built`)
}

const scripts = { 'keyport.js': 'public/scripts/keyport.js', 'doctor.js': 'src/doctor/in-browser.ts' }

async function writeScripts(writer: Writer) {
  for (const [name, entry] of Object.entries(scripts)) {
    const { outputFiles } = await build({
      entryPoints: [inRoot(entry)],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      write: false,
    })
    write(writer, name, outputFiles[0]!.text)
  }
  const htmx = readFileSync(inModules('htmx.org/dist/htmx.min.js'), 'utf8')
  write(writer, 'htmx.js', htmx.replace(/\n?\/\/# sourceMappingURL=.*$/m, ''))
}

function writePictures(writer: Writer) {
  const symbols = icons.map((name) => {
    const source = readFileSync(inModules(`@tabler/icons/icons/outline/${name}.svg`), 'utf8')
    const shapes = source.replace(/<!--[\s\S]*?-->/g, '').match(/<svg[^>]*>([\s\S]*)<\/svg>/)?.[1] ?? fail(name)
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, '')}</symbol>`
  })
  write(writer, 'icons.svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`)
  for (const name of globSync('*.svg', { cwd: inRoot('public') }))
    write(writer, name, readFileSync(inRoot('public', name)))
}

if (import.meta.main) console.log((await buildAssets()) ? 'assets built in dist/public' : 'assets are up to date')
