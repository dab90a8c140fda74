import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { mean } from '../../averages.js'
import { dotStyle } from '../line-styles.js'
import type { Found } from './conclude.js'
import { fixedFigure } from './fixed-figure.js'
import { exactDistances, shownSteps } from './measure.js'
import type { SGDParams } from './params.js'

/**
 * Left: distance to the teacher. Right: how the landscape of a sample tends to the population's.
 */
export function sgdFigures(found: Found, params: SGDParams): Figure[] {
  return [
    {
      id: 'sgd',
      title: 'A constant step is enough, because the noise vanishes at the teacher',
      caption: `Left: distance to the teacher, for each batch size $B$ the median of the runs and a band from their 10 % to their 90 % quantile; with exact gradients and $\\eta = 1/c$ dashed. Right: largest difference between the loss of a fixed sample and the population's at ten points, mean of forty samples, beside $n^{-1/2}$.`,
      panels: [runPanel(found, params), gapPanel(found)],
    },
    fixedFigure(found, params),
  ]
}

const FLOOR = 1e-7

function runPanel({ batches }: Found, params: SGDParams): Panel {
  const lines = batches
    .filter(({ runs }) => runs.length > 0)
    .map(({ batch, runs }) => {
      const at = shownSteps.map((_, i) => {
        const sorted = runs.map((run) => run.distances[i]).sort((a, b) => a - b)
        const quantile = (share: number): number =>
          Math.max(FLOOR, sorted[Math.floor(share * (sorted.length - 1))])
        return { low: quantile(0.1), y: quantile(0.5), high: quantile(0.9) }
      })
      const end = at.findIndex(({ high }) => high <= 2e-6)
      const shown = end < 0 ? at.length : end + 1
      return { name: `B = ${batch}`, x: shownSteps.slice(0, shown), at: at.slice(0, shown) }
    })
  const exact = exactDistances(params)
  const stop = exact.findIndex((x) => x < 1e-6)
  const until = stop < 0 ? exact.length : stop
  const last = Math.max(50, ...lines.map(({ x }) => x[x.length - 1]))
  return {
    title: 'Distance to the teacher',
    x: { label: 'steps', domain: [0, last] },
    y: { label: '‖w − w*‖ / ‖w*‖', scale: 'log', domain: [1e-6, 3] },
    frames: {
      exact: { x: shownSteps.slice(0, until), y: exact.slice(0, until) },
      ...Object.fromEntries(
        lines.flatMap(({ x, at }, i): [string, Frame][] => {
          const y = at.map((one) => one.y)
          const [low, high] = [at.map((one) => one.low), at.map((one) => one.high)]
          // symbols that tell the lines apart, about eight on each
          const apart = Math.ceil(x.length / 8)
          const some = [...x.keys()].filter((step) => step > 0 && step % apart === 0)
          return [
            [`band${i}`, { x, low, high }],
            [`run${i}`, { x, y }],
            [`dots${i}`, { x: some.map((step) => x[step]), y: some.map((step) => y[step]) }],
          ]
        }),
      ),
    },
    marks: [
      ...lines.map((_, i): Mark => ({
        mark: 'area',
        frame: `band${i}`,
        x: 'x',
        y1: 'low',
        y2: 'high',
        tone: 'measured',
        key: '10–90 % of the runs',
      })),
      {
        mark: 'line',
        frame: 'exact',
        x: 'x',
        y: 'y',
        tone: 'soft',
        dash: true,
        key: 'exact gradients',
      },
      ...lines.flatMap(({ name }, i): Mark[] => [
        { mark: 'line', frame: `run${i}`, x: 'x', y: 'y', tone: 'measured', key: name },
        { mark: 'dot', frame: `dots${i}`, x: 'x', y: 'y', ...dotStyle(i), key: name },
      ]),
    ],
  }
}

function gapPanel({ gaps }: Found): Panel {
  const x = gaps.map(({ n }) => n)
  const y = gaps.map((g) => mean(g.gaps))
  const law = x.map((n) => y[0] * Math.sqrt(x[0] / n))
  return {
    title: 'A fixed sample',
    x: { label: 'n, examples', scale: 'log' },
    y: { label: 'largest difference of losses', scale: 'log' },
    frames: {
      gaps: { x, y },
      law: { x, y: law },
      name: { x: x.slice(-1), y: law.slice(-1), text: x.slice(-1).map(() => 'like 1/√n') },
    },
    marks: [
      { mark: 'line', frame: 'law', x: 'x', y: 'y', tone: 'bound', dash: true },
      { mark: 'dot', frame: 'gaps', x: 'x', y: 'y', tone: 'measured', radius: 3.5 },
      nameMark('name', { tone: 'bound', anchor: 'end', dx: -14, dy: 8 }),
    ],
  }
}
