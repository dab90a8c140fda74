import { noOverlapObjective } from '@nonconvex/gaussian-theory'
import {
  descentAttainsRate,
  heavyBallAtItsRate,
  heavyBallRadius,
  heavyBallRate,
  polyakBeatsDescent,
  polyakParameters,
  teacherCurvatures,
  type HeavyBall,
} from '@nonconvex/gaussian-theory/descent'
import { momentum as heavyBall } from '@nonconvex/optim'
import { norm2, power } from '@nonconvex/tensor'
import { ascending } from '../../averages.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { curve, dots, panelOf, xy } from '../../figure/layers.js'
import { inOrder } from '../line-styles.js'
import { momentum, type Params } from './experiment.js'

/** Steps of which the rate is the mean, and the distance to which they are scaled back. */
const STEPS = 2000
const DISTANCE = 1e-8
const MAX_STEPS = 20_000

/** One initialization: whether it came near the teacher, and the rate from there on. */
interface Run {
  readonly converged: boolean
  readonly rate: number
  readonly fraction: number
}

export type MomentumMeasured = ReturnType<typeof measured>

export const work = workOf(momentum, {
  parts: {
    ball: {
      measure: ({ k, beta }, context) =>
        measured({ eta: bestStep(k, beta, context.params.step), beta }, k, context),
    },
    descent: {
      measure: ({ k }, context) => measured({ eta: bestStep(k, 0, 1), beta: 0 }, k, context),
    },
    polyak: {
      measure: ({ k }, context) => measured(polyakParameters(k), k, context),
    },
  },
  conclude: ({ ball, descent, polyak }, params, verdict) => {
    const cases = (rows: readonly { readonly measured: MomentumMeasured }[]) =>
      rows.flatMap(({ measured: { k, eta, beta, starts } }) =>
        starts.map((start, i) => ({
          which: `k = ${k}, β = ${beta.toPrecision(3)}, initialization ${i + 1}`,
          facts: { k, m: params.m, eta, beta, steps: STEPS, distance: DISTANCE, ...start },
        })),
      )
    const found = [...ball, ...polyak].map((row) => row.measured)
    const points = (k: number) =>
      found.flatMap((one) =>
        one.k === k ? ratesOf(one).map((rate) => ({ x: one.beta, y: rate })) : [],
      )
    return {
      verdicts: [
        verdict.each(heavyBallAtItsRate, ['ball'], () => cases(ball)),
        verdict.each(descentAttainsRate, ['descent'], () => cases(descent)),
        verdict.each(polyakBeatsDescent, ['polyak'], () => cases(polyak)),
      ],
      tables: [
        tableOf('rates', "Measured rates; Polyak's parameters last", found, {
          k: ['$k$', (one) => one.k],
          beta: ['$\\beta$', (one) => one.beta, 4],
          eta: ['$\\eta$', (one) => one.eta, 4],
          rho: ['$\\rho$', (one) => heavyBallRate(one, one.k), 6],
          least: ['least rate', (one) => Math.min(...ratesOf(one)), 6],
          most: ['greatest rate', (one) => Math.max(...ratesOf(one)), 6],
        }),
      ],
      figures: [
        {
          id: 'rates',
          title: "The rate is smallest at Polyak's momentum",
          caption: `Rate against momentum, with step size ${params.step === 1 ? '' : `${params.step} times `}$2(1+\\beta)/(L+\\mu)$. Lines: spectral radius; dots: measured from each initialization; the minimum is at Polyak's $\\beta$, the left end is gradient descent.`,
          panels: [
            panelOf(
              { x: { label: 'β, momentum', domain: [0, 1] }, y: { label: 'rate per step' } },
              ascending(params.k).flatMap((k, i) => [
                curve(
                  `radius${k}`,
                  (beta) => heavyBallRate({ eta: bestStep(k, beta, params.step), beta }, k),
                  [0, 0.99, 199],
                  { ...inOrder(i, params.k.length), key: `k = ${k}` },
                ),
                dots(`measured${k}`, points(k), xy, { tone: 'measured', radius: 3 }),
              ]),
            ),
          ],
        },
      ],
    }
  },
})

const ratesOf = ({ starts }: MomentumMeasured) => starts.map(({ rate }) => rate)

/** 2(1 + β)/(L + μ), the step with the least rate for this β, times a factor. */
function bestStep(k: number, beta: number, factor: number): number {
  const { mu, L } = teacherCurvatures(k)
  return (factor * 2 * (1 + beta)) / (L + mu)
}

function measured(
  parameters: HeavyBall,
  k: number,
  { params: { m, starts }, stream, signal }: MeasureContext<Params>,
) {
  return {
    ...parameters,
    k,
    starts: Array.from({ length: starts }, (_, i) => {
      signal.throwIfAborted()
      return runFrom(parameters, k, stream.child('start', i).unitVector(m))
    }),
  }
}

function runFrom(parameters: HeavyBall, k: number, w0: Float64Array): Run {
  const wStar = w0.map((_, i) => (i === 0 ? 1 : 0))
  const optimizer = heavyBall(noOverlapObjective(wStar, k), parameters)
  const from = (w: Float64Array) => w.map((x, i) => x - wStar[i])
  const at = (e: Float64Array, scale: number) => wStar.map((x, i) => x + scale * e[i])

  let state = optimizer.init(w0)
  // so far from w*, w − w* is known to ten digits
  let e = from(w0)
  for (let t = 0; t < MAX_STEPS && norm2(e) > 1e-6; t++) {
    state = optimizer.step(state)
    e = from(state.w)
    if (!(norm2(e) < 1e6)) break
  }
  const size = norm2(e)
  if (!(size > 0 && size <= 1e-6)) return { converged: size === 0, rate: 0, fraction: 1 }

  const fraction = slowFraction(parameters, k, e)
  // from rest, scaled back after each step, as Lyapunov exponents are measured
  state = optimizer.init(at(e, DISTANCE / size))
  const last = Math.SQRT2 * DISTANCE
  let rate = 1
  for (let t = 0; t < STEPS; t++) {
    const { w, velocity } = optimizer.step(state)
    e = from(w)
    const norm = Math.hypot(norm2(e), norm2(e.map((x, i) => x - velocity[i])))
    if (norm === 0) return { converged: true, rate: 0, fraction: 1 }
    rate *= power(norm / last, 1 / STEPS)
    const scale = last / norm
    state = { ...optimizer.init(at(e, scale)), velocity: velocity.map((x) => scale * x) }
  }
  return { converged: true, rate, fraction }
}

/** Fraction of the slower of the two eigenspaces, along w* and across, in the direction of e. */
function slowFraction(parameters: HeavyBall, k: number, e: Float64Array): number {
  const { mu, L } = teacherCurvatures(k)
  const across = heavyBallRadius(parameters, mu)
  const along = heavyBallRadius(parameters, L)
  const parts = [norm2(e.subarray(1)), Math.abs(e[0])]
  return parts[across >= along ? 0 : 1] / norm2(e)
}
