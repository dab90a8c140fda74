import { gdStep } from '@nonconvex/gaussian-theory/descent'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { norm2 } from '@nonconvex/tensor'
import { mean } from '../../averages.js'
import type { Figure, Panel, Tone } from '../../figure/figure.js'
import { band, dots, labels, line, panelOf, xy } from '../../figure/layers.js'
import { dotStyle } from '../line-styles.js'
import type { Params } from './experiment.js'
import { FIXED_STEPS, type FixedMeasured, type Outcome } from './fixed-sample.js'

export interface RunMeasured {
  readonly arrived: boolean
  readonly steps: number
  /** steps on which the angle to the teacher grew */
  readonly turnedAway: number
  /** ‖w − w*‖ at the steps of `shownSteps` */
  readonly distances: readonly number[]
}

export interface Batch {
  readonly batch: number
  readonly runs: readonly RunMeasured[]
}

export interface Fixed {
  readonly n: number
  readonly ends: FixedMeasured['ends']
}

interface Found {
  readonly batches: readonly Batch[]
  /** largest gap between the landscape of a sample and the population's, for each sample */
  readonly gaps: readonly { readonly n: number; readonly gaps: readonly number[] }[]
  readonly fixed: readonly Fixed[]
}

/** The steps at which the figure shows runs: every fifth up to 300. */
export const shownSteps: readonly number[] = Array.from({ length: 61 }, (_, i) => 5 * i)

/** Left: distance to the teacher. Right: the sample loss against the population loss. */
export function sgdFigures(found: Found, params: Params): Figure[] {
  return [
    {
      id: 'sgd',
      title: 'SGD with a constant learning rate converges, because the noise vanishes at w*',
      caption: `Left: distance to the teacher for each batch size $B$, median and 10–90 % quantiles of the runs; dashed gradient descent on the population loss with $\\eta = 1/c$. Right: largest difference between the loss of a fixed sample and the population loss at ten points, mean of forty samples, with $n^{-1/2}$.`,
      panels: [runPanel(found, params), gapPanel(found)],
    },
    fixedFigure(found, params),
  ]
}

const FLOOR = 1e-7

function runPanel({ batches }: Found, params: Params): Panel {
  const lines = batches
    .filter(({ runs }) => runs.length > 0)
    .map(({ batch, runs }) => {
      const at = shownSteps.map((x, i) => {
        const sorted = runs.map((run) => run.distances[i]).sort((a, b) => a - b)
        const quantile = (p: number): number =>
          Math.max(FLOOR, sorted[Math.floor(p * (sorted.length - 1))])
        return { x, low: quantile(0.1), y: quantile(0.5), high: quantile(0.9) }
      })
      const end = at.findIndex(({ high }) => high <= 2e-6)
      return { name: `B = ${batch}`, at: end < 0 ? at : at.slice(0, end + 1) }
    })
  const exact = exactDistances(params)
  const stop = exact.findIndex(({ y }) => y < 1e-6)
  const last = Math.max(50, ...lines.map(({ at }) => at[at.length - 1].x))
  const ends = { x: xy.x, low: ({ low }: Ends) => low, high: ({ high }: Ends) => high }
  const band10 = { tone: 'measured', key: '10–90 % of the runs' } as const
  return panelOf(
    {
      title: 'Distance to the teacher',
      x: { label: 'steps', domain: [0, last] },
      y: { label: '‖w − w*‖ / ‖w*‖', scale: 'log', domain: [1e-6, 3] },
    },
    [
      ...lines.map(({ at }, i) => band(`band${i}`, at, ends, band10)),
      line('exact', stop < 0 ? exact : exact.slice(0, stop), xy, {
        tone: 'soft',
        dash: true,
        key: 'exact gradients',
      }),
      ...lines.flatMap(({ name, at }, i) => {
        // symbols that tell the lines apart, about eight on each
        const apart = Math.ceil(at.length / 8)
        const some = at.filter((_, step) => step > 0 && step % apart === 0)
        return [
          line(`run${i}`, at, xy, { tone: 'measured', key: name }),
          dots(`dots${i}`, some, xy, { ...dotStyle(i), key: name }),
        ]
      }),
    ],
  )
}

interface Ends {
  readonly x: number
  readonly low: number
  readonly high: number
}

