import { checkListed } from '@nonconvex/tensor/check'
import type { IndicatorRows } from '../learning/sequences.js'

/**
 * Templates of token features. `word`: the token; `lower`: in lower case; `prefix`, `suffix`: its first and last one
 * to three characters; `shape`: X for capitals, x for small letters, 0 for digits, runs shortened;
 * `columns`: the other columns; `neighbors`: the token before and after in lower case, their shapes and other
 * columns, and begin and end of the sequence.
 */
export const featureTemplates = [
  'word',
  'lower',
  'prefix',
  'suffix',
  'shape',
  'columns',
  'neighbors',
] as const
export type FeatureTemplate = (typeof featureTemplates)[number]

/** 'McDonald-42' → 'XxXx-0'. */
export const wordShape = (word: string): string =>
  word
    .replaceAll(/\p{Lu}+/gu, 'X')
    .replaceAll(/\p{Ll}+/gu, 'x')
    .replaceAll(/\p{Nd}+/gu, '0')

/**
 * Names of the features that are 1 at a position.
 *
 * @param tokens - columns of each token, the word first
 * @throws ArgumentError for an unknown template
 *
 * @example
 * import { tokenFeatures } from '@nonconvex/structured/sequences'
 * console.log(tokenFeatures([['Ada'], ['slept']], 1, ['word', 'shape', 'neighbors'])) // → [ 'w=slept', 's=x', '-w=ada', '-s=Xx', 'end' ]
 */
export function tokenFeatures(
  tokens: readonly (readonly string[])[],
  t: number,
  templates: readonly FeatureTemplate[],
): string[] {
  for (const name of templates) checkListed('tokenFeatures', 'templates', name, featureTemplates)
  const [word, ...rest] = tokens[t]
  const letters = [...word]
  const others = (cells: readonly string[], side: string): string[] =>
    cells.map((cell, c) => `${side}${c + 2}=${cell}`)
  const neighbor = (at: number, side: string, edge: string): string[] => {
    if (at < 0 || at >= tokens.length) return [edge]
    const [near, ...more] = tokens[at]
    return [`${side}w=${near.toLowerCase()}`, `${side}s=${wordShape(near)}`, ...others(more, side)]
  }
  const lengths = [1, 2, 3].filter((n) => n < letters.length)
  const of: { readonly [name in FeatureTemplate]: () => string[] } = {
    word: () => [`w=${word}`],
    lower: () => [`l=${word.toLowerCase()}`],
    prefix: () => lengths.map((n) => `p=${letters.slice(0, n).join('')}`),
    suffix: () => lengths.map((n) => `x=${letters.slice(-n).join('')}`),
    shape: () => [`s=${wordShape(word)}`],
    columns: () => others(rest, ''),
    neighbors: () => [...neighbor(t - 1, '-', 'begin'), ...neighbor(t + 1, '+', 'end')],
  }
  return templates.flatMap((name) => of[name]())
}

/** Numbers of features by their names, in the order of their first occurrence. */
export type FeatureNumbers = ReadonlyMap<string, number>

/**
 * Numbers the features of training sequences.
 *
 * @example
 * import { featureNumbers } from '@nonconvex/structured/sequences'
 * console.log([...featureNumbers([[['a'], ['b']], [['a']]], ['word']).keys()]) // → [ 'w=a', 'w=b' ]
 */
export function featureNumbers(
  sequences: readonly (readonly (readonly string[])[])[],
  templates: readonly FeatureTemplate[],
): FeatureNumbers {
  const numbers = new Map<string, number>()
  for (const tokens of sequences)
    for (let t = 0; t < tokens.length; t++)
      for (const name of tokenFeatures(tokens, t, templates))
        if (!numbers.has(name)) numbers.set(name, numbers.size)
  return numbers
}

/**
 * The features of a sequence by their numbers; those without one are 0 for the model, and dropped.
 *
 * @example
 * import { featureNumbers, sequenceFeatures } from '@nonconvex/structured/sequences'
 * const numbers = featureNumbers([[['a'], ['b']]], ['word'])
 * console.log(sequenceFeatures([['b'], ['c']], ['word'], numbers).index) // → Int32Array(1) [ 1 ]
 */
export function sequenceFeatures(
  tokens: readonly (readonly string[])[],
  templates: readonly FeatureTemplate[],
  numbers: FeatureNumbers,
): IndicatorRows {
  const start = new Int32Array(tokens.length + 1)
  const index: number[] = []
  for (let t = 0; t < tokens.length; t++) {
    const found = tokenFeatures(tokens, t, templates)
      .map((name) => numbers.get(name))
      .filter((number) => number !== undefined)
    index.push(...new Set(found))
    start[t + 1] = index.length
  }
  return { rows: tokens.length, cols: numbers.size, start, index: Int32Array.from(index) }
}
