import { ShapeError, type Stream } from '@nonconvex/tensor'
import type { Ops } from '../kernel/ops.js'
import type { Layout } from './layout.js'
import { partsOf, type Part } from './parts.js'
import { readRows } from './row-copies.js'

/** The options of the Adam optimizer; the defaults are 1e-3, 0.9, 0.999 and 1e-8. */
export interface AdamOptions {
  readonly rate?: number
  readonly beta1?: number
  readonly beta2?: number
  readonly epsilon?: number
}

/** Parameters by name: [rows, cols], row-major, rows the inputs. A bias has one row. */
export interface NamedParameters {
  readonly [name: string]: {
    readonly rows: number
    readonly cols: number
    readonly data: Float64Array
  }
}

/** Adam's moments of each parameter, and β₁ᵗ, β₂ᵗ after t steps. */
export interface OptimizerState {
  readonly first: NamedParameters
  readonly second: NamedParameters
  readonly decay: readonly [number, number]
}

/** Weights, gradients and Adam's moments: four vectors of the layout in one space. */
export class Parameters {
  readonly #ops: Ops
  readonly #parts: readonly Part[]
  readonly #count: number
  readonly #at: { readonly [vector in Vector]: number }
  /** β₁ᵗ and β₂ᵗ are products, not powers, which differ between engines */
  #decay: [number, number] = [1, 1]

  constructor(ops: Ops, layout: Layout) {
    this.#ops = ops
    this.#parts = partsOf(layout)
    this.#count = layout.count
    const reserve = (): number => ops.space.reserve(layout.count)
    this.#at = { weights: reserve(), gradients: reserve(), first: reserve(), second: reserve() }
  }

  get places(): { readonly weights: number; readonly gradients: number } {
    return { weights: this.#at.weights, gradients: this.#at.gradients }
  }

  read(vector: Vector): NamedParameters {
    const start = this.#at[vector]
    return Object.fromEntries(
      this.#parts.map(({ name, rows, cols, at, ld }) => {
        const data = readRows(this.#ops.space.floats, { at: start + at, ld }, rows, cols)
        return [name, { rows, cols, data }]
      }),
    )
  }

  write(named: NamedParameters, vector: Vector = 'weights'): void {
    const known = this.#parts.map(({ name }) => name)
    const other = Object.keys(named).find((name) => !known.includes(name))
    if (other !== undefined)
      throw new ShapeError(
        `BatchedLayer.setParameters: names must be ${known.join(', ')}, got ${other}`,
      )
    for (const { name, rows, cols, at, ld } of this.#parts) {
      const given = name in named ? named[name] : { rows: 0, cols: 0, data: new Float64Array(0) }
      if (given.rows !== rows || given.cols !== cols || given.data.length !== rows * cols)
        throw new ShapeError(
          `BatchedLayer.setParameters: ${name} must be ${rows} × ${cols}, got ${given.rows} × ${given.cols} with ${given.data.length} numbers`,
        )
      const wrong = given.data.findIndex((x) => !Number.isFinite(x))
      if (wrong >= 0)
        throw new RangeError(
          `BatchedLayer.setParameters: ${name}[${wrong}] must be finite, got ${given.data[wrong]}`,
        )
      const to = this.#at[vector] + at
      for (let r = 0; r < rows; r++)
        this.#ops.space.floats.set(given.data.subarray(r * cols, (r + 1) * cols), to + r * ld)
    }
  }

  initialize(source: Stream): void {
    const named = this.#parts.map(({ name, rows, cols, fanIn }) => {
      const data = new Float64Array(rows * cols)
      const half = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0
      if (half > 0) source.child(name).uniformInto(data)
      return [name, { rows, cols, data: half > 0 ? data.map((u) => (2 * u - 1) * half) : data }]
    })
    this.write(Object.fromEntries(named) as NamedParameters)
    this.clearGradients()
    this.#clear('first')
    this.#clear('second')
    this.#decay = [1, 1]
  }

  clearGradients(): void {
    this.#clear('gradients')
  }

  optimizer(): OptimizerState {
    return { first: this.read('first'), second: this.read('second'), decay: [...this.#decay] }
  }

  restore({ first, second, decay }: OptimizerState): void {
    this.write(first, 'first')
    this.write(second, 'second')
    this.#decay = [decay[0], decay[1]]
  }

  step({ rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions): void {
    this.#decay = [this.#decay[0] * beta1, this.#decay[1] * beta2]
    const { weights: p, gradients: g, first: m, second: v } = this.#at
    const [first, second] = this.#decay.map((x) => 1 - x)
    this.#ops.adam(
      { p, g, m, v, count: this.#count },
      { rate, beta1, beta2, epsilon, first, second },
    )
  }

  #clear(vector: Vector): void {
    const at = this.#at[vector]
    this.#ops.space.floats.fill(0, at, at + this.#count)
  }
}

type Vector = 'weights' | 'gradients' | 'first' | 'second'
