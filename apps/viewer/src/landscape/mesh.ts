import { lossesAt, type Problem } from './problem.js'

/** The surface is shown over ‖w‖ ≤ DISC. */
export const DISC = 1.3

/** The loss over that disc. Rings around the origin, so that its cusp is a vertex of the mesh. */
export interface Mesh {
  readonly rings: number
  /** points on a ring */
  readonly sides: number
  /** x and y in turn; the origin first, then ring by ring */
  readonly points: Float64Array
  readonly losses: Float64Array
  readonly highest: number
}

const RINGS = 24
const SIDES = 64

/** The mesh, with a quarter of its patches if it is rough. */
export function meshOf(problem: Problem, rough = false): Mesh {
  const [rings, sides] = rough ? [RINGS / 2, SIDES / 2] : [RINGS, SIDES]
  const points = new Float64Array(2 * (1 + rings * sides))
  for (let ring = 1, i = 2; ring <= rings; ring++)
    for (let side = 0; side < sides; side++) {
      const angle = (2 * Math.PI * side) / sides
      const radius = (DISC * ring) / rings
      points[i++] = radius * Math.cos(angle)
      points[i++] = radius * Math.sin(angle)
    }
  const losses = lossesAt(problem, points)
  const highest = losses.reduce((a, b) => Math.max(a, b))
  return { rings, sides, points, losses, highest }
}

/** Corners of the patches: four of two rings, three at the origin. */
export function patchesOf({ rings, sides }: Mesh): readonly (readonly number[])[] {
  const at = (ring: number, side: number) =>
    ring === 0 ? 0 : 1 + (ring - 1) * sides + (side % sides)
  const patches: number[][] = []
  for (let ring = 0; ring < rings; ring++)
    for (let side = 0; side < sides; side++) {
      const outer = [at(ring + 1, side), at(ring + 1, side + 1)]
      patches.push(ring === 0 ? [0, ...outer] : [at(ring, side), ...outer, at(ring, side + 1)])
    }
  return patches
}
