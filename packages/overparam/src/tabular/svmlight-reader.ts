import { Lines } from './lines.js'
import { labelOf, numberOf, significantDigits } from './cells.js'
import { DataError, shown, type DataPlace } from './data-error.js'

/**
 * An example of an svmlight file: its nonzero features. The arrays are reused for the next example.
 */
export interface SparseExample {
  /** feature numbers from 0, ascending; the first `count` entries */
  readonly index: Int32Array
  readonly value: Float64Array
  readonly count: number
  readonly label: string
  /** its line in the file, from 1 */
  readonly line: number
}

export interface SvmlightOptions {
  /**
   * the features by name and in this order, as a model wants them: a feature of the file is called
   * by its number. Default: all, in the order of their numbers
   */
  readonly features?: readonly string[]
  /** who wants the features, for messages; default 'the model' */
  readonly wantedBy?: string
}

/** The largest length of a line; a longer one means that the file has another format. */
const LONGEST_LINE = 1 << 24
/** The largest feature number; larger ones count as errors. */
const LARGEST_FEATURE = 2 ** 31 - 1

/**
 * Reads examples from a text in the format of svmlight and LIBSVM, `label feature:value …`, which
 * is passed in pieces: features are numbered from 1 and ascend, `qid:…` is skipped, and # begins a
 * comment. Memory: one line.
 */
export class SvmlightReader {
  /** most significant digits of a value so far */
  digits = 0
  /** values so far of features that are not wanted, which were left out */
  beyond = 0
  private readonly onExample: (example: SparseExample) => void
  private readonly lines: Lines
  /** of a feature by its number from 0, among those that are wanted; −1 if it is none of them */
  private readonly place: ((feature: number) => number) | undefined
  private index = new Int32Array(64)
  private value = new Float64Array(64)

  /** @throws DataError if features are wanted and none is called by a number */
  constructor(onExample: (example: SparseExample) => void, options: SvmlightOptions = {}) {
    this.onExample = onExample
    this.place = options.features && placesOf(options.features, options.wantedBy ?? 'the model')
    this.lines = new Lines(
      (line) => {
        this.take(line)
      },
      (length) => {
        if (length > LONGEST_LINE)
          throw new DataError(
            'format',
            { line: this.lines.count + 1 },
            `expected lines of at most ${LONGEST_LINE} characters, got a longer one; give a text with lines`,
          )
      },
    )
  }

  push(text: string): void {
    this.lines.push(text)
  }

  end(): void {
    this.lines.end()
    if (this.lines.count === 0)
      throw new DataError(
        'empty',
        {},
        'expected examples, got an empty file; give a file with rows',
      )
  }

  private take(text: string): void {
    const line = this.lines.count
    const [bare] = text.split('#', 1)
    const [label, ...pairs] = bare.trim().split(/\s+/)
    if (label === '') return
    let count = 0
    let last = 0
    pairs.forEach((pair, p) => {
      if (pair.startsWith('qid:')) return
      const at = pair.indexOf(':')
      const place = (): DataPlace => ({ line, column: { number: p + 2 } })
      const feature = Number(pair.slice(0, Math.max(0, at)))
      if (at < 1 || !Number.isInteger(feature) || feature < 1 || feature > LARGEST_FEATURE)
        throw new DataError(
          'format',
          place(),
          `expected feature:value with a feature number from 1, got ${shown(pair)}; correct it`,
        )
      if (feature <= last)
        throw new DataError(
          'format',
          place(),
          `expected ascending feature numbers, got ${feature} after ${last}; sort the line`,
        )
      last = feature
      const cell = pair.slice(at + 1)
      const value = numberOf(cell, place, this.place ? undefined : 'feature')
      this.digits = Math.max(this.digits, significantDigits(cell))
      if (value === 0) return
      const wanted = this.place ? this.place(feature - 1) : feature - 1
      if (wanted < 0) {
        this.beyond++
        return
      }
      this.room(count)
      this.index[count] = wanted
      this.value[count++] = value
    })
    this.sort(count)
    const { index, value } = this
    const named = labelOf(label, () => ({ line, column: { number: 1 } }))
    this.onExample({ index, value, count, label: named, line })
  }

  /**
   * Sorts the values into the requested order of the features, if it differs from the order of
   * their numbers.
   */
  private sort(count: number): void {
    const { index, value } = this
    for (let q = 1; q < count; q++)
      for (let p = q; p > 0 && index[p - 1] > index[p]; p--) {
        ;[index[p - 1], index[p]] = [index[p], index[p - 1]]
        ;[value[p - 1], value[p]] = [value[p], value[p - 1]]
      }
  }

  private room(count: number): void {
    if (count < this.index.length) return
    const [index, value] = [this.index, this.value]
    this.index = new Int32Array(2 * count)
    this.value = new Float64Array(2 * count)
    this.index.set(index)
    this.value.set(value)
  }
}

function placesOf(features: readonly string[], wantedBy: string): (feature: number) => number {
  const d = features.length
  if (features.every((name, f) => name === String(f + 1)))
    return (feature) => (feature < d ? feature : -1)
  const places = new Map(features.map((name, f) => [name, f]))
  if (!features.some((name) => /^[1-9]\d*$/.test(name)))
    throw new DataError(
      'format',
      {},
      `expected the features of ${wantedBy} by their names ${features.slice(0, 5).map(shown).join(', ')}${d > 5 ? ', …' : ''}, got svmlight text, which has numbers instead; give a CSV file with these columns`,
    )
  return (feature) => places.get(String(feature + 1)) ?? -1
}
