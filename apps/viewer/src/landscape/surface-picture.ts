import type { Theme } from '@nonconvex/experiments/figure'
import type { Camera, Projected } from './camera.js'
import { mix, surfaceShade } from './color.js'
import { Contours } from './contour.js'
import type { Run } from './descent.js'
import { glyph } from './glyph.js'
import { depth, levelsUpTo } from './levels.js'
import { gridLosses, gridOf } from './map-picture.js'
import { DISC, meshOf, patchesOf, type Mesh } from './mesh.js'
import { shortName } from './critical-point-shapes.js'
import type { CriticalPoint } from './critical-points.js'
import type { Problem } from './problem.js'
import type { Picture, Shape } from './shape.js'
import { isHidden, lightOn, stageFor, type Stage } from './stage.js'
import { EDGE } from './initial-points.js'

/** A patch that turns from the lamp is so much darker. */
const DARKEST = 0.42

export interface Scene {
  readonly problem: Problem
  readonly points: readonly CriticalPoint[]
  readonly runs: readonly Run[]
  /** they are drawn up to this one */
  readonly iteration?: number
  /** it moves: fewer patches will do */
  readonly rough?: boolean
}

/** What is drawn from the farthest to the nearest. */
interface Item {
  readonly far: number
  readonly shapes: readonly Shape[]
}

/** Lines lie this much before the surface that they lie on. */
const BEFORE = 0.05

/** Teacher to the left, its opposite to the right, a little nearer. */
export function usualCamera(teacher: number): Camera {
  return { turn: (((195 - teacher) % 360) + 360) % 360, height: 48 }
}

/** The loss as a surface over a disc, nearer parts over farther ones. */
export function surfaceFor(
  { problem, points, runs, iteration = Infinity, rough = false }: Scene,
  width: number,
  type: number,
  camera: Camera,
  theme: Theme,
): Picture {
  const mesh = meshOf(problem, rough)
  const stage = stageFor(mesh.highest, width, type, camera)
  const items = [
    ...patchItems(mesh, stage, theme),
    ...levelItems(problem, mesh.highest, stage, theme, gridOf(rough)),
    ...runs.flatMap((run) => runItems(run, iteration, stage, type, theme)),
  ].sort((a, b) => b.far - a.far)
  const marks = points
    .filter(({ at, loss }) => !isHidden(problem, at, loss, stage))
    .flatMap(({ kind, at, loss }): Shape[] => {
      const [x, y] = stage.put(stage.onSurface(at.x, at.y, loss))
      const name = { kind: 'text', text: shortName[kind], size: type, bold: true } as const
      const toTheLeft = x > 0.75 * width
      return [
        glyph(kind, x, y, 0.55 * type, theme),
        {
          ...name,
          fill: theme.ink,
          rim: theme.paper,
          y: y + 0.35 * type,
          x: toTheLeft ? x - type : x + type,
          anchor: toTheLeft ? 'end' : 'start',
        },
      ]
    })
  return { ...stage, shapes: [...items.flatMap(({ shapes }) => shapes), ...marks] }
}

function patchItems(mesh: Mesh, { onSurface, put, lift }: Stage, theme: Theme): Item[] {
  const { points, losses, highest } = mesh
  const seen = Array.from(losses, (loss, i) => onSurface(points[2 * i], points[2 * i + 1], loss))
  return patchesOf(mesh).map((corners): Item => {
    const loss = corners.reduce((sum, i) => sum + losses[i], 0) / corners.length
    const far = corners.reduce((sum, i) => sum + seen[i].far, 0) / corners.length
    const light = lightOn(corners.map((i) => [points[2 * i], points[2 * i + 1], lift(losses[i])]))
    const fill = mix('#000000', surfaceShade(theme, depth(loss, highest)), DARKEST * (1 - light))
    const line = corners.flatMap((i) => put(seen[i]))
    const patch = { kind: 'lines', lines: [line], closed: true } as const
    return { far, shapes: [{ ...patch, fill, stroke: fill, width: 0.6 }] }
  })
}

/** The contours of the map, on the surface. */
function levelItems(
  problem: Problem,
  highest: number,
  stage: Stage,
  theme: Theme,
  n: number,
): Item[] {
  const contours = new Contours(n, gridLosses(problem, n))
  const plane = (t: number) => EDGE * ((2 * t) / (n - 1) - 1)
  return levelsUpTo(highest).flatMap((level) =>
    contours.below(level).flatMap((ring) => {
      const items: Item[] = []
      // every third crossing will do
      for (let i = 0; i < ring.length; i += 6) {
        const j = (i + 6) % ring.length
        const [from, to] = [i, j].map((at) => [plane(ring[at]), plane(ring[at + 1])])
        if (Math.hypot(...from) > DISC || Math.hypot(...to) > DISC) continue
        const ends = [from, to].map(([x, y]) => stage.onSurface(x, y, level))
        const line = ends.flatMap(stage.put)
        items.push({
          far: Math.min(...ends.map(({ far }) => far)) - BEFORE,
          shapes: [{ kind: 'lines', lines: [line], stroke: theme.paper, width: 0.8, opacity: 0.7 }],
        })
      }
      return items
    }),
  )
}

/** A path on the surface, in pieces that may be hidden one by one. */
function runItems(
  run: Run,
  iteration: number,
  { onSurface, put }: Stage,
  type: number,
  theme: Theme,
): Item[] {
  const stroke = run.kind === 'global' ? theme.measured : theme.violated
  const seen: Projected[] = []
  let last = [Infinity, Infinity]
  const shown = run.iterations.findLastIndex((each) => each <= iteration)
  run.losses.subarray(0, shown + 1).forEach((loss, i) => {
    const [x, y] = [run.path[2 * i], run.path[2 * i + 1]]
    const isEnd = i === shown
    const short = Math.hypot(x - last[0], y - last[1]) < 0.01
    if ((short && !isEnd) || Math.hypot(x, y) > DISC) return
    last = [x, y]
    seen.push(onSurface(x, y, loss))
  })
  const pieces = seen.slice(1).map((to, i): Item => {
    const line = [...put(seen[i]), ...put(to)]
    return {
      far: Math.min(seen[i].far, to.far) - 2 * BEFORE,
      shapes: [{ kind: 'lines', lines: [line], stroke, width: 0.17 * type }],
    }
  })
  const start = seen.slice(0, 1).map((at): Item => {
    const [x, y] = put(at)
    const disc = { kind: 'disc', x, y, radius: 0.3 * type } as const
    return {
      far: at.far - 3 * BEFORE,
      shapes: [{ ...disc, fill: theme.paper, stroke, width: 0.14 * type }],
    }
  })
  return [...pieces, ...start]
}
