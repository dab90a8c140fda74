import { DataError, shown } from './data-error.js'

/** The labels of the positive and negative class. */
export interface Classes {
  /** labels of class +1 */
  readonly positive: readonly string[]
  /** labels of class −1; with `rest` every label that is not positive */
  readonly negative: readonly string[]
  readonly rest: boolean
}

/** The choice of classes by the user; it may be empty if there are two labels. */
export interface ClassChoice {
  /** labels of class +1 */
  readonly positive?: readonly string[]
  /** labels of class −1, default all others; rows with another label are dropped */
  readonly negative?: readonly string[]
  /**
   * where no side is chosen, 'all' keeps up to 100 labels as classes of their own; names keep these,
   * as of another file
   */
  readonly classes?: 'all' | readonly string[]
}

/** The classes of a table with several labels, each of which is a class. */
export interface SeveralClasses {
  /** in their order: numbers by size, words by the alphabet */
  readonly names: readonly string[]
  /** [n] the class of each example, from 1; 0 for a label that is none of the names */
  readonly of: Float64Array
}

/** The largest number of labels that are kept as classes of their own. */
const MOST_CLASSES = 100

/** The class of a label: +1, −1, or 0 if it belongs to neither class. */
export function sideOf(classes: Classes, label: string): -1 | 0 | 1 {
  if (classes.positive.includes(label)) return 1
  return classes.rest || classes.negative.includes(label) ? -1 : 0
}

/**
 * The names of both classes for predictions: a label, several labels joined by |, or 'not …' for
 * all other labels.
 *
 * @example
 * import { classNames } from '@nonconvex/overparam/tabular'
 * console.log(classNames({ positive: ['0'], negative: [], rest: true })) // → { positive: '0', negative: 'not 0' }
 */
export function classNames({ positive, negative, rest }: Classes): {
  readonly positive: string
  readonly negative: string
} {
  const name = positive.join('|')
  return { positive: name, negative: rest ? `not ${name}` : negative.join('|') }
}

/**
 * Counts the labels of a file in order of occurrence, with the line of the first example of each.
 */
export class LabelCount {
  readonly seen: Map<string, { readonly code: number; readonly line: number; count: number }> =
    new Map()

  /** The number of a label, in the order of first appearance. */
  add(label: string, line: number): number {
    const known = this.seen.get(label)
    if (known) {
      known.count++
      return known.code
    }
    const code = this.seen.size
    this.seen.set(label, { code, line, count: 1 })
    return code
  }

  /** 'a' (5 examples, first on line 2) */
  describe(label: string): string {
    const { count = 0, line = 0 } = this.seen.get(label) ?? {}
    return `${shown(label)} (${count} ${count === 1 ? 'example' : 'examples'}, first on line ${line})`
  }
}

/** Compares two labels, so that the larger number or the alphabetically later word comes last. */
function laterLast(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)]
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y
  return a < b ? -1 : 1
}

/**
 * Assigns labels to classes.
 *
 * @param choice - without `positive` there must be exactly two labels; the larger number, or the
 *   alphabetically later word, is class +1
 * @throws DataError unless both classes have examples, naming labels and lines
 */
export function chooseClasses(found: LabelCount, choice: ClassChoice): Classes {
  const labels = [...found.seen.keys()]
  const { positive, negative } = choice
  if (labels.length === 0)
    throw new DataError('empty', {}, 'expected examples, got none; give a file with rows')
  const several = severalNames(found, choice)
  if (several) {
    const [first, ...others] = several
    const negative = [...new Set([...others, ...labels])].filter((label) => label !== first)
    return { positive: [first], negative, rest: true }
  }
  if (positive === undefined && negative === undefined) {
    if (labels.length === 1)
      throw new DataError(
        'labels',
        {},
        `expected two labels, got one: ${found.describe(labels[0])}; give examples of both`,
      )
    const [low, high] = [...labels].sort(laterLast)
    return { positive: [high], negative: [low], rest: false }
  }
  const given = [...(positive ?? []), ...(negative ?? [])]
  const unknown = given.find((label) => !found.seen.has(label))
  if (unknown !== undefined)
    throw new DataError(
      'labels',
      {},
      `expected ${shown(unknown)} among the labels, got ${labels.slice(0, 10).map(shown).join(', ')}`,
    )
  const both = positive?.find((label) => negative?.includes(label))
  if (both !== undefined)
    throw new DataError('labels', {}, `expected each label on one side, got ${shown(both)} on both`)
  const classes: Classes = {
    positive: positive ?? labels.filter((label) => !negative?.includes(label)),
    negative: negative ?? labels.filter((label) => !positive?.includes(label)),
    rest: negative === undefined,
  }
  for (const side of ['positive', 'negative'] as const)
    if (classes[side].length === 0)
      throw new DataError(
        'labels',
        {},
        `expected examples on both sides, got only ${labels.map((label) => found.describe(label)).join(', ')}`,
      )
  // two labels are two labels, however they were named
  return classes.rest && classes.negative.length === 1 ? { ...classes, rest: false } : classes
}

/** The names of the classes if each label is a class; undefined if there are two sides. */
export function severalNames(
  { seen }: LabelCount,
  { positive, negative, classes }: ClassChoice,
): readonly string[] | undefined {
  if (positive !== undefined || negative !== undefined || classes === undefined) return undefined
  if (classes !== 'all') return classes
  return seen.size > 2 ? [...seen.keys()].sort(laterLast) : undefined
}

/**
 * The classes of one label against all others.
 *
 * @param number - of the class, from 1
 *
 * @example
 * import { oneAgainstRest } from '@nonconvex/overparam/tabular'
 * console.log(oneAgainstRest(['x', 'y', 'z'], 2).negative) // → [ 'x', 'z' ]
 */
export const oneAgainstRest = (names: readonly string[], number: number): Classes => ({
  positive: [names[number - 1]],
  negative: names.filter((_, c) => c !== number - 1),
  rest: true,
})

/** @throws DataError at the first occurrence of a label too many */
export function refuseMany(found: LabelCount, choice: ClassChoice, column?: string): void {
  if (choice.positive !== undefined || choice.negative !== undefined) return
  const labels = [...found.seen.keys()]
  const where = column === undefined ? '' : ` in column ${shown(column)}`
  if (choice.classes !== undefined) {
    if (choice.classes !== 'all' || labels.length <= MOST_CLASSES) return
    const last = labels[labels.length - 1]
    throw new DataError(
      'labels',
      { line: found.seen.get(last)?.line ?? 0 },
      `expected at most ${MOST_CLASSES} labels${where}, got one more: ${shown(last)}; real values are no labels: take another label column, or choose the positive labels`,
    )
  }
  if (labels.length <= 2) return
  const { line = 0 } = found.seen.get(labels[2]) ?? {}
  throw new DataError(
    'labels',
    { line },
    `expected two labels${where}, got a third: ${labels
      .slice(0, 3)
      .map((label) => {
        const { line: at = 0 } = found.seen.get(label) ?? {}
        return `${shown(label)} on line ${at}`
      })
      .join(', ')}; choose the positive labels`,
  )
}
