import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of Keyport's own package.json: the same answer from source, from dist/ and from a container. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(folder: string): string {
  const manifest = join(folder, 'package.json')
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'keyport') return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('keyport: no package.json named "keyport" above the program')
  return findRoot(parent)
}
