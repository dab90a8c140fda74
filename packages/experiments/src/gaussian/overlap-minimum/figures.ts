import { overlapLoss } from '@nonconvex/gaussian-theory'
import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { contourMap } from '../contours.js'
import type { Found } from './conclude.js'
import { gridStarts, MAP_EDGE } from './measure.js'
import { shapeOf, teacher } from './params.js'
import type { MinimumParams } from './params.js'

/** The landscape with its two minima, and from where each is reached. */
export function minimumFigures(found: Found, params: MinimumParams): Figure[] {
  const { k, stride } = params
  const overlap = stride === 1 ? 'overlap in one coordinate' : 'do not overlap'
  return [
    {
      id: 'minimum',
      title: 'A local minimum that is not global',
      caption: `The loss for $k = ${k}$ windows of length 2 that ${overlap}, teacher $w^* = (-1, 1)$, dark where it is low; in units of $\\lVert w^*\\rVert/\\sqrt2$. Right: where gradient descent ends from each start: at the teacher (green), or elsewhere (red).`,
      panels: [mapPanel(found, params), basinPanel(found, params)],
    },
  ]
}

const GRID = 81

const axes: Pick<Panel, 'x' | 'y' | 'square'> = {
  x: { label: 'w₁', domain: [-MAP_EDGE, MAP_EDGE] },
  y: { label: 'w₂', domain: [-MAP_EDGE, MAP_EDGE] },
  square: true,
}

function lossMap(params: MinimumParams): { frame: Frame; mark: Mark } {
  const shape = shapeOf(params)
  const loss = (x: number, y: number): number => overlapLoss([x, y], [...teacher], shape)
  // the minima are shallow for many windows
  return contourMap({ loss, edge: MAP_EDGE, grid: GRID, bend: 2.5 })
}

/** The teacher, and the point opposite if it is known. */
function places(
  { point }: Found,
  { k, stride }: MinimumParams,
): { frames: Panel['frames']; marks: Mark[] } {
  const local = point && k > 1 ? [point.t0] : []
  const name = stride === 1 ? '−t₀w*, local minimum' : '−αw*, degenerate saddle'
  return {
    frames: {
      teacher: { x: [teacher[0]], y: [teacher[1]], text: ['w*, global minimum'] },
      local: { x: local, y: local.map((t) => -t), text: local.map(() => name) },
    },
    marks: [
      { mark: 'dot', frame: 'teacher', x: 'x', y: 'y', symbol: 'star', tone: 'holds', radius: 7 },
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
      nameMark('teacher', { dy: -15 }),
      nameMark('local', { dy: 17 }),
    ],
  }
}

function mapPanel(found: Found, params: MinimumParams): Panel {
  const { frame, mark } = lossMap(params)
  const { frames, marks } = places(found, params)
  return { title: 'The loss', ...axes, frames: { map: frame, ...frames }, marks: [mark, ...marks] }
}

function basinPanel(found: Found, params: MinimumParams): Panel {
  const ends = found.basins?.ends ?? ''
  const { x, y } = gridStarts(params.grid)
  const of = (letter: string): Frame => {
    const rows = Array.from(ends, (_, i) => i).filter((i) => ends[i] === letter && i < x.length)
    return { x: rows.map((i) => x[i]), y: rows.map((i) => y[i]) }
  }
  const { frames, marks } = places(found, params)
  const radius = Math.max(1, 60 / params.grid)
  const dots = (frame: string, tone: 'holds' | 'violated' | 'undecided'): Mark => ({
    mark: 'dot',
    frame,
    x: 'x',
    y: 'y',
    tone,
    radius,
    opacity: 0.55,
  })
  return {
    title: 'Where a start ends',
    ...axes,
    frames: { global: of('g'), stuck: of('s'), open: of('?'), ...frames },
    marks: [
      dots('global', 'holds'),
      dots('stuck', 'violated'),
      dots('open', 'undecided'),
      ...marks.filter(({ mark }) => mark === 'dot'),
    ],
  }
}
