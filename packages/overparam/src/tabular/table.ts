import type { Matrix } from '@nonconvex/tensor'
import { argumentError } from '@nonconvex/tensor/check'
import type { Examples } from '../data/dataset.js'
import {
  chooseClasses,
  LabelCount,
  oneAgainstRest,
  refuseMany,
  severalNames,
  sideOf,
  type ClassChoice,
  type Classes,
  type SeveralClasses,
} from './classes.js'
import { DataError } from './data-error.js'
import { Float64Pieces } from './float64-pieces.js'
import type { SparseExample } from './svmlight-reader.js'

/**
 * The examples of a file with labels ±1, with the names of the features and the lines of the
 * examples.
 */
export interface Table extends Examples {
  /** [d] names of the features */
  readonly features: readonly string[]
  /** [n] line of each example in the file, from 1 */
  readonly lines: Int32Array
  readonly classes: Classes
  /** with more than two labels, all kept: y and `classes` are then those of the first of them */
  readonly several?: SeveralClasses
  /** rows dropped because their label is of neither class */
  readonly skipped: number
  /**
   * largest number of significant digits in the file; float64 preserves up to 15 exactly
   */
  readonly digits: number
}

/**
 * The table of one class of several against all others.
 *
 * @param number - of the class, from 1
 * @throws RangeError for a table of two sides, or a number that no class has
 *
 * @example
 * import { againstRest, loadCsv } from '@nonconvex/overparam/tabular'
 * const table = loadCsv('a,k\n1,x\n2,y\n3,z\n', { classes: 'all' })
 * console.log(againstRest(table, 2).y) // → Float64Array(3) [ -1, 1, -1 ]
 */
export function againstRest({ several, ...table }: Table, number: number): Table {
  const { names = [], of = new Float64Array(0) } = several ?? {}
  if (!(Number.isInteger(number) && number >= 1 && number <= names.length))
    throw argumentError(
      'out-of-range',
      'againstRest',
      'number',
      `to be that of one of ${names.length} classes`,
      number,
    )
  const y = of.map((one) => (one === number ? 1 : -1))
  return { ...table, y, classes: oneAgainstRest(names, number) }
}

/** A table whose features are a matrix. */
export interface DenseTable extends Table {
  readonly x: Matrix
}

/** The largest number of entries of a matrix, 2 GB; a larger one is rejected. */
const MOST_ENTRIES = 2 ** 28
/**
 * The largest number of entries of a sparse table: with their column numbers they take 1.5 GB, and
 * twice that while the table is assembled.
 */
const MOST_SPARSE = 2 ** 27
/** The largest number of features of a sparse table; each has a name. */
const MOST_FEATURES = 2 ** 21
/**
 * Up to this number of entries the table of an svmlight file is a dense matrix, however sparse it
 * is.
 */
const SMALL = 2 ** 22
/** Above this fraction of nonzero entries the table is a dense matrix, too. */
const DENSE = 0.25

/** Rejects a matrix that would exceed the allowed memory. */
function checkSize(rows: number, cols: number): void {
  if (rows * cols > MOST_ENTRIES)
    throw new DataError(
      'size',
      {},
      `expected at most ${MOST_ENTRIES} numbers in all, got ${rows} examples with ${cols} features; take a part of the rows or columns`,
    )
}

/**
 * Collects the examples of a file into a dense table. Memory: the matrix, and twice that while it
 * is assembled.
 */
export class TableBuilder {
  private readonly values = new Float64Pieces()
  private readonly codes = new Float64Pieces()
  private readonly lines = new Float64Pieces()
  private readonly labels = new LabelCount()
  private readonly choice: ClassChoice

  constructor(choice: ClassChoice) {
    this.choice = choice
  }

  /** examples taken so far */
  get rows(): number {
    return this.lines.length
  }

  /** bytes that are held so far */
  get bytes(): number {
    return 8 * this.values.length
  }

  /** @throws DataError for a label too many, as the choice has it, or too many numbers */
  add(values: Float64Array, label: string, line: number, column?: string): void {
    if (this.skips(label)) {
      // it still counts as a label of the file, for messages
      this.labels.add(label, line)
      return
    }
    checkSize(this.lines.length + 1, values.length)
    this.codes.push(this.labels.add(label, line))
    refuseMany(this.labels, this.choice, column)
    this.lines.push(line)
    this.values.pushAll(values)
  }

