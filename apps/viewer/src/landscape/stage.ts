import { projection, towardsEye, type Camera, type Projected } from './camera.js'
import { DISC } from './mesh.js'
import { lossesAt, type Problem } from './problem.js'
import type { Point } from './initial-points.js'

/** How a place on the surface comes to a place in the picture. */
export interface Stage {
  readonly width: number
  readonly height: number
  readonly camera: Camera
  /** height of a loss over the plane, in units of the plane */
  readonly lift: (loss: number) => number
  readonly onSurface: (x: number, y: number, loss: number) => Projected
  readonly put: (at: Projected) => [number, number]
}

/** Height of the highest value, in units of the plane. */
const TALL = 0.85

/** A stage as wide as the picture, and high enough for every turn of the camera. */
export function stageFor(highest: number, width: number, type: number, camera: Camera): Stage {
  const project = projection(camera)
  const scale = (width - 2 * type) / (2 * DISC)
  // room for the disc from above and for the highest value over its far rim, whatever the camera's
  // height
  const height = scale * Math.hypot(2 * DISC, TALL) + type
  const along = Math.cos((camera.height * Math.PI) / 180)
  const middle = height / 2 + (scale * TALL * along) / 2
  const lift = (loss: number) => (TALL * Math.min(loss, highest)) / highest
  return {
    width,
    camera,
    lift,
    height,
    onSurface: (x, y, loss) => project(x, y, lift(loss)),
    put: ({ x, y }) => [width / 2 + scale * x, middle + scale * y],
  }
}

/** CriticalPoints on the way to the eye at which it is looked whether the surface lies higher. */
const SAMPLES = 60

/** Whether another part of the surface stands before a place on it. */
export function isHidden(
  problem: Problem,
  { x, y }: Point,
  loss: number,
  { camera, lift }: Stage,
): boolean {
  const [dx, dy, dz] = towardsEye(camera)
  const far = (2 * DISC) / SAMPLES
  const way = Array.from({ length: SAMPLES }, (_, i) => far * (i + 1)).filter(
    (t) => Math.hypot(x + t * dx, y + t * dy) <= DISC,
  )
  const losses = lossesAt(problem, Float64Array.from(way.flatMap((t) => [x + t * dx, y + t * dy])))
  return way.some((t, i) => lift(losses[i]) > lift(loss) + t * dz)
}

type Vector = readonly [number, number, number]

const LAMP: Vector = [-0.5, 0.35, 0.79]

/** How much light a patch gets, 0 to 1, from a lamp at the upper left of the plane. */
export function lightOn([a, b, c]: readonly (readonly number[])[]): number {
  const [u, v] = [b, c].map((p) => p.map((t, i) => t - a[i]))
  const normal: Vector = [
    u[1] * v[2] - u[2] * v[1],
    u[2] * v[0] - u[0] * v[2],
    u[0] * v[1] - u[1] * v[0],
  ]
  const dot = normal.reduce((sum, t, i) => sum + t * LAMP[i], 0)
  return Math.min(1, Math.max(0, dot / (Math.hypot(...normal) || 1)))
}
