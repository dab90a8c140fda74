import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, sourceFiles } from './workspace.ts'

/**
 * Words of a private dialect, for which the field has a term: reported, distribution (`law` remains in
 * power laws and in two ids), random restart, warnings, repository, fraction or rate (no field is a
 * `share`).
 */
const dialect =
  /\b(?:told|lucky|doubts|house)\b|(?<!power |Power|-)\blaw\b|(?<=readonly |[{,] )(?:shares?|laws)\??: /i

/** The lines of a text that have such a word. */
const dialectIn = (file: string, text: string): string[] =>
  text
    .split('\n')
    .flatMap((line, i) => (dialect.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : []))

const readers = sourceFiles().filter(
  (file) =>
    /^(packages|apps)\/.*\.(tsx?|md)$|^[A-Z]+\.md$/.test(file) &&
    !/\.(test|bench)\.tsx?$|\/test\/|CHANGELOG/.test(file),
)

describe('names and texts', () => {
  it('use the terms of the field', () => {
    expect(
      readers.flatMap((file) => dialectIn(file, readFileSync(join(root, file), 'utf8'))),
    ).toEqual([])
  })

  it.each([
    'the user is told',
    '// the law of the inputs',
    'a lucky start',
    'readonly share: number',
  ])('%s would be found', (line) => expect(dialectIn('x.ts', line)).toHaveLength(1))

  it.each(["import '../power-law.js'", 'a power law', "'gaussian/escape-law'", 'they share it'])(
    '%s would not',
    (line) => expect(dialectIn('x.ts', line)).toEqual([]),
  )
})
