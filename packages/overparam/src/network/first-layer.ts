import {
  fillRows,
  isDense,
  isSparse,
  rowRange,
  shapeOf,
  sparseRows,
  type Features,
  type Shape,
  type SparseRows,
} from '../data/sparse-rows.js'
import { JOBS, WIDE } from '../threads/control.js'
import type { SecondThread } from '../threads/second-thread.js'
import { SharedJob } from '../threads/shared-job.js'
import {
  accumulateDenseInto,
  accumulateSparseInto,
  addDenseInto,
  addSparseInto,
  balance,
  stepsInto,
} from './accumulate.js'
import { Arena, bytesOf } from './arena.js'
import { LayerWork, TILE, type LayerPlace } from './layer-work.js'
import { byFeature, type Net } from './net.js'

/**
 * The first layer of the primal algorithm: float64 weights by feature (entry (f, j) at f·units +
 * j), every sum over ascending features with one rounding each. All engines use one of these, so
 * their numbers have the same bits.
 */
export interface FirstLayer {
  readonly weights: Float64Array
  /** what `activate` computes and `add` reads, one number for each unit */
  readonly z: Float64Array
  readonly push: Float64Array
  /** the addresses of all arrays, if they lie in an arena */
  readonly place?: LayerPlace | undefined
  /** computes the pre-activations z_j = w_j·x_i */
  activate(i: number): void
  /** adds push_j x_i to w_j for all j */
  add(i: number): void
  /**
   * Calls `visit` with the pre-activations of every example in order; they are overwritten
   * afterwards.
   */
  each(visit: (i: number, z: Float64Array) => void): void
  /** Σ_{j<k} σ(z_j) − Σ_{j≥k} σ(z_j) of 2k pre-activations, `z` or what `each` gives */
  balance(z: Float64Array, alpha: number): number
  /**
   * push_j = ±plus · s_j for 2k units, s_j the slope at z_j.
   *
   * @returns the number of active units
   */
  steps(plus: number, alpha: number): number
}

/** The first layer on dense rows. */
export class DenseLayer implements FirstLayer {
  readonly weights: Float64Array
  readonly z: Float64Array
  readonly push: Float64Array
  private readonly x: { readonly rows: number; readonly cols: number; readonly data: Float64Array }

  constructor(x: DenseLayer['x'], weights: Float64Array, units: number) {
    this.x = x
    this.weights = weights
    this.z = new Float64Array(units)
    this.push = new Float64Array(units)
  }

  activate(i: number): void {
    const { cols, data } = this.x
    accumulateDenseInto(this.z, this.weights, data, i * cols, cols)
  }

  add(i: number): void {
    const { cols, data } = this.x
    addDenseInto(this.weights, this.push, data, i * cols, cols)
  }

  each(visit: (i: number, z: Float64Array) => void): void {
    for (let i = 0; i < this.x.rows; i++) {
      this.activate(i)
      visit(i, this.z)
    }
  }

  balance(z: Float64Array, alpha: number): number {
    return balance(z, alpha)
  }

  steps(plus: number, alpha: number): number {
    return stepsInto(this.push, this.z, plus, alpha)
  }
}

/** The number of examples whose pre-activations are computed together. */
const TOGETHER = 256
/** The number of their pre-activations is bounded, too, or a wide network has gigabytes of them. */
const BLOCK = 2 ** 22

const togetherOf = (n: number, units: number): number =>
  Math.max(1, Math.min(TOGETHER, n, Math.floor(BLOCK / tiled(units))))

/** The number of bytes that a sparse layer takes in an arena. */
export const sparseLayerBytes = (rows: Shape, units: number): number =>
  bytesOf(
    8 * units * rows.cols,
    8 * units,
    8 * units,
    4 * (rows.rows + 1),
    4 * rows.index.length,
    8 * rows.index.length,
    8 * TILE * rows.cols,
    8 * TILE * rows.cols,
    8 * togetherOf(rows.rows, units) * tiled(units),
  )

const tiled = (units: number): number => Math.ceil(units / TILE) * TILE

/** The first layer on the nonzero features of sparse rows, in WebAssembly where available. */
export class SparseLayer implements FirstLayer {
  readonly weights: Float64Array
  readonly z: Float64Array
  readonly push: Float64Array
  readonly rows: SparseRows
  /** where everything lies in the arena */
  readonly place: LayerPlace | undefined
  private readonly units: number
  private readonly block: Float64Array
  private readonly all: LayerWork | undefined
  /** jobs of the kernels, where they run */
  private readonly activating: SharedJob | undefined
  private readonly adding: SharedJob | undefined
  private readonly tiling: SharedJob | undefined

