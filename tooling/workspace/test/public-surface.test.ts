import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publicSurfaces, reachableTwice, starExports, surfaceReport } from './public-surface.ts'
import { publishedMembers, root, sourceFiles } from './workspace.ts'

/** Names of a root; names that are reachable by two paths; lines `export * from`. */
const limits = { root: 80, twice: 0, stars: 0 }

const libraries = publishedMembers().filter(({ folder }) =>
  folder.startsWith(join(root, 'packages')),
)

const surfaces = publicSurfaces(libraries)

describe.each(libraries.map((member, i) => ({ ...member, entries: surfaces[i] ?? [] })))(
  'the public surface of $manifest.name',
  ({ folder, manifest, entries }) => {
    it('is the one of its api.md', async () => {
      await expect(
        surfaceReport(manifest.name, entries),
        'the public surface changed: look at the change, then renew the report with `pnpm api`',
      ).toMatchFileSnapshot(join(folder, 'api.md'))
    })

    it('has a small root', () => {
      const names = entries.find(({ specifier }) => specifier === manifest.name)?.names ?? []
      expect(names.length).toBeGreaterThan(0)
      expect(names.length).toBeLessThanOrEqual(limits.root)
    })

    it('has one path to each name', () => {
      const twice = reachableTwice(entries)
      expect(twice.length, twice.join('\n')).toBeLessThanOrEqual(limits.twice)
    })

    it('names what it exports', () => {
      const source = `${relative(root, folder)}/src/`
      const stars = starExports(
        root,
        sourceFiles().filter((file) => file.startsWith(source) && file.endsWith('.ts')),
      )
      expect(stars.length, stars.join('\n')).toBeLessThanOrEqual(limits.stars)
    })
  },
)
