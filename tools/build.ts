/**
 * Bundles the programs to `dist/`: `node dist/cli.js serve` needs no compiler and starts fast. Also makes the assets
 * and the template of an empty embedded database. Does nothing when no input changed.
 */
import { createHash, randomUUID } from 'node:crypto'
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import type { OutputFile } from 'esbuild'
import { projectRoot } from '../src/platform/root.ts'

const out = join(projectRoot, 'dist')
const stampFile = join(out, 'stamp')

/** Builds what is out of date. @returns whether anything was. */
export async function build(): Promise<boolean> {
  const stamp = stampOfInputs()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false
  mkdirSync(out, { recursive: true })
  const { buildAssets } = await import('./vendor-assets.ts')
  await buildAssets()
  await buildPrograms()
  // Its process would stay beside the portal's.
  await (await import('esbuild')).stop()
  const { buildTemplate } = await import('../src/platform/db/template.ts')
  await buildTemplate()
  replace(stampFile, stamp)
  return true
}

/** Names, sizes and times of everything that goes in. */
function stampOfInputs(): string {
  const inputs = ['{src,messages,public,db/migrations}/**/*', 'packages/*/src/**', 'tools/{build,vendor-assets}.ts']
  const files = globSync([...inputs, 'package-lock.json'], { cwd: projectRoot }).sort()
  const hash = createHash('sha256')
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(projectRoot, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const requireForCommonJs = `import { createRequire as requireFrom } from 'node:module'
const require = requireFrom(import.meta.url)`

/**
 * Packages are bundled, too: finding and reading their thousands of files is most of a start. The embedded engine
 * stays outside, it finds its data beside itself. Threads are programs of their own.
 */
async function buildPrograms(): Promise<void> {
  const esbuild = await import('esbuild')
  const threads = globSync('src/**/*-thread.ts', { cwd: projectRoot })
  const { outputFiles } = await esbuild.build({
    absWorkingDir: projectRoot,
    entryPoints: ['src/cli.ts', 'src/server.ts', ...threads],
    entryNames: '[name]',
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: ['@electric-sql/*', 'pg-native'],
    banner: { js: requireForCommonJs },
    sourcemap: 'linked',
    logLevel: 'warning',
    write: false,
  })
  writePrograms(outputFiles)
}

/**
 * A running server still loads parts of the build it started from. Those are named by content, so they stay beside
 * the new ones for a day; programs come last, when all they need is there.
 */
function writePrograms(files: OutputFile[]): void {
  const isPart = (path: string) => /-[A-Z0-9]{8}\.js(\.map)?$/.test(path)
  for (const file of files.toSorted((a, b) => Number(isPart(b.path)) - Number(isPart(a.path)))) {
    replace(file.path, file.contents)
  }
  const present = new Set(files.map((file) => basename(file.path)))
  const day = 86_400_000
  for (const name of readdirSync(out)) {
    const path = join(out, name)
    if (isPart(name) && !present.has(name) && Date.now() - statSync(path).mtimeMs > day) rmSync(path)
  }
}

function replace(path: string, contents: string | Uint8Array): void {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, contents)
  renameSync(draft, path)
}

if (import.meta.main) console.log((await build()) ? 'built in dist/' : 'dist/ is up to date')
