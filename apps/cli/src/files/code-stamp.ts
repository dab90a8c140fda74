import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: { readonly [name: string]: string }
}

/** The folder that holds the package.json of `name`, as seen from the module at `from`. */
function folderOf(name: string, from: string): string {
  return dirname(createRequire(from).resolve(`${name}/package.json`))
}

function collect(folder: string, into: Map<string, string>): void {
  if (into.has(folder)) return
  const path = join(folder, 'package.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
  const hash = createHash('sha256')
  const files = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.js')).sort())
    hash.update(`${file}\n`).update(readFileSync(join(folder, 'dist', file)))
  into.set(folder, `${manifest.name}@${manifest.version} ${hash.digest('hex')}`)
  for (const name of Object.keys(manifest.dependencies ?? {}))
    if (name.startsWith('@nonconvex/')) collect(folderOf(name, path), into)
}

/**
 * A digest of the code that makes rows: the compiled files of the experiments and of every package
 * of ours below them. Rows that other code made are never mixed with new ones.
 *
 * Cost: a few milliseconds; about a hundred small files are read.
 */
export function codeStamp(): string {
  const packages = new Map<string, string>()
  collect(folderOf('@nonconvex/experiments', import.meta.url), packages)
  const lines = [...packages.values()].sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)
}
