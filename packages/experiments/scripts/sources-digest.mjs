import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const packages = join(import.meta.dirname, '../..')

/**
 * SHA-256 of all that the result of an experiment can depend on: the sources of the packages, other
 * than tests, and the versions of what they use.
 */
export function sourcesDigest() {
  const hash = createHash('sha256')
  const add = (file) => hash.update(`${file}\0`).update(readFileSync(join(packages, file)))
  add('../pnpm-lock.yaml')
  for (const name of readdirSync(packages).sort())
    for (const file of readdirSync(join(packages, name, 'src'), { recursive: true }).sort())
      if (/\.\w+$/.test(file) && !/\.(test|bench)\.ts$/.test(file)) add(join(name, 'src', file))
  return hash.digest('hex')
}