  /** @param second - does half of the units of a wide layer, once it has their addresses */
  constructor(
    x: Features,
    weights: Float64Array,
    units: number,
    arena?: Arena,
    second?: SecondThread,
  ) {
    this.units = units
    if (!arena) {
      this.rows = sparseRows(x)
      this.weights = weights
      this.z = new Float64Array(units)
      this.push = new Float64Array(units)
      this.block = new Float64Array(0)
      return
    }
    this.weights = arena.float64(weights.length)
    this.weights.set(weights)
    this.z = arena.float64(units)
    this.push = arena.float64(units)
    const { rows: n, cols, index: entries } = shapeOf(x)
    const start = arena.int32(n + 1)
    const index = arena.int32(entries.length)
    const value = arena.float64(entries.length)
    fillRows({ start, index, value }, x)
    const rows = { rows: n, cols, start, index, value }
    this.rows = rows
    const [one, other] = [arena.float64(TILE * rows.cols), arena.float64(TILE * rows.cols)]
    this.block = arena.float64(togetherOf(n, units) * tiled(units))
    this.place = {
      rows: rows.rows,
      cols: rows.cols,
      units,
      middle: tiled(units / 2),
      weights: this.weights.byteOffset,
      z: this.z.byteOffset,
      push: this.push.byteOffset,
      start: start.byteOffset,
      index: index.byteOffset,
      value: value.byteOffset,
      tiles: [one.byteOffset, other.byteOffset],
      block: this.block.byteOffset,
      line: 8 * tiled(units),
    }
    const all = LayerWork.start(arena, this.place, 'all')
    this.all = all
    if (!all) return
    const half = new LayerWork(arena, all.kernels, this.place, 0)
    const soon = units >= WIDE ? second : undefined
    this.activating = new SharedJob(soon, JOBS.activate, {
      part: (i) => half.activate(i),
      all: (i) => all.activate(i),
    })
    this.adding = new SharedJob(soon, JOBS.add, {
      part: (i) => half.add(i),
      all: (i) => all.add(i),
    })
    this.tiling = new SharedJob(second, JOBS.tiles, {
      part: (first, count) => half.tiles(first, count),
      all: (first, count) => all.tiles(first, count),
      short: false,
    })
  }

  activate(i: number): void {
    const { activating, weights, z } = this
    const { start, index, value } = this.rows
    if (activating) activating.do(i)
    else accumulateSparseInto(z, weights, index, value, start[i], start[i + 1])
  }

  add(i: number): void {
    const { adding, weights, push } = this
    const { start, index, value } = this.rows
    if (adding) adding.do(i)
    else addSparseInto(weights, push, index, value, start[i], start[i + 1])
  }

  /**
   * Processes one tile of units after the other, so that weights stay in the cache; this is twice
   * as fast as one row after the other.
   */
  each(visit: (i: number, z: Float64Array) => void): void {
    const { tiling, units, block } = this
    const { rows: n, cols, index } = this.rows
    // packing a tile reads the weights of every feature, those that no row of it has, too
    if (!tiling || TOGETHER * index.length < n * cols) {
      for (let i = 0; i < n; i++) {
        this.activate(i)
        visit(i, this.z)
      }
      return
    }
    const line = tiled(units)
    const together = togetherOf(n, units)
    for (let first = 0; first < n; first += together) {
      const count = Math.min(together, n - first)
      tiling.do(first, count)
      for (let r = 0; r < count; r++) visit(first + r, block.subarray(r * line, r * line + units))
    }
  }

  balance(z: Float64Array, alpha: number): number {
    return this.all
      ? this.all.kernels.balance(z.byteOffset, this.units / 2, alpha)
      : balance(z, alpha)
  }

  steps(plus: number, alpha: number): number {
    const { all, push, z, units } = this
    return all
      ? all.kernels.steps(push.byteOffset, z.byteOffset, units / 2, plus, alpha)
      : stepsInto(push, z, plus, alpha)
  }
}

/** The number of weights below which an arena is not worthwhile. */
export const SMALL = 4096

/** A sparse layer, in an arena of its own if it is large enough. */
export function sparseLayer(x: Features, weights: Float64Array, units: number): SparseLayer {
  const bytes = (): number => sparseLayerBytes(shapeOf(x), units)
  const arena = weights.length >= SMALL ? new Arena(bytes()) : undefined
  return new SparseLayer(x, weights, units, arena)
}

/** The number of entries in a part of the examples, unless there are more weights. */
const PART = 2 ** 20

/**
 * Calls `visit` with the pre-activations z_j = w_j·x_i of every row,
 * in order; they are overwritten afterwards.
 */
export function eachPreactivation(
  net: Net,
  x: Features,
  visit: (i: number, z: Float64Array) => void,
): void {
  const units = 2 * net.k
  const weights = byFeature(net.weights, units, net.d)
  const together = Math.max(TOGETHER, Math.floor(Math.max(PART, weights.length) / x.cols))
  const small = weights.length < SMALL
  if (small && !isSparse(x) && isDense(shapeOf(x))) {
    new DenseLayer(x, weights, units).each(visit)
    return
  }
  if (x.rows <= together) {
    sparseLayer(x, weights, units).each(visit)
    return
  }
  // in parts, on one memory
  let arena: Arena | undefined
  for (let first = 0; first < x.rows; first += together) {
    const part = rowRange(x, first, Math.min(x.rows, first + together))
    if (!small) {
      const bytes = sparseLayerBytes(shapeOf(part), units)
      if (arena && bytes <= arena.buffer.byteLength) arena.clear()
      else arena = new Arena(bytes)
    }
    new SparseLayer(part, weights, units, arena).each((i, z) => visit(first + i, z))
  }
}