function gapPanel({ gaps }: Found): Panel {
  const found = gaps.map((one) => ({ x: one.n, y: mean(one.gaps) }))
  const [first] = found
  const trend = found.map(({ x }) => ({ x, y: first.y * Math.sqrt(first.x / x) }))
  return panelOf(
    {
      title: 'A fixed sample',
      x: { label: 'n, examples', scale: 'log' },
      y: { label: 'largest difference of losses', scale: 'log' },
    },
    [
      line('trend', trend, xy, {
        tone: 'soft',
        dash: true,
        end: { text: '∝ 1/√n', anchor: 'end', dx: -14, dy: 8 },
      }),
      dots('gaps', found, xy, { tone: 'measured', radius: 3.5 }),
    ],
  )
}

/** The same for gradient descent on the population loss, from one initialization. */
function exactDistances(params: Params): { x: number; y: number }[] {
  const { k, m } = params
  // angle and radius evolve by themselves: a right angle is typical
  const wStar = Array.from({ length: Math.max(2, m) }, (_, t) => (t === 0 ? 1 : 0))
  let w: Float64Array = Float64Array.from(wStar, (_, t) => (t === 1 ? 1 : 0))
  const out = []
  for (let t = 0; t <= (shownSteps.at(-1) ?? 0); t++) {
    if (shownSteps.includes(t)) out.push({ x: t, y: norm2(w.map((x, j) => x - wStar[j])) })
    if (norm2(w) > 0) w = gdStep(w, wStar, k)
  }
  return out
}

/** The outcomes, from the bottom up. */
const layersOf: readonly (readonly [outcome: Outcome, tone: Tone, text: string])[] = [
  ['teacher', 'measured', 'teacher'],
  ['other-fit', 'holds', 'other weights that fit'],
  ['flat', 'violated', 'critical point, loss > 0'],
  ['kink', 'ink', 'non-differentiable point, loss > 0'],
  ['on-the-way', 'rule', 'not finished'],
]

/** Where gradient descent on fixed samples ends, by their size. */
function fixedFigure({ fixed }: Found, { k, m }: Params): Figure {
  const count = ({ ends }: Fixed, outcome: Outcome): number =>
    ends.filter((end) => end.outcome === outcome).length
  const sizes = fixed.filter(({ ends }) => ends.length > 0)
  const interval = (one: Fixed) => wilsonInterval(count(one, 'teacher'), one.ends.length)
  const layers = layersOf.flatMap(([outcome, tone, text], i) => {
    const below = (one: Fixed): number =>
      layersOf.slice(0, i).reduce((sum, [other]) => sum + count(one, other), 0) / one.ends.length
    const own = (one: Fixed): number => count(one, outcome) / one.ends.length
    const thickest = sizes.reduce<Fixed | undefined>(
      (best, one) => (best && own(best) >= own(one) ? best : one),
      undefined,
    )
    const ends = { x: ({ n }: Fixed) => n, low: below, high: (one: Fixed) => below(one) + own(one) }
    return [
      band(outcome, sizes, ends, { tone, opacity: 0.45 }),
      labels(
        `${outcome} name`,
        thickest && own(thickest) >= 0.05 ? [thickest] : [],
        { x: ends.x, y: (one) => below(one) + own(one) / 2, text: () => text },
        { tone: 'ink', bold: outcome === 'teacher' },
      ),
    ]
  })
  return {
    id: 'fixed',
    title: 'Gradient descent on a fixed sample finds w* from a few times m examples on',
    caption: `Where gradient descent on a fixed sample of $N$ examples ends after ${FIXED_STEPS} steps, $k = ${k}$, $m = ${m}$: fractions of runs, each with its own teacher, sample and initialization, with 95 % intervals for the teacher. Measured; no theorem here covers it.`,
    panels: [
      panelOf(
        {
          x: { label: 'N, examples', scale: 'log' },
          y: { label: 'fraction of runs', domain: [0, 1] },
        },
        [
          ...layers,
          dots(
            'teachers',
            sizes,
            {
              x: ({ n }) => n,
              y: (one) => count(one, 'teacher') / one.ends.length,
              low: (one) => interval(one).low,
              high: (one) => interval(one).high,
            },
            { tone: 'measured', radius: 3 },
          ),
        ],
      ),
    ],
  }
}
