/**
 * Makes the package as it is published: `npm run build -w @keyport/license`, then `npm publish packages/license/dist`.
 * Inside this repository the portal uses the sources, so nothing has to be built there.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const root = join(import.meta.dirname, '..')

/** Writes JavaScript, types, manifest, vectors and README into a folder, which it empties first. */
export function buildInto(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const tsc = join(root, '../../node_modules/typescript/bin/tsc')
  const project = join(root, 'tsconfig.build.json')
  execFileSync(process.execPath, [tsc, '-p', project, '--outDir', folder], { stdio: 'inherit' })
  const { scripts, ...manifest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const exports = { '.': { types: './index.d.ts', default: './index.js' } }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...manifest, exports }, null, 2)}\n`)
  cpSync(join(root, 'vectors'), join(folder, 'vectors'), { recursive: true })
  cpSync(join(root, 'README.md'), join(folder, 'README.md'))
  cpSync(join(root, '../../LICENSE'), join(folder, 'LICENSE'))
}

if (import.meta.main) buildInto(join(root, 'dist'))
