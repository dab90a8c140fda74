import { baum, type BaumStatus } from '@nonconvex/gaussian-theory/baum'
import { norm2 } from '@nonconvex/tensor'
import { sampler, type Context, type HalfSpaces, type Runs } from './samples.js'

/** One run in three dimensions, with points of the second sample that step 2 used. */
export type PictureMeasured = {
  readonly status: BaumStatus
  readonly u: readonly number[]
  readonly v: readonly number[]
  /** half-space of step 1; null if there is none */
  readonly w: readonly number[] | null
  /** the quadratic form, row by row; null if there is none */
  readonly q: readonly number[] | null
  readonly points: readonly PlacedPoint[]
}

/** A point of the unit sphere with w·x > 0, seen from w. */
export type PlacedPoint = {
  readonly x: number
  readonly y: number
  readonly label: number
  /** whether it is part of the proof that step 2 has no solution */
  readonly witness: boolean
}

/** Points that are drawn besides the witness. */
const SHOWN = 500

/** Examples of step 2 where it has a solution: few, so that the error is visible. */
const FEW = 300

export function pictureOf(
  cell: Runs,
  [pair]: readonly HalfSpaces[],
  context: Context,
): PictureMeasured {
  const { first, second } = context.params
  const sample = sampler(cell, 0, pair, context)
  const form = sample('second', cell.kind === 'lifted' ? second : FEW)
  const { status, w, Q, witness } = baum(sample('first', first), form)
  const found = { status, ...pair, w: w ? Array.from(w) : null, q: Q ? Array.from(Q.data) : null }
  if (!w) return { ...found, points: [] }
  const [right, up] = axesAt(w, pair)
  const { cols, data } = form.x
  const kept = Array.from(form.y).flatMap((label, i) => {
    const point = data.subarray(i * cols, (i + 1) * cols)
    return dot(point, w) > 0 ? [{ point, label }] : []
  })
  const against = new Set(status === 'step2-infeasible' ? witness?.rows : [])
  return {
    ...found,
    points: kept.flatMap(({ point, label }, i) => {
      if (i >= SHOWN && !against.has(i)) return []
      const size = norm2(point)
      const place = { x: dot(point, right) / size, y: dot(point, up) / size }
      return [{ ...place, label, witness: against.has(i) }]
    }),
  }
}

/** Unit vectors to the right and up in the view along w, where u is to the right of v. */
export function axesAt(w: ArrayLike<number>, { u, v }: HalfSpaces): [number[], number[]] {
  const apart = u.map((x, t) => x - v[t])
  const across = apart.map((x, t) => x - dot(apart, w) * w[t])
  const size = norm2(across)
  // u = v, or w between them by chance: any direction will do
  const right = size > 1e-9 ? across.map((x) => x / size) : anyAcross(w)
  return [right, cross(w, right)]
}

/** A unit vector orthogonal to w. */
export function anyAcross(w: ArrayLike<number>): number[] {
  const axis = Math.abs(w[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]
  const across = axis.map((x, t) => x - dot(axis, w) * w[t])
  const size = norm2(across)
  return across.map((x) => x / size)
}

export const cross = (a: ArrayLike<number>, b: ArrayLike<number>): number[] =>
  [0, 1, 2].map((t) => a[(t + 1) % 3] * b[(t + 2) % 3] - a[(t + 2) % 3] * b[(t + 1) % 3])

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
