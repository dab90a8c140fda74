import type { Matrix } from '@nonconvex/tensor'

/** Multilabel examples; both matrices have compressed sparse rows. */
export interface MultilabelData {
  readonly features: readonly string[]
  readonly labels: readonly string[]
  readonly rows: number
  /** row r has value[t] in column index[t] for start[r] ≤ t < start[r + 1] */
  readonly x: {
    readonly start: Int32Array
    readonly index: Int32Array
    readonly value: Float64Array
  }
  /** row r has the labels index[t], in increasing order */
  readonly y: { readonly start: Int32Array; readonly index: Int32Array }
}

/** What is wrong with a file of examples. */
export type MultilabelFault =
  | 'header'
  | 'labels'
  | 'row'
  | 'number'
  | 'index'
  | 'nominal'
  | 'missing'
  | 'empty'
  | 'encoding'

/**
 * A fault in a file of multilabel examples. The message is 'line N: expected X, got Y; remedy', the
 * caller adds the file.
 */
export class MultilabelDataError extends Error {
  override readonly name: string = 'MultilabelDataError'
  readonly fault: MultilabelFault
  /** from 1; 0 for the file as a whole */
  readonly line: number
  /** which file, of a pair */
  readonly part: 'data' | 'xml'

  constructor(
    fault: MultilabelFault,
    line: number,
    problem: string,
    part: 'data' | 'xml' = 'data',
  ) {
    super(line > 0 ? `line ${line}: ${problem}` : problem)
    this.fault = fault
    this.line = line
    this.part = part
  }
}

/** A list of numbers that grows. */
class Numbers<T extends Int32Array | Float64Array> {
  #data: T
  #length = 0
  readonly #make: (length: number) => T

  constructor(make: (length: number) => T) {
    this.#make = make
    this.#data = make(1024)
  }

  push(x: number): void {
    if (this.#length === this.#data.length) {
      const more = this.#make(2 * this.#length)
      more.set(this.#data)
      this.#data = more
    }
    this.#data[this.#length++] = x
  }

  get length(): number {
    return this.#length
  }

  taken(): T {
    return this.#data.slice(0, this.#length) as T
  }
}

/** Puts rows together. */
export class RowBuilder {
  readonly #start = new Numbers((n) => new Int32Array(n))
  readonly #index = new Numbers((n) => new Int32Array(n))
  readonly #value = new Numbers((n) => new Float64Array(n))
  readonly #labelStart = new Numbers((n) => new Int32Array(n))
  readonly #labels = new Numbers((n) => new Int32Array(n))
  rows = 0

  constructor() {
    this.#start.push(0)
    this.#labelStart.push(0)
  }

  value(column: number, x: number): void {
    if (x === 0) return
    this.#index.push(column)
    this.#value.push(x)
  }

  label(label: number): void {
    this.#labels.push(label)
  }

  endRow(): void {
    this.rows++
    this.#start.push(this.#index.length)
    this.#labelStart.push(this.#labels.length)
  }

  /**
   * The examples.
   *
   * @param order - the new number of each label; also sorts the labels of a row
   */
  done(
    features: readonly string[],
    labels: readonly string[],
    order?: readonly number[],
  ): MultilabelData {
    if (this.rows === 0)
      throw new MultilabelDataError(
        'empty',
        0,
        'expected examples, got none; give a file with rows',
      )
    const start = this.#labelStart.taken()
    const index = this.#labels.taken()
    if (order) index.forEach((label, t) => (index[t] = order[label]))
    for (let r = 0; r < this.rows; r++) index.subarray(start[r], start[r + 1]).sort()
    return {
      features,
      labels,
      rows: this.rows,
      x: { start: this.#start.taken(), index: this.#index.taken(), value: this.#value.taken() },
      y: { start, index },
    }
  }
}

/** The labels of an example as numbers. */
export const labelsOf = ({ y }: MultilabelData, r: number): Int32Array =>
  y.index.subarray(y.start[r], y.start[r + 1])

/** The features as a dense matrix. */
export function denseFeatures({ x, features, rows }: MultilabelData): Matrix {
  const cols = features.length
  const data = new Float64Array(rows * cols)
  for (let r = 0; r < rows; r++)
    for (let t = x.start[r]; t < x.start[r + 1]; t++) data[r * cols + x.index[t]] = x.value[t]
  return { rows, cols, data }
}

/** A number written in a file, or an error with its line. */
export function numberOf(text: string, line: number, column: string): number {
  const x = Number(text)
  // Number() reads 0x10 and 0b1, too
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || !Number.isFinite(x))
    throw new MultilabelDataError(
      'number',
      line,
      `expected a finite number for ${column}, got ${JSON.stringify(text)}; correct the row`,
    )
  return x
}
