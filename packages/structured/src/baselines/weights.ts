import type { Stream } from '@nonconvex/tensor'
import type { AdamOptions } from '../batch/parameters.js'
import type { Ops } from '../kernel/ops.js'

/** The next multiple of four, which the kernels require as the width of a matrix. */
export const fours = (n: number): number => (n + 3) & ~3

/**
 * A matrix of weights [rows, cols]; a bias has one row. Columns may have groups, each padded
 * separately.
 */
export interface WeightPart {
  readonly name: string
  readonly rows: number
  readonly cols: number
  readonly groups?: number
  /** weights are initialized uniform on ±1/√fanIn; 0: with zeros */
  readonly fanIn: number
}

/** Addresses of a part: weights, gradients, and stride of its rows. */
export interface WeightPlace {
  readonly at: number
  readonly gradient: number
  readonly ld: number
}

interface Placed extends WeightPart {
  readonly start: number
  readonly wide: number
  readonly ld: number
}

/**
 * All weights of a network in one vector, with gradients and Adam's moments. The padding stays
 * zero.
 */
export class Weights {
  readonly #ops: Ops
  readonly #parts: ReadonlyMap<string, Placed>
  readonly #count: number
  readonly #at: { readonly p: number; readonly g: number; readonly m: number; readonly v: number }
  #decay: [number, number] = [1, 1]

  constructor(ops: Ops, parts: readonly WeightPart[]) {
    this.#ops = ops
    const placed = new Map<string, Placed>()
    let start = 0
    for (const part of parts) {
      const wide = fours(part.cols / (part.groups ?? 1))
      const ld = wide * (part.groups ?? 1)
      placed.set(part.name, { ...part, start, wide, ld })
      start += (part.rows === 1 ? 1 : fours(part.rows)) * ld
    }
    this.#parts = placed
    this.#count = start
    const reserve = (): number => {
      const at = ops.space.reserve(start)
      ops.space.floats.fill(0, at, at + start)
      return at
    }
    this.#at = { p: reserve(), g: reserve(), m: reserve(), v: reserve() }
  }

  /** Numbers that are trained. */
  get count(): number {
    return [...this.#parts.values()].reduce((sum, { rows, cols }) => sum + rows * cols, 0)
  }

  place(name: string): WeightPlace {
    const { start, ld } = this.#part(name)
    return { at: this.#at.p + start, gradient: this.#at.g + start, ld }
  }

  initialize(source: Stream): void {
    for (const part of this.#parts.values()) {
      const { name, rows, cols, fanIn } = part
      const data = new Float64Array(rows * cols)
      const half = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0
      if (half > 0) source.child(name).uniformInto(data)
      this.write(name, half > 0 ? data.map((u) => (2 * u - 1) * half) : data)
    }
  }

  /** A part, row by row. */
  read(name: string, what: 'weights' | 'gradients' = 'weights'): Float64Array {
    const part = this.#part(name)
    const { floats } = this.#ops.space
    const from = (what === 'weights' ? this.#at.p : this.#at.g) + part.start
    return new Float64Array(part.rows * part.cols).map((_, at) => floats[from + padded(part, at)])
  }

  write(name: string, data: Float64Array): void {
    const part = this.#part(name)
    const { floats } = this.#ops.space
    data.forEach((x, at) => (floats[this.#at.p + part.start + padded(part, at)] = x))
  }

  /** Saves the weights. @returns a function that restores them */
  keep(): () => void {
    const { p } = this.#at
    const kept = this.#ops.space.floats.slice(p, p + this.#count)
    return () => this.#ops.space.floats.set(kept, p)
  }

  get names(): readonly string[] {
    return [...this.#parts.keys()]
  }

  /** A step of Adam; resets the gradients to zero. */
  step({ rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions): void {
    this.#decay = [this.#decay[0] * beta1, this.#decay[1] * beta2]
    const [first, second] = this.#decay.map((x) => 1 - x)
    const step = { rate, beta1, beta2, epsilon, first, second }
    this.#ops.adam({ ...this.#at, count: this.#count }, step)
  }

  #part(name: string): Placed {
    const found = this.#parts.get(name)
    if (!found) throw new Error(`no weights named ${name}`)
    return found
  }
}

/** The place of number `at` of a part among its padded numbers. */
function padded({ cols, groups = 1, wide, ld }: Placed, at: number): number {
  const each = cols / groups
  const [row, col] = [Math.floor(at / cols), at % cols]
  return row * ld + Math.floor(col / each) * wide + (col % each)
}
