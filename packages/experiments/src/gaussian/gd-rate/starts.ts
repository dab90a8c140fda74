import type { Stream } from '@nonconvex/tensor'
import { across } from '../across.js'
import { pathStarts, type GdRateParams, type StartsCell } from './params.js'

/** The problem of a cell: a unit teacher shared by all cells, and the cell's starts. */
export interface Problem {
  readonly wStar: Float64Array
  readonly starts: readonly Float64Array[]
}

/**
 * Teacher and starts from the experiment's stream. Start i has its own child, so it is the same in
 * every block; uniform starts lie on the unit sphere, as in the theorem.
 */
export function problemOf(params: GdRateParams, cell: StartsCell, shared: Stream): Problem {
  const { m } = params
  const wStar = shared.child('teacher').unitVector(m)
  const starts = Array.from({ length: cell.to - cell.from }, (_, i) => {
    const draws = shared.child(cell.kind, cell.from + i)
    return cell.kind === 'uniform'
      ? draws.unitVector(m)
      : drawnStart(params, cell.from + i, wStar, draws)
  })
  return { wStar, starts }
}

/**
 * r (cos θ ŵ* + sin θ e), e a random unit vector orthogonal to the teacher; for m = 1 the nearer
 * end.
 */
function drawnStart(
  { m, near }: GdRateParams,
  index: number,
  wStar: Float64Array,
  draws: Stream,
): Float64Array {
  const { r, theta } = pathStarts(near)[index]
  if (m === 1) return wStar.map((x) => r * Math.sign(Math.cos(theta)) * x)
  const e = across(wStar, draws)
  const [cos, sin] = [Math.cos(theta), Math.sin(theta)]
  return wStar.map((x, i) => r * (cos * x + sin * e[i]))
}
