import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { shareOf, type ShapeFound } from './found.js'
import type { ParamsOf } from '../../define/definition.js'
import { directionOf, type overlapRestarts } from './experiment.js'

type Params = ParamsOf<typeof overlapRestarts>

/**
 * For filters of length 2: the success rate by the direction of the teacher, one picture
 * for each k.
 */
export function directionFigures(found: readonly ShapeFound[], params: Params): Figure[] {
  const panels = found.flatMap((one) => (one.directions ? [directionPanel(one, params)] : []))
  if (panels.length === 0) return []
  return [
    {
      id: 'directions',
      title:
        'Only teachers between two directions are hard, and the more windows, the more of them',
      caption: `Filters of length $2$ at stride $1$. Each point is a teacher $w^*$: it lies in the direction of $w^*$, at the distance from the middle that is the share of its $${params.starts}$ random starts which reach the global optimum; red where some start fails. The teacher $-w^*$ has the same share as $w^*$ by symmetry.`,
      panels,
    },
  ]
}

const RIM = 73
const EDGE = 1.15
const DIAGONAL = Math.SQRT1_2

function ring(radius: number): Frame {
  const angles = Array.from({ length: RIM }, (_, i) => (2 * Math.PI * i) / (RIM - 1))
  return {
    x: angles.map((angle) => radius * Math.cos(angle)),
    y: angles.map((angle) => radius * Math.sin(angle)),
  }
}

function directionPanel({ shape, directions }: ShapeFound, params: Params): Panel {
  const points = (directions?.teachers ?? []).flatMap((teacher, i) => {
    const share = shareOf(teacher)
    const angle = directionOf(i, params.directions)
    return [angle, angle + Math.PI].map((at) => ({
      x: share * Math.cos(at),
      y: share * Math.sin(at),
      fails: share < 1,
    }))
  })
  const of = (fails: boolean): Frame => {
    const some = points.filter((point) => point.fails === fails)
    return { x: some.map(({ x }) => x), y: some.map(({ y }) => y) }
  }
  return {
    title: `k = ${shape.k} windows`,
    x: { label: 'share of starts that succeed × w₁* / ‖w*‖', domain: [-EDGE, EDGE] },
    y: { label: 'share of starts that succeed × w₂* / ‖w*‖', domain: [-EDGE, EDGE] },
    square: true,
    frames: {
      whole: ring(1),
      half: ring(0.5),
      fine: of(false),
      hard: of(true),
      // no teacher near the diagonal is hard
      halfName: { x: [DIAGONAL / 2], y: [DIAGONAL / 2], text: ['half'] },
      wholeName: { x: [DIAGONAL], y: [DIAGONAL], text: ['all starts'] },
    },
    marks: [
      { mark: 'line', frame: 'whole', x: 'x', y: 'y', tone: 'bound', dash: true, width: 1 },
      { mark: 'line', frame: 'half', x: 'x', y: 'y', tone: 'bound', dash: true, width: 1 },
      {
        mark: 'dot',
        frame: 'fine',
        x: 'x',
        y: 'y',
        tone: 'measured',
        radius: 3,
        key: 'teacher that all starts reach',
      },
      {
        mark: 'dot',
        frame: 'hard',
        x: 'x',
        y: 'y',
        tone: 'violated',
        symbol: 'diamond',
        key: 'teacher that some start misses',
      },
      nameMark('halfName', { tone: 'bound', anchor: 'start', dx: 6 }),
      nameMark('wholeName', { tone: 'bound', anchor: 'end', dx: -8, dy: 8 }),
    ],
  }
}
