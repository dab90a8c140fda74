import { oppositeKind } from '@nonconvex/gaussian-theory/atlas'
import { overlapLoss } from '@nonconvex/gaussian-theory/overlap'
import { norm2 } from '@nonconvex/tensor'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { pack } from '../../result/packed.js'
import { ascending } from '../ascending.js'
import { contourMap } from '../contours.js'
import { shapeOf, teacherOf, type overlapMinimum } from './experiment.js'

type Params = ParamsOf<typeof overlapMinimum>

/** The point −t₀w* for k windows. */
export interface PointFound {
  readonly k: number
  readonly w: readonly number[]
  readonly gradientNorm: number
  readonly eigenvalues: readonly number[]
}

/** Where each start of the grid ended, row by row from below: g(lobal), s(tuck) or ? */
export interface BasinsFound {
  readonly k: number
  readonly ends: string
}

/** The landscape with the teacher and the point opposite to it, for each number of windows. */
export function minimumFigures(points: readonly PointFound[], params: Params): Figure[] {
  const { m, stride } = shapeOf(params.k[0], params)
  const overlap = stride < m ? `overlap in ${m - stride} of ${m} coordinates` : 'do not overlap'
  return [
    {
      id: 'minimum',
      title: 'The loss, the teacher, and the point opposite to it',
      caption: `The loss for $k$ windows of length ${m} that ${overlap}, teacher $w^* = (${teacherOf(params).join(', ')})$, dark where it is low${m > 2 ? ', on the plane where all weights but the first and the last are $0$; points beside it are projected' : ''}. The diamond is $-t_0w^*$, the lowest point on the ray opposite to the teacher.`,
      panels: ascending(params.k).map((k) => mapPanel(k, points, params)),
    },
  ]
}

const GRID = 81

/** Axes of the map: first and last weight. */
function axesOf(params: Params): Pick<Panel, 'x' | 'y' | 'square'> {
  const edge = edgeOf(params)
  const m = teacherOf(params).length
  return {
    x: { label: 'w₁', domain: [-edge, edge] },
    y: {
      label: m === 3 ? 'w₃ (w₂ = 0)' : m > 3 ? 'w₄ (w₂ = w₃ = 0)' : 'w₂',
      domain: [-edge, edge],
    },
    square: true,
  }
}

/**
 * The teacher, and the point opposite if it is known, with their names; projected if they are
 * beside the map's plane.
 */
function places(
  k: number,
  points: readonly PointFound[],
  params: Params,
): { frames: Panel['frames']; dots: Mark[]; names: Mark[] } {
  const wStar = teacherOf(params)
  const inside = wStar.slice(1, -1).every((x) => x === 0)
  const nowhere: Frame = { x: [], y: [], text: [] }
  const at = (filter: readonly number[], text: string): Frame => ({
    x: [filter[0]],
    y: [filter.length > 1 ? filter[filter.length - 1] : 0],
    text: [inside ? text : `${text}, projected`],
  })
  const point = points.find((one) => one.k === k)
  const kind =
    point &&
    oppositeKind({
      shape: shapeOf(k, params),
      gradient: point.gradientNorm,
      eigenvalues: point.eigenvalues,
    })
  const names = {
    minimum: '−t₀w*, local minimum',
    saddle: '−t₀w*, saddle',
    flat: '−αw*, degenerate saddle',
    'no critical point': '−t₀w*, not critical',
  }
  return {
    frames: {
      teacher: at(wStar, 'w*'),
      local: point && kind && k > 1 ? at(point.w, names[kind]) : nowhere,
    },
    dots: [
      {
        mark: 'dot',
        frame: 'teacher',
        x: 'x',
        y: 'y',
        symbol: 'star',
        tone: 'holds',
        radius: 7,
        filled: inside,
      },
      {
        mark: 'dot',
        frame: 'local',
        x: 'x',
        y: 'y',
        symbol: 'diamond',
        tone: 'violated',
        filled: false,
        radius: 5,
      },
    ],
    names: [nameMark('teacher', { dy: -15 }), nameMark('local', { dy: 17 })],
  }
}

function mapPanel(k: number, points: readonly PointFound[], params: Params): Panel {
  const wStar = teacherOf(params)
  const shape = shapeOf(k, params)
  const { frame, mark } = contourMap({
    loss: (x, y) => overlapLoss(planeOf(x, y, wStar.length), wStar, shape),
    // the minima are shallow for many windows
    edge: edgeOf(params),
    grid: GRID,
    bend: 2.5,
  })
  const { frames, dots, names } = places(k, points, params)
  return {
    title: `k = ${k}`,
    ...axesOf(params),
    frames: { map: frame, ...frames },
    marks: [mark, ...dots, ...names],
  }
}

/** From where the teacher is reached, for each number of windows. */
export function basinFigures(
  found: readonly BasinsFound[],
  points: readonly PointFound[],
  params: Params,
): Figure[] {
  if (found.length === 0) return []
  return [
    {
      id: 'basins',
      title: 'Where gradient descent ends',
      caption: `Starts on a grid of $${params.grid} \\times ${params.grid}$ points: green where gradient descent reaches the teacher (star), pale where it ends elsewhere, mostly at the point opposite (diamond) if that is a local minimum.`,
      panels: found.map((one) => basinPanel(one, points, params)),
    },
  ]
}

function basinPanel(
  { k, ends }: BasinsFound,
  points: readonly PointFound[],
  params: Params,
): Panel {
  const { grid } = params
  const edge = edgeOf(params)
  const value = Uint8Array.from({ length: grid * grid }, (_, i) => (ends[i] === 'g' ? 0 : 1))
  const lost = value.reduce((sum, x) => sum + x, 0)
  const { frames, dots, names } = places(k, points, params)
  // points of the grid are the middles of its cells
  const half = edge / grid
  return {
    title: `k = ${k}`,
    ...axesOf(params),
    frames: {
      map: { value: pack(value) },
      ...frames,
      share: {
        x: [-edge],
        y: [-edge],
        text: [`${((100 * (value.length - lost)) / value.length).toFixed(1)} % reach w*`],
      },
    },
    marks: [
      {
        mark: 'contour',
        frame: 'map',
        value: 'value',
        columns: grid,
        rows: grid,
        x: [-edge + half, edge - half],
        y: [-edge + half, edge - half],
        levels: [0.5],
        tone: 'holds',
      },
      ...dots,
      ...names,
      nameMark('share', { tone: 'ink', anchor: 'start', dx: 8, dy: -10, bold: true }),
    ],
  }
}

/**
 * The map shows so many lengths of the teacher in each direction, times 1/√2: [−2, 2]² for (−1, 1).
 */
const EDGE = 2 * Math.SQRT1_2

function edgeOf(params: Params): number {
  return EDGE * norm2(teacherOf(params))
}

/** The filter at a point of the map: its first and last weight, all others 0. */
export function planeOf(x: number, y: number, m: number): number[] {
  return Array.from({ length: m }, (_, i) => (i === 0 ? x : i === m - 1 ? y : 0))
}

/** Starts of the map, row by row from below; none of them is 0. */
export function gridStarts(params: Params): { x: number[]; y: number[] } {
  const { grid } = params
  const edge = edgeOf(params)
  // cells' middles, moved a little so that none is the origin or on an axis or diagonal of symmetry
  const at = (i: number, off: number): number => edge * ((2 * i + 1 + off) / grid - 1)
  const index = Array.from({ length: grid * grid }, (_, i) => i)
  return {
    x: index.map((i) => at(i % grid, 0.01)),
    y: index.map((i) => at(Math.floor(i / grid), 0.03)),
  }
}
