import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { minVersion, satisfies } from 'semver'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { publishedMembers, root } from './workspace.ts'

interface Snapshot {
  readonly dependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

interface Importer {
  readonly dependencies?: Record<string, { readonly version: string }>
  readonly optionalDependencies?: Record<string, { readonly version: string }>
}

interface Lockfile {
  readonly importers: Record<string, Importer>
  readonly packages: Record<string, { engines?: { node?: string } }>
  readonly snapshots: Record<string, Snapshot>
}

const lockfile = parse(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')) as Lockfile
const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly engines: { readonly node: string }
}
const oldest = minVersion(engines.node)?.version ?? ''

/** Everything that npm installs with our packages, as `name@version`. */
function installed(): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (key: string): void => {
    if (found.has(key) || key.includes('@link:')) return
    found.add(key)
    const { dependencies, optionalDependencies } = lockfile.snapshots[key]
    for (const [name, version] of Object.entries({ ...dependencies, ...optionalDependencies }))
      add(`${name}@${version}`)
  }
  for (const { folder } of publishedMembers()) {
    const { dependencies, optionalDependencies } = lockfile.importers[relative(root, folder)]
    for (const [name, one] of Object.entries({ ...dependencies, ...optionalDependencies }))
      add(`${name}@${one.version}`)
  }
  return found
}

it(`every package that comes with ours accepts Node ${oldest}`, () => {
  const all = [...installed()]
  expect(all.length).toBeGreaterThan(20)
  const refuses = all.filter((key) => {
    const node = lockfile.packages[key.replace(/\(.*$/, '')].engines?.node
    return node !== undefined && !satisfies(oldest, node)
  })
  expect(refuses).toEqual([])
})
