import { ArgumentError, power } from '@nonconvex/tensor'
/**
 * The numbers observed along a run at selected steps, one column for each number. The first and the
 * last step are always included.
 */
export interface Trace {
  /** the steps at which the rows were taken, ascending */
  readonly steps: readonly number[]
  readonly columns: { readonly [name: string]: readonly number[] }
}

/**
 * The selection of the steps that a trace keeps.
 *
 * - `every`: steps 0, n, 2n, …
 * - `perDecade`: log-spaced, step 0 and the steps round(10^(i/p)), for runs that change most at the
 *   beginning
 * - `limit`: the most rows kept. A trace that exceeds it doubles its spacing and drops the rows
 *   off the new grid, so memory is bounded and rows stay evenly (or log-evenly) spaced
 *
 * Default: every step, limit 1000. The last step is kept beyond the limit.
 */
export type Thin =
  | { readonly every?: number; readonly limit?: number }
  | { readonly perDecade: number; readonly limit?: number }

/**
 * A recorder's state as plain data; `due` is the schedule index of the next row, a multiple of
 * `stride`.
 */
export interface RecorderState {
  readonly steps: readonly number[]
  readonly names: readonly string[]
  readonly columns: readonly (readonly number[])[]
  readonly stride: number
  readonly due: number
}

type Row = Readonly<Record<string, number>>

export interface LastRow {
  readonly step: number
  readonly row: Row
}

const defaultLimit = 1000

/** Collects the rows of a trace, in bounded memory. */
export class Recorder {
  /** the step at which the next row is taken */
  nextStep: number
  readonly #steps: number[]
  readonly #columns: number[][]
  #names: readonly string[]
  readonly #limit: number
  readonly #stepAt: (index: number) => number
  #stride: number
  #due: number

  constructor(thin: Thin = {}, saved?: RecorderState) {
    this.#limit = count('limit', thin.limit ?? defaultLimit, 2)
    this.#stepAt = schedule(thin)
    this.#steps = [...(saved?.steps ?? [])]
    this.#names = saved?.names ?? []
    this.#columns = (saved?.columns ?? []).map((column) => [...column])
    this.#stride = saved?.stride ?? 1
    this.#due = saved?.due ?? 0
    this.nextStep = this.#steps.length === 0 ? 0 : this.#stepAt(this.#due)
  }

  /**
   * Records a row that is due. Returns the name of the first value that is not finite, if any.
   *
   * @throws ArgumentError if the names differ from those of the first row
   */
  record(step: number, row: Row): string | undefined {
    this.checked(row)
    if (this.#steps.length === 0) {
      this.#names = Object.keys(row)
      for (let i = 0; i < this.#names.length; i++) this.#columns.push([])
    }
    this.#steps.push(step)
    this.#names.forEach((name, i) => this.#columns[i].push(row[name]))
    while (this.#steps.length > this.#limit) this.#coarsen()
    // log-spaced schedules repeat small steps: go to the first one that lies ahead
    while (this.#stepAt(this.#due) <= step) this.#due += this.#stride
    this.nextStep = this.#stepAt(this.#due)
    return this.#names.find((name) => !Number.isFinite(row[name]))
  }

  /** Whether the step is the last one recorded. */
  has(step: number): boolean {
    return this.#steps[this.#steps.length - 1] === step
  }

  /** The rows so far, and the last one if it is given. */
  trace(last?: LastRow): Trace {
    const names = this.#steps.length === 0 && last ? Object.keys(last.row) : this.#names
    const columns = names.map((name, i): [string, number[]] => [
      name,
      [...(this.#columns[i] ?? []), ...(last ? [last.row[name]] : [])],
    ])
    return {
      steps: last ? [...this.#steps, last.step] : [...this.#steps],
      columns: Object.fromEntries(columns),
    }
  }

  save(): RecorderState {
    return {
      steps: [...this.#steps],
      names: this.#names,
      columns: this.#columns.map((column) => [...column]),
      stride: this.#stride,
      due: this.#due,
    }
  }

  /** Doubles the spacing and keeps the rows on the new grid, and the first. */
  #coarsen(): void {
    this.#stride *= 2
    this.#due = Math.ceil(this.#due / this.#stride) * this.#stride
    let index = 0
    const kept = this.#steps.map((step, i) => {
      while (this.#stepAt(index) < step) index += this.#stride
      return i === 0 || this.#stepAt(index) === step
    })
    const keep = (_: number, i: number) => kept[i]
    replaceInto(this.#steps, this.#steps.filter(keep))
    for (const column of this.#columns) replaceInto(column, column.filter(keep))
  }

  /** The row itself. @throws ArgumentError if its names differ from those of the first row */
  checked(row: Row): Row {
    if (this.#steps.length === 0) return row
    const got = Object.keys(row)
    if (got.length !== this.#names.length || this.#names.some((name) => !Object.hasOwn(row, name)))
      throw new ArgumentError(
        `observe: expected the names [${this.#names.join(', ')}] of the first step, got [${got.join(', ')}]`,
      )
    return row
  }
}

function schedule(thin: Thin): (index: number) => number {
  if ('perDecade' in thin) {
    const perDecade = count('perDecade', thin.perDecade, 1)
    return (i) => Math.round(power(10, i / perDecade))
  }
  const every = count('every', thin.every ?? 1, 1)
  return (i) => i * every
}

function count(name: string, value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least)
    throw new ArgumentError(`thin: expected ${name} to be an integer >= ${least}, got ${value}`)
  return value
}

function replaceInto(target: number[], items: readonly number[]): void {
  target.length = 0
  for (const item of items) target.push(item)
}
