import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Manifest {
  readonly name: string
  readonly dependencies?: { readonly [name: string]: string }
}

/** The folder that Node takes `name` from, seen from `from`. */
function found(name: string, from: string): string {
  const base = createRequire(join(from, 'package.json'))
  for (const folder of base.resolve.paths(name) ?? [])
    if (existsSync(join(folder, name, 'package.json'))) return join(folder, name)
  throw new Error(`${name} is not there, seen from ${from}`)
}

/**
 * Puts the program and our packages into `folder`/node_modules as files of their own, so that a
 * test may damage them, without types and source maps; what is not ours is linked.
 *
 * @returns the program's launcher
 */
export function installedCopy(folder: string): string {
  const modules = join(folder, 'node_modules')
  const put = (name: string, from: string) => {
    const target = join(modules, name)
    if (existsSync(target)) return
    mkdirSync(dirname(target), { recursive: true })
    if (name !== 'nonconvex' && !name.startsWith('@nonconvex/')) {
      symlinkSync(from, target)
      return
    }
    mkdirSync(target)
    const runs = (path: string) => !/\.(map|d\.ts|tsbuildinfo)$/.test(path)
    for (const entry of readdirSync(from).filter((entry) =>
      /^(dist|bin|proofs|package\.json)$/.test(entry),
    ))
      cpSync(join(from, entry), join(target, entry), { recursive: true, filter: runs })
    const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Manifest
    for (const needed of Object.keys(manifest.dependencies ?? {})) put(needed, found(needed, from))
  }
  put('nonconvex', fileURLToPath(new URL('..', import.meta.url)))
  return join(modules, 'nonconvex', 'bin', 'nonconvex.js')
}
