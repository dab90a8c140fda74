import { oppositeKind } from '@nonconvex/gaussian-theory/atlas'
import { overlapLoss } from '@nonconvex/gaussian-theory/overlap'
import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { contourMap } from '../contours.js'
import type { Found } from './found.js'
import { shapeOf, teacherOf, type MinimumParams } from './params.js'
import { edgeOf, planeOf } from './plane.js'

/** The landscape with the teacher and the point opposite to it, for each number of windows. */
export function minimumFigures(found: readonly Found[], params: MinimumParams): Figure[] {
  const { m, stride } = shapeOf(found[0].k, params)
  const overlap = stride < m ? `overlap in ${m - stride} of ${m} coordinates` : 'do not overlap'
  return [
    {
      id: 'minimum',
      title: 'The loss, the teacher, and the point opposite to it',
      caption: `The loss for $k$ windows of length ${m} that ${overlap}, teacher $w^* = (${teacherOf(params).join(', ')})$, dark where it is low${m > 2 ? ', on the plane where all weights but the first and the last are $0$; points beside it are projected' : ''}. The diamond is $-t_0w^*$, the lowest point on the ray opposite to the teacher.`,
      panels: found.map((one) => mapPanel(one, params)),
    },
  ]
}

const GRID = 81

/** Axes of the map: first and last weight. */
export function axesOf(params: MinimumParams): Pick<Panel, 'x' | 'y' | 'square'> {
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
export function places(
  { k, w, point }: Found,
  params: MinimumParams,
): { frames: Panel['frames']; dots: Mark[]; names: Mark[] } {
  const wStar = teacherOf(params)
  const inside = wStar.slice(1, -1).every((x) => x === 0)
  const nowhere: Frame = { x: [], y: [], text: [] }
  const at = (filter: readonly number[], text: string): Frame => ({
    x: [filter[0]],
    y: [filter.length > 1 ? filter[filter.length - 1] : 0],
    text: [inside ? text : `${text}, projected`],
  })
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
      local: kind && k > 1 ? at(w, names[kind]) : nowhere,
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

function mapPanel(found: Found, params: MinimumParams): Panel {
  const wStar = teacherOf(params)
  const shape = shapeOf(found.k, params)
  const { frame, mark } = contourMap({
    loss: (x, y) => overlapLoss(planeOf(x, y, wStar.length), wStar, shape),
    // the minima are shallow for many windows
    edge: edgeOf(params),
    grid: GRID,
    bend: 2.5,
  })
  const { frames, dots, names } = places(found, params)
  return {
    title: `k = ${found.k}`,
    ...axesOf(params),
    frames: { map: frame, ...frames },
    marks: [mark, ...dots, ...names],
  }
}
