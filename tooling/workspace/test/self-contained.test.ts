import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, sourceFiles } from './workspace.ts'

/** How often a chain of `../` or of `'..', '..'` goes up. */
const up = (chain: string): number => chain.split('..').length - 1

/**
 * The lines of a file from which it reaches out of the repository: by more steps up than the file
 * lies deep, by a step up from the root, or by a path of one machine.
 */
export function reachesOut(file: string, text: string): string[] {
  const depth = file.split('/').length - 1
  return text.split('\n').flatMap((line, i) => {
    const chains = line.match(/(?:\.\.\/)+(?:\.\.)?|'\.\.'(?:,\s*'\.\.')*/g) ?? []
    const outside =
      chains.some((chain) => up(chain) > depth) ||
      /\broot,\s*'\.\.|\.\.\/shared\b|(?<![\w.}*])\/(?:work|home|Users|mnt)\//.test(line)
    return outside ? [`${file}:${i + 1}: ${line.trim()}`] : []
  })
}

const checked = sourceFiles().filter(
  (file) => /\.(tsx?|m?js|json|ya?ml|py|sh)$|^\.ci\//.test(file) && file !== 'pnpm-lock.yaml',
)

describe('the repository is self-contained', () => {
  it('nothing reaches out of it, but the one line of .ci/run that looks for real data', () => {
    const lines = checked.flatMap((file) =>
      reachesOut(file, readFileSync(join(root, file), 'utf8')),
    )
    expect(lines.filter((line) => !line.startsWith('.ci/run:'))).toEqual([])
    expect(lines.filter((line) => line.startsWith('.ci/run:'))).toHaveLength(1)
  })

  it.each([
    ['packages/a/test/x.ts', `new URL('${'../'.repeat(4)}data', import.meta.url)`],
    ['packages/a/x.ts', `join(import.meta.dirname, ${"'..', ".repeat(3)}'data')`],
    ['x.mjs', `join(root, ${"'..'"})`],
    ['x.mjs', `readFileSync('/${'home'}/me/data')`],
  ])('%s would by %s', (file, line) => {
    expect(reachesOut(file, line)).toHaveLength(1)
  })

  it.each([
    ['packages/a/test/x.ts', `new URL('${'../'.repeat(3)}data', import.meta.url)`],
    ['packages/a/src/x.ts', "import '../work/cells.js'"],
  ])('%s would not by %s', (file, line) => {
    expect(reachesOut(file, line)).toEqual([])
  })
})
