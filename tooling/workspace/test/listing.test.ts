import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { root } from './workspace.ts'

/**
 * Modules that a built file brings as it is loaded; what it brings later, by `import()`, is not
 * among them.
 */
function imports(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return []
    const from = statement.moduleSpecifier
    return from && ts.isStringLiteral(from) ? [from.text] : []
  })
}

/**
 * The files of the workspace's packages that are loaded with a built file, each as the chain of
 * files that brings it.
 */
function loadedWith(entry: string): string[][] {
  const chains = new Map([[entry, [entry]]])
  for (const [file, chain] of chains)
    for (const name of imports(file)) {
      if (!/^(\.|@nonconvex\/)/.test(name)) continue
      const target = createRequire(file).resolve(name)
      if (!chains.has(target)) chains.set(target, [...chain, target])
    }
  return [...chains.values()].map((chain) => chain.map((file) => relative(packages, file)))
}

const packages = join(root, 'packages')
const built = (file: string): string => join(packages, 'experiments', 'dist', file)

/** Tables and forms of the theory packages, and checks of arguments: nothing that computes. */
const plain = [
  'gaussian-theory/dist/data/index.js',
  'gaussian-theory/dist/hardness/set-system.js',
  'gaussian-theory/dist/restarts/reference-rates.js',
  'tensor/dist/check/index.js',
  'tensor/dist/check/errors.js',
  'tensor/dist/check/numbers.js',
  'tensor/dist/check/arrays.js',
]

const isPlain = (file = ''): boolean =>
  (file.startsWith('experiments/') && !file.endsWith('/work.js')) || plain.includes(file)

/** The chains that leave what is plain, each up to the first file that is not. */
const engines = (entry: string): string[] =>
  loadedWith(built(entry))
    .filter((chain) => chain.slice(0, -1).every(isPlain) && !isPlain(chain.at(-1)))
    .map((chain) => chain.join(' → '))

describe('who lists the experiments loads no engine', () => {
  it('neither through parameters nor through cells', () => {
    expect(engines('registry.js')).toEqual([])
  })

  it('while what concludes one of them loads its theory', () => {
    expect(engines('gaussian/overlap-restarts/found.js').join('\n')).toContain(
      '→ gaussian-theory/dist/restarts/index.js',
    )
  })
})
