import { gdStep } from '@nonconvex/gaussian-theory/descent'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { norm2 } from '@nonconvex/tensor'
import { mean } from '../../averages.js'
import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
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

/** The runs with a batch size. */
export interface Batch {
  readonly batch: number
  readonly runs: readonly RunMeasured[]
}

/** Descent on fixed samples of n examples. */
export interface Fixed {
  readonly n: number
  readonly ends: FixedMeasured['ends']
}

/** What was measured so far, by size. */
interface Found {
  readonly batches: readonly Batch[]
  /** largest gap between the landscape of a sample and the population's, for each sample */
  readonly gaps: readonly { readonly n: number; readonly gaps: readonly number[] }[]
  readonly fixed: readonly Fixed[]
}

/** The steps at which the figure shows runs: every fifth up to 300. */
export const shownSteps: readonly number[] = Array.from({ length: 61 }, (_, i) => 5 * i)

/**
 * Left: distance to the teacher. Right: how the landscape of a sample tends to the population's.
 */
export function sgdFigures(found: Found, params: Params): Figure[] {
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

function runPanel({ batches }: Found, params: Params): Panel {
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

/** The same for gradient descent on the population loss, from one start. */
function exactDistances(params: Params): number[] {
  const { k, m } = params
  // angle and radius evolve by themselves: a start at a right angle stands for most
  const wStar = Array.from({ length: Math.max(2, m) }, (_, t) => (t === 0 ? 1 : 0))
  let w: Float64Array = Float64Array.from(wStar, (_, t) => (t === 1 ? 1 : 0))
  const out: number[] = []
  for (let t = 0; t <= (shownSteps.at(-1) ?? 0); t++) {
    if (shownSteps.includes(t)) out.push(norm2(w.map((x, j) => x - wStar[j])))
    if (norm2(w) > 0) w = gdStep(w, wStar, k)
  }
  return out
}

/** How often a fixed sample of a size leads to the teacher, and what happens where it does not. */
function fixedFigure({ fixed }: Found, { k, m }: Params): Figure {
  const share = (outcome: Outcome) =>
    fixed.map(({ ends }) => ends.filter((end) => end.outcome === outcome).length / ends.length)
  const x = fixed.map(({ n }) => n)
  const reached = fixed.map(({ ends }) => {
    const count = ends.filter((end) => end.outcome === 'teacher').length
    return wilsonInterval(count, ends.length)
  })
  const line = (outcome: Outcome) => ({ x, y: share(outcome) })
  return {
    id: 'fixed',
    title: 'A few times as many examples as weights are enough',
    caption: `Gradient descent on the loss of a fixed sample of $N$ examples, $k = ${k}$ windows and $m = ${m}$ weights, ${FIXED_STEPS} steps: share of random starts, teachers and samples that end at the teacher, with 95 % intervals; at other weights that fit all examples; at a flat point of positive loss; or to and fro across a kink of the loss, where it does not fall any more. Measured; no theorem here covers it.`,
    panels: [
      {
        x: { label: 'N, examples', scale: 'log' },
        y: { label: 'share of runs', domain: [0, 1.04] },
        frames: {
          reached: {
            x,
            y: share('teacher'),
            low: reached.map(({ low }) => low),
            high: reached.map(({ high }) => high),
          },
          other: line('other-fit'),
          flat: line('flat'),
          kink: line('kink'),
          going: line('on-the-way'),
        },
        marks: [
          {
            mark: 'line',
            frame: 'other',
            x: 'x',
            y: 'y',
            tone: 'bound',
            key: 'fits, but is not the teacher',
          },
          {
            mark: 'dot',
            frame: 'other',
            x: 'x',
            y: 'y',
            tone: 'bound',
            radius: 3,
            key: 'fits, but is not the teacher',
          },
          { mark: 'line', frame: 'flat', x: 'x', y: 'y', tone: 'violated', key: 'flat, loss > 0' },
          {
            mark: 'dot',
            frame: 'flat',
            x: 'x',
            y: 'y',
            tone: 'violated',
            radius: 3,
            key: 'flat, loss > 0',
          },
          {
            mark: 'line',
            frame: 'kink',
            x: 'x',
            y: 'y',
            tone: 'violated',
            dash: true,
            key: 'at a kink, loss > 0',
          },
          {
            mark: 'dot',
            frame: 'kink',
            x: 'x',
            y: 'y',
            tone: 'violated',
            filled: false,
            key: 'at a kink, loss > 0',
          },
          {
            mark: 'line',
            frame: 'going',
            x: 'x',
            y: 'y',
            tone: 'undecided',
            dash: true,
            key: 'not finished',
          },
          { mark: 'line', frame: 'reached', x: 'x', y: 'y', tone: 'measured', key: 'teacher' },
          {
            mark: 'interval',
            frame: 'reached',
            x: 'x',
            y1: 'low',
            y2: 'high',
            tone: 'measured',
            key: 'teacher',
          },
          {
            mark: 'dot',
            frame: 'reached',
            x: 'x',
            y: 'y',
            tone: 'measured',
            radius: 3,
            key: 'teacher',
          },
        ],
      },
    ],
  }
}
