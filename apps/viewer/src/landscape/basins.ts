import type { OverlapEvaluator } from '@nonconvex/gaussian-theory/overlap'
import { Contours, type Ring } from './contour.js'
import type { CriticalPoint } from './critical-points.js'
import { MAX_STEPS } from './descent.js'
import { REACH } from './describe.js'
import { EDGE } from './initial-points.js'
import { GRID } from './map-picture.js'
import { evaluatorOf, type Problem } from './problem.js'
import type { Steps } from './use-slowly.js'

/** Where gradient descent ends: at the teacher, at another minimum, or neither within its steps. */
export type End = 'global' | 'spurious' | 'other'

/**
 * Ends of gradient descent without its trajectory. A run is followed only until its end is certain:
 * to a loss below that of all other critical points, which with η < 2/L it stays below, or into the
 * reach of a spurious minimum.
 */
export class Ends {
  readonly #at: OverlapEvaluator
  readonly #eta: number
  readonly #spurious: readonly CriticalPoint[]
  /** below this there is only the teacher */
  readonly #enough: number
  readonly #w = new Float64Array(2)
  readonly #gradient = new Float64Array(2)

  constructor(problem: Problem, points: readonly CriticalPoint[]) {
    this.#at = evaluatorOf(problem)
    this.#eta = problem.eta
    this.#spurious = points.filter(({ kind }) => kind === 'local minimum')
    const others = points.filter(({ kind }) => kind !== 'global minimum')
    this.#enough = Math.min(...others.map(({ loss }) => loss))
  }

  of(x: number, y: number): End {
    const w = this.#w
    w[0] = x
    w[1] = y
    for (let step = 0; step <= MAX_STEPS; step++) {
      const loss = this.#at.lossAndGradientInto(this.#gradient, w)
      if (loss < this.#enough) return 'global'
      if (this.#spurious.some(({ at }) => Math.hypot(at.x - w[0], at.y - w[1]) < REACH))
        return 'spurious'
      if (Number.isNaN(this.#gradient[0])) return 'other'
      w[0] -= this.#eta * this.#gradient[0]
      w[1] -= this.#eta * this.#gradient[1]
    }
    return 'other'
  }
}

/** Lines around the part of the plane from which gradient descent ends elsewhere than at the teacher. */
export type Basins = readonly Ring[]

/** The basins of attraction, from the ends of gradient descent on the grid of the map. */
export function* basinsOf(problem: Problem, points: readonly CriticalPoint[]): Steps<Basins> {
  const ends = new Ends(problem, points)
  const reached = new Float64Array(GRID * GRID)
  const plane = (i: number) => EDGE * ((2 * i) / (GRID - 1) - 1)
  for (let row = 0, i = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++)
      reached[i++] = ends.of(plane(column), plane(row)) === 'global' ? 1 : 0
    yield
  }
  return new Contours(GRID, smoothed(smoothed(reached))).below(0.5)
}

/** Means over three points in both directions: lines around 0 and 1 are stairs without it. */
function smoothed(values: Float64Array): Float64Array {
  const at = (row: number, column: number) => values[clamped(row) * GRID + clamped(column)]
  return values.map((_, i) => {
    const column = i % GRID
    const row = (i - column) / GRID
    let sum = 0
    for (const dr of near) for (const dc of near) sum += at(row + dr, column + dc)
    return sum / 9
  })
}

const near = [-1, 0, 1]
const clamped = (i: number): number => Math.min(GRID - 1, Math.max(0, i))
