import { describe, expect, it } from 'vitest'
import { circles, importGraph, importsOf } from './import-circles.ts'
import { root, sourceFiles } from './workspace.ts'

/** Circles that a folder still has; a number here may only fall. */
const allowance: Record<string, number> = {}

const code = sourceFiles().filter((file) => /\.(ts|tsx|mjs|js)$/.test(file))
const found = circles(importGraph(root, code))
const folders = [...new Set(code.map((file) => file.split('/').slice(0, 2).join('/')))].filter(
  (folder) => /^(packages|apps|tooling)\//.test(folder),
)

describe('import circles, type-only and dynamic imports included', () => {
  it.each(folders)('of %s', (folder) => {
    const inside = found.filter((circle) => circle.some((file) => file.startsWith(`${folder}/`)))
    const text = inside.map((circle) => circle.join(' ↔ ')).join('\n')
    expect(inside.length, text).toBeLessThanOrEqual(allowance[folder] ?? 0)
  })

  it('are found by every kind of import', () => {
    const files = new Set(['p/a.ts', 'p/b.tsx', 'p/c.ts', 'p/d/index.ts', 'p/e.ts'])
    const text = `
      import { x } from './b.js'
      import type { C } from './c.js'
      export { d } from './d/index.js'
      // import './not-this.js'
      export const later = () => import('./e.js')
      import 'elsewhere'
      import './generated.js'
    `
    expect(importsOf('p/a.ts', text, files)).toEqual([
      'p/b.tsx',
      'p/c.ts',
      'p/d/index.ts',
      'p/e.ts',
    ])
  })

  it('are strongly connected components', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', ['e']],
      ['e', ['d']],
      ['f', ['f', 'a']],
      ['g', ['f']],
    ])
    expect(circles(graph)).toEqual([['d', 'e'], ['a', 'b', 'c'], ['f']])
  })
})
