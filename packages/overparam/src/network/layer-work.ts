import { bytes } from '../generated/weights.js'
import type { Arena } from './arena.js'

/** The functions of assembly/weights.ts; their arguments are byte addresses and counts. */
export interface WeightKernels {
  activate(...args: readonly number[]): void
  add(...args: readonly number[]): void
  pack(tile: number, w: number, stride: number, units: number, d: number): void
  activateTile(...args: readonly number[]): void
  balance(z: number, k: number, alpha: number): number
  steps(push: number, z: number, k: number, plus: number, alpha: number): number
}

/** The byte addresses and sizes of the arrays of a sparse layer. */
export interface LayerPlace {
  readonly rows: number
  readonly cols: number
  readonly units: number
  /** units of the first of two parts, a multiple of 16 */
  readonly middle: number
  /** [cols × units], [units], [units] float64 */
  readonly weights: number
  readonly z: number
  readonly push: number
  /** the non-zero features: [rows + 1] int32, then int32 and float64 for each */
  readonly start: number
  readonly index: number
  readonly value: number
  /** [cols × 16] float64, one for each part */
  readonly tiles: readonly [number, number]
  /** float64, lines of `line` bytes */
  readonly block: number
  readonly line: number
}

/** A part of the units: all, those before the middle, or those from the middle on. */
export type Part = 0 | 1 | 'all'

/** The number of units in a tile, as in assembly/weights.ts. */
export const TILE = 16

/**
 * The kernels for a part of the units of a sparse layer; two threads may process different parts at
 * a time.
 */
export class LayerWork {
  readonly kernels: WeightKernels
  private readonly place: LayerPlace
  private readonly start: Int32Array
  private readonly tile: number
  private readonly from: number
  private readonly count: number

  /** @returns `undefined` where kernels are unavailable */
  static start(arena: Arena, place: LayerPlace, part: Part): LayerWork | undefined {
    const kernels = arena.start<WeightKernels>(bytes)
    return kernels && new LayerWork(arena, kernels, place, part)
  }

  constructor(arena: Arena, kernels: WeightKernels, place: LayerPlace, part: Part) {
    this.kernels = kernels
    this.place = place
    this.start = new Int32Array(arena.buffer, place.start, place.rows + 1)
    this.tile = place.tiles[part === 1 ? 1 : 0]
    this.from = part === 1 ? place.middle : 0
    this.count = (part === 0 ? place.middle : place.units) - this.from
  }

  /** Computes the pre-activations z_j = w_j·x_i. */
  activate(i: number): void {
    const { place, start, from, count } = this
    const q = start[i]
    this.kernels.activate(
      place.z + 8 * from,
      place.weights + 8 * from,
      8 * place.units,
      count,
      place.index + 4 * q,
      place.value + 8 * q,
      start[i + 1] - q,
    )
  }

  /** Adds push_j x_i to w_j for all j. */
  add(i: number): void {
    const { place, start, from, count } = this
    const q = start[i]
    this.kernels.add(
      place.weights + 8 * from,
      8 * place.units,
      count,
      place.push + 8 * from,
      place.index + 4 * q,
      place.value + 8 * q,
      start[i + 1] - q,
    )
  }

  /**
   * Computes the pre-activations of `rows` examples from `first` on into the lines of the block.
   */
  tiles(first: number, rows: number): void {
    const { place, kernels, tile, from } = this
    const to = from + this.count
    for (let j = from; j < to; j += TILE) {
      const units = Math.min(TILE, to - j)
      kernels.pack(tile, place.weights + 8 * j, 8 * place.units, units, place.cols)
      kernels.activateTile(
        place.block + 8 * j,
        place.line,
        tile,
        place.start + 4 * first,
        rows,
        place.index,
        place.value,
      )
    }
  }
}