  private skips(label: string): boolean {
    const { positive, negative } = this.choice
    return (
      positive !== undefined &&
      negative !== undefined &&
      !positive.includes(label) &&
      !negative.includes(label)
    )
  }

  /** @throws DataError unless there are two sides with examples on both */
  finish(features: readonly string[], digits: number): DenseTable {
    const classes = chooseClasses(this.labels, this.choice)
    const found = [...this.labels.seen]
    const sides = found.map(([label]) => sideOf(classes, label))
    const names = severalNames(this.labels, this.choice)
    const numbers = found.map(([label]) => (names?.indexOf(label) ?? -1) + 1)
    const codes = this.codes.take()
    const rows = this.lines.length
    const total = found.reduce((sum, [, { count }]) => sum + count, 0)
    return {
      x: { rows, cols: features.length, data: this.values.take() },
      y: codes.map((code) => sides[code]),
      lines: Int32Array.from(this.lines.take()),
      features,
      classes,
      ...(names && { several: { names, of: codes.map((code) => numbers[code]) } }),
      skipped: total - rows,
      digits,
    }
  }
}

/** Collects the examples of an svmlight file, whose number of features is known only at the end. */
export class SparseTableBuilder {
  private readonly index = new Float64Pieces()
  private readonly value = new Float64Pieces()
  private readonly start = new Float64Pieces()
  private readonly labeled: TableBuilder
  private readonly none = new Float64Array(0)
  private readonly limit: number
  /** examples taken so far */
  rows = 0
  private cols = 0

  /**
   * @param limit - number of features, where a model has said it; default the largest that is met.
   *   Values beyond it are left out
   */
  constructor(choice: ClassChoice, limit: number = Infinity) {
    this.labeled = new TableBuilder(choice)
    this.limit = limit
  }

  add({ index, value, count, label, line }: SparseExample): void {
    const before = this.labeled.rows
    this.labeled.add(this.none, label, line)
    if (this.labeled.rows === before) return
    this.start.push(this.index.length)
    for (let q = 0; q < count; q++) {
      if (index[q] >= this.limit) continue
      this.cols = Math.max(this.cols, index[q] + 1)
      this.index.push(index[q])
      this.value.push(value[q])
    }
    this.rows++
    if (this.cols > MOST_FEATURES)
      throw new DataError(
        'size',
        { line },
        `expected feature numbers up to ${MOST_FEATURES}, got ${this.cols}; number the features that occur from 1`,
      )
    if (this.index.length > MOST_SPARSE)
      throw new DataError(
        'size',
        { line },
        `expected at most ${MOST_SPARSE} numbers in all, got more; take a part of the rows`,
      )
  }

  /** bytes that are held so far */
  get bytes(): number {
    return 16 * this.index.length
  }

  /**
   * @param kind - 'dense': a matrix; 'auto': a matrix if it is small, or a quarter of it is not
   *   zero, else sparse rows
   */
  finish(digits: number, kind: 'dense'): DenseTable
  finish(digits: number, kind?: 'auto' | 'dense'): Table
  finish(digits: number, kind: 'auto' | 'dense' = 'auto'): Table {
    const { rows } = this
    const cols = Math.max(1, Number.isFinite(this.limit) ? this.limit : this.cols)
    const entries = this.index.length
    const small = rows * cols <= Math.max(SMALL, entries / DENSE) && rows * cols <= MOST_ENTRIES
    if (kind === 'dense') checkSize(rows, cols)
    const features = Array.from({ length: cols }, (_, f) => String(f + 1))
    const table = this.labeled.finish(features, digits)
    const start = new Int32Array(rows + 1)
    start.set(this.start.take())
    start[rows] = entries
    const index = Int32Array.from(this.index.take())
    const value = this.value.take()
    if (kind === 'auto' && !small) return { ...table, x: { rows, cols, start, index, value } }
    const data = new Float64Array(rows * cols)
    for (let i = 0; i < rows; i++)
      for (let q = start[i]; q < start[i + 1]; q++) data[i * cols + index[q]] = value[q]
    return { ...table, x: { rows, cols, data } }
  }
}
