import { Lines } from './lines.js'
import { labelOf, numberOf, significantDigits } from './cells.js'
import { DataError, shown, type DataPlace } from './data-error.js'

/**
 * One example of an svmlight file: the features that are not zero. The arrays are reused for the
 * next one.
 */
export interface SparseExample {
  /** feature numbers from 0, ascending; the first `count` entries */
  readonly index: Int32Array
  readonly value: Float64Array
  readonly count: number
  readonly label: string
  /** where it stands in the file, counted from 1 */
  readonly line: number
}

/** A record longer than this is no line of such a file. */
const LONGEST_LINE = 1 << 24
/** Feature numbers beyond this are taken for a mistake. */
const LARGEST_FEATURE = 2 ** 31 - 1

/**
 * Examples from a text in the format of svmlight and LIBSVM, `label feature:value …`, fed in
 * pieces: features are numbered from 1 and ascend, `qid:…` is skipped, # begins a comment. Memory:
 * one line.
 */
export class SvmlightReader {
  /** most significant digits of a value so far */
  digits = 0
  private readonly onExample: (example: SparseExample) => void
  private readonly lines: Lines
  private index = new Int32Array(64)
  private value = new Float64Array(64)

  constructor(onExample: (example: SparseExample) => void) {
    this.onExample = onExample
    this.lines = new Lines(
      (line) => {
        this.take(line)
      },
      (length) => {
        if (length > LONGEST_LINE)
          throw new DataError(
            'format',
            { line: this.lines.count + 1 },
            `expected lines of at most ${LONGEST_LINE} characters, got one that goes on; give a text with lines`,
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
      const value = numberOf(cell, place)
      this.digits = Math.max(this.digits, significantDigits(cell))
      if (value === 0) return
      this.room(count)
      this.index[count] = feature - 1
      this.value[count++] = value
    })
    const { index, value } = this
    const named = labelOf(label, () => ({ line, column: { number: 1 } }))
    this.onExample({ index, value, count, label: named, line })
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
