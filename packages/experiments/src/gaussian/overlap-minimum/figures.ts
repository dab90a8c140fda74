import { oppositeKind } from '@nonconvex/gaussian-theory/atlas'
import { overlapLoss } from '@nonconvex/gaussian-theory/overlap'
import { norm2 } from '@nonconvex/tensor'
import { ascending } from '../../averages.js'
import { pointLooks } from '../../figure/critical-points.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, label, panelOf, xy, type Layer } from '../../figure/layers.js'
import { contourMap, gridMap, passLevel } from '../contours.js'
import { shapeOf, teacherOf, type Params } from './experiment.js'

export interface PointFound {
  readonly k: number
  readonly w: readonly number[]
  readonly gradientNorm: number
  readonly eigenvalues: readonly number[]
}

/** Where the run from each grid point ended, row by row from below: g(lobal), s(tuck) or ? */
export interface BasinsFound {
  readonly k: number
  readonly ends: string
}

/**
 * The landscape with the teacher and the critical point opposite to it, for each number of patches.
 */
export function minimumFigure(points: readonly PointFound[], params: Params): Figure {
  const { m, stride } = shapeOf(params.k[0], params)
  const overlap = stride < m ? `overlap in ${m - stride} of ${m} coordinates` : 'do not overlap'
  return {
    id: 'minimum',
    title: 'The loss with the teacher and the critical point opposite to it',
    caption: `The loss for $k$ patches of length ${m} that ${overlap}, teacher $w^* = (${teacherOf(params).join(', ')})$, dark where it is low${m > 2 ? ', on the plane where all weights but the first and the last are $0$; points outside it are projected' : ''}. Bold: the basin of the local minimum $-t_0w^*$, up to the lowest pass to the teacher and half as high.`,
    panels: ascending(params.k).map((k) => mapPanel(k, points, params)),
  }
}

const GRID = 81

/** Axes of the map: first and last weight. */
function axesOf(params: Params): Pick<Panel, 'x' | 'y' | 'square'> {
  const domain = [-edgeOf(params), edgeOf(params)] as const
  const m = teacherOf(params).length
  return {
    x: { label: 'w₁', domain },
    y: { label: m === 3 ? 'w₃ (w₂ = 0)' : m > 3 ? 'w₄ (w₂ = w₃ = 0)' : 'w₂', domain },
    square: true,
  }
}

/** First and last weight. */
const endsOf = (w: readonly number[]): [x: number, y: number] => [
  w[0],
  w.length > 1 ? w[w.length - 1] : 0,
]

const names = {
  minimum: '−t₀w*, local minimum',
  saddle: '−t₀w*, saddle',
  flat: '−αw*, degenerate saddle',
  'no critical point': '−t₀w*, not critical',
}

const looks = {
  minimum: pointLooks['local minimum'],
  saddle: pointLooks.saddle,
  flat: pointLooks.saddle,
  'no critical point': pointLooks['non-differentiable'],
}

/** The teacher and the point opposite, with their names; projected if outside the map's plane. */
function pointLayers(k: number, points: readonly PointFound[], params: Params): Layer[] {
  const wStar = teacherOf(params)
  const inside = wStar.slice(1, -1).every((x) => x === 0)
  const at = (w: readonly number[]) => {
    const [x, y] = endsOf(w)
    return { x, y }
  }
  const nameOf = (text: string) => (inside ? text : `${text}, projected`)
  const point = k > 1 ? points.find((one) => one.k === k) : undefined
  const kind = point ? kindOf(point, params) : 'saddle'
  const [teacher, opposite] = [at(wStar), point && at(point.w)]
  const star = { ...pointLooks['global minimum'], filled: inside }
  return [
    dots('teacher', [teacher], xy, star),
    dots('local', opposite ? [opposite] : [], xy, looks[kind]),
    label('teacherName', nameOf('w*'), teacher, { dy: -15 }),
    label('localName', nameOf(names[kind]), opposite, { dy: 17 }),
  ]
}

export const kindOf = (
  { k, gradientNorm, eigenvalues }: Omit<PointFound, 'w'>,
  params: Params,
): keyof typeof names =>
  oppositeKind({ shape: shapeOf(k, params), gradient: gradientNorm, eigenvalues })

/** Levels around a local minimum: of the lowest pass to the teacher, and half as high. */
function basinLevels(value: Float64Array, local: number, teacher: number): number[] {
  const pass = passLevel(value, local, teacher)
  const low = value[local]
  return pass > low && Number.isFinite(pass) ? [(low + pass) / 2, pass] : []
}

function mapPanel(k: number, points: readonly PointFound[], params: Params): Panel {
  const wStar = teacherOf(params)
  const shape = shapeOf(k, params)
  const loss = (x: number, y: number): number =>
    overlapLoss(planeOf(x, y, wStar.length), wStar, shape)
  const local = points.find((one) => one.k === k && k > 1 && kindOf(one, params) === 'minimum')
  return panelOf({ title: `k = ${k}`, ...axesOf(params) }, [
    // the minima are shallow for many patches
    contourMap({
      loss,
      edge: edgeOf(params),
      grid: GRID,
      bend: 2.5,
      ...(local && {
        bold: (value, at) => basinLevels(value, at(...endsOf(local.w)), at(...endsOf(wStar))),
      }),
    }),
    ...pointLayers(k, points, params),
  ])
}

/** The basin of attraction of the teacher, for each number of patches. */
export function basinFigures(
  found: readonly BasinsFound[],
  points: readonly PointFound[],
  params: Params,
): Figure[] {
  if (found.length === 0) return []
  return [
    {
      id: 'basins',
      title: 'The basin of attraction of the teacher',
      caption: `Gradient descent from a grid of $${params.grid} \\times ${params.grid}$ points: green where it reaches the teacher, pale where it ends elsewhere, mostly at the point opposite to it if that is a local minimum.`,
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
  const reached = `${((100 * (value.length - lost)) / value.length).toFixed(1)} % reach w*`
  // points of the grid are the middles of its cells
  const most = edge - edge / grid
  return panelOf({ title: `k = ${k}`, ...axesOf(params) }, [
    gridMap(value, grid, { x: [-most, most], y: [-most, most], levels: [0.5], tone: 'holds' }),
    ...pointLayers(k, points, params),
    label('reached', reached, [-edge, -edge], { anchor: 'start', dx: 8, dy: -10, bold: true }),
  ])
}

/** The map's edge, in lengths of the teacher: [−2, 2]² for (−1, 1). */
const EDGE = 2 * Math.SQRT1_2

const edgeOf = (params: Params): number => EDGE * norm2(teacherOf(params))

/** The filter at a point of the map: its first and last weight, all others 0. */
export const planeOf = (x: number, y: number, m: number): number[] =>
  Array.from({ length: m }, (_, i) => (i === 0 ? x : i === m - 1 ? y : 0))

/** Initial weights of the map, row by row from below; none of them is 0. */
export function gridInitializations(params: Params): { x: number[]; y: number[] } {
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
