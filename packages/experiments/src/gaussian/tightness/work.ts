import { noOverlapLoss, rayMinimizer } from '@nonconvex/gaussian-theory'
import { escapeSteps, stationaritySteps, stepsUntil } from '@nonconvex/gaussian-theory/descent'
import {
  curvatureFound,
  curvatureFraction,
  escapeAttained,
  escapeClosedForm,
  lipschitzFound,
  lipschitzFraction,
  pairLipschitzFound,
  pairLipschitzFraction,
  slowInitialization,
  stationarityOrder,
  stepsAttained,
  stepsReached,
  stepsToStationary,
  type EscapeRun,
  type HessianForm,
  type StationaryRun,
} from '@nonconvex/gaussian-theory/tightness'
import type { Stream } from '@nonconvex/tensor'
import { ascending } from '../../averages.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf, type PartRow } from '../../define/work.js'
import type { Figure } from '../../figure/figure.js'
import { curve, dots, line, panelOf, ruleY } from '../../figure/layers.js'
import { tightness, type NetworkCell, type Params } from './experiment.js'

type Context = MeasureContext<Params>

/** Steps of a run at the most: more than any parameter needs. */
const MAX_STEPS = 20_000_000

/** Steps to a gradient of norm ε from next to the saddle, and B1. */
function stationaryRun(eps: number, k: number): StationaryRun {
  const start = slowInitialization(k, eps)
  const w0 = [-start.r * Math.cos(start.phi), start.r * Math.sin(start.phi)]
  return {
    k,
    eps,
    steps: stepsToStationary(start, k, eps, MAX_STEPS) ?? null,
    bound: stationaritySteps({ loss0: noOverlapLoss(w0, [1, 0], k), eps, k }).value,
  }
}

/** Steps until the angle to −w* is π/2, from φ₀ at the minimum of the loss on its ray, and B2. */
function escapeRun(k: number, phi0: number): EscapeRun {
  const r0 = rayMinimizer(Math.PI - phi0, 1, k)
  const from = { r: r0, theta: Math.PI - phi0, phi: phi0 }
  const options = { maxSteps: MAX_STEPS }
  const start = { phi0, r0, R: 1, k }
  return {
    k,
    phi0,
    steps: stepsUntil(from, k, ({ phi }) => phi >= Math.PI / 2, options) ?? null,
    closed: escapeSteps(start).value,
    recursion: escapeSteps({ ...start, sharp: true }).value,
  }
}

/** Smallest change of a coordinate in a search. */
const FINEST = 0.01

/** Gain in a fraction for which a move is made. */
const WORTH = 1e-4

/** Largest ‖w*‖/‖w‖ of a search, as a logarithm: beyond, Λ is that of the teacher's terms alone. */
const LARGEST = Math.log(1000)

/** A coordinate search for a maximum: one coordinate is moved at a time, by halves. */
function climb(f: (x: readonly number[]) => number, start: readonly number[]) {
  let best = { x: start, value: f(start) }
  for (let step = 0.5; step >= FINEST;) {
    const { x, value } = best
    for (let i = 0; i < x.length && best.x === x; i++)
      for (const by of [step, -step]) {
        const moved = x.with(i, x[i] + by)
        const found = f(moved)
        if (found > value + WORTH && found > best.value) best = { x: moved, value: found }
      }
    if (best.x === x) step /= 2
  }
  return best
}

/** w, teacher and direction from one list of numbers. */
function pointsOf(x: readonly number[], m: number) {
  const at = (i: number) => x.slice(i * m, (i + 1) * m)
  const unit = (v: readonly number[]) => {
    const length = Math.hypot(...v)
    return v.map((value) => value / length)
  }
  const R = Math.exp(Math.min(LARGEST, x[3 * m]))
  return { w: unit(at(0)), wStar: unit(at(1)).map((value) => R * value), direction: unit(at(2)) }
}

/** The largest fractions of L and Λ of a few searches on a network, and where. */
function search(
  { m, stride, k }: NetworkCell,
  stream: Stream,
  params: Params,
  signal: AbortSignal,
) {
  const options = { k, stride }
  const climbs = Array.from({ length: params.searches }, (_, i) => {
    signal.throwIfAborted()
    const draws = stream.child('search', i)
    const w = draws.unitVector(m)
    const [teacher, direction] = [draws.unitVector(m), draws.unitVector(m)]
    return {
      curvature: climb((x) => curvatureFraction(x, options), [...w]),
      lipschitz: climb(
        (x) => lipschitzFraction(pointsOf(x, m), options),
        [...w, ...teacher, ...direction, 2],
      ),
    }
  })
  const best = (which: 'curvature' | 'lipschitz') =>
    climbs.map((found) => found[which]).reduce((a, b) => (b.value > a.value ? b : a))
  return { curvature: best('curvature'), lipschitz: best('lipschitz') }
}

interface Fractions<T> {
  /** of L */
  readonly curvature: T
  /** of Λ */
  readonly lipschitz: T
}

/** A network's row: the fractions, and the coordinates where they were found. */
type NetworkRow = PartRow<NetworkCell, Fractions<number>, Fractions<readonly number[]>>

/** The fractions at the points of a witness. */
const fractionsAt = (witness: NetworkRow['witness'], m: number, form: HessianForm) => ({
  curvature: curvatureFraction(witness.curvature, form),
  lipschitz: lipschitzFraction(pointsOf(witness.lipschitz, m), form),
})

/** Two forms of the Hessian agree to this in a quotient at distance 1e-4. */
const AGREEMENT = 1e-8

export const work = workOf(tightness, {
  parts: {
    stationary: {
      measure: ({ eps }, { params }: Context) => stationaryRun(eps, params.k),
    },
    escape: { measure: ({ k }, { params }: Context) => escapeRun(k, params.phi0) },
    step: { measure: ({ k }) => ({ steps: stepsReached(k) }) },
    pair: { measure: () => ({ fraction: pairLipschitzFraction() }) },
    network: {
      measure: (cell, { params, stream, signal }: Context) => {
        const { curvature, lipschitz } = search(cell, stream, params, signal)
        return witnessed(
          { curvature: curvature.value, lipschitz: lipschitz.value },
          { curvature: curvature.x, lipschitz: lipschitz.x },
        )
      },
      // the same fractions from the Hessian as a sum over all pairs of patches
      audit: ({ cell: { m, stride, k }, measured, witness }: NetworkRow) => {
        const again = fractionsAt(witness, m, { k, stride, form: 'pair' })
        for (const which of ['curvature', 'lipschitz'] as const)
          if (!(Math.abs(again[which] - measured[which]) <= AGREEMENT))
            throw new Error(
              `${which}: the form with pairs of patches gives ${again[which]}, recorded is ${measured[which]}`,
            )
      },
    },
  },
  conclude: ({ stationary, escape, step, pair, network }, { phi0 }, verdict) => {
    const runs = stationary.map(({ measured }) => measured)
    const escapes = escape.map(({ measured }) => measured)
    const found = network.map(({ cell, measured }) => ({ ...cell, ...measured }))
    return {
      verdicts: [
        verdict(stationarityOrder, ['stationary'], () => runs),
        verdict(escapeAttained, ['escape'], () => escapes),
        verdict(escapeClosedForm, ['escape'], () => escapes),
        verdict(stepsAttained, ['step'], () => step.flatMap(({ measured }) => measured.steps)),
        verdict(curvatureFound, ['network'], () => found),
        verdict(lipschitzFound, ['network'], () => found),
        verdict(pairLipschitzFound, ['pair'], () => pair[0].measured),
      ],
      tables: [
        tableOf('stationary', 'Steps to a small gradient from next to the saddle', runs, {
          eps: ['$\\varepsilon$', ({ eps }) => eps, 2],
          steps: ['steps $T$', ({ steps }) => steps],
          predicted: ['$(k-1)\\sqrt{a/\\pi\\varepsilon}$', (run) => firstOrder(run), 4],
          bound: ['$2c\\ell_0/\\varepsilon^2$', ({ bound }) => bound, 4],
          ratio: ['$T$ / bound', ({ steps, bound }) => ratio(steps, bound), 2],
        }),
        tableOf('escape', `Escapes from the saddle’s ray, φ₀ = ${phi0}`, escapes, {
          k: ['$k$', ({ k }) => k],
          steps: ['steps $T$', ({ steps }) => steps],
          closed: ['$T_1$', ({ closed }) => closed],
          recursion: ["$T_1'$", ({ recursion }) => recursion],
          closedRatio: ['$T/T_1$', ({ steps, closed }) => ratio(steps, closed), 3],
          ratio: ["$T/T_1'$", ({ steps, recursion }) => ratio(steps, recursion), 3],
        }),
        tableOf('networks', 'Largest fractions of two constants that were found', found, {
          m: ['$m$', ({ m }) => m],
          stride: ['stride', ({ stride }) => stride],
          k: ['$k$', ({ k }) => k],
          curvature: ['of $L$', ({ curvature }) => curvature, 4],
          lipschitz: ['of $\\Lambda$', ({ lipschitz }) => lipschitz, 4],
        }),
      ],
      figures: [stationaryFigure(runs), escapeFigure(escapes, phi0)],
    }
  },
})

/** null if the step budget ended the run */
const ratio = (steps: number | null, bound: number): number | null =>
  steps === null ? null : steps / bound

/** (k − 1)√(a/(πε)), a = 1/k */
const firstOrder = ({ k, eps }: StationaryRun): number =>
  (k - 1) * Math.sqrt(1 / (k * Math.PI * eps))

const stationaryFigure = (runs: readonly StationaryRun[]): Figure => {
  const x = ({ eps }: StationaryRun): number => eps
  return {
    id: 'stationary',
    title: 'Steps to a small gradient grow like 1/√ε, the bound like 1/ε²',
    caption:
      'Steps of gradient descent until the gradient norm is at most $\\varepsilon$, from the initialization next to the saddle where it is just above $\\varepsilon$; no initialization that needs more is known. The bound sums the decrease of the loss over the steps as if each were as small as possible.',
    panels: [
      panelOf(
        {
          x: { label: 'gradient norm ε', scale: 'log' },
          y: { label: 'steps', scale: 'log' },
        },
        [
          line(
            'bound',
            runs,
            { x, y: ({ bound }) => bound },
            { tone: 'bound', key: 'bound 2cℓ₀/ε²' },
          ),
          line(
            'predicted',
            runs,
            { x, y: firstOrder },
            { tone: 'soft', dash: true, key: '(k − 1)√(a/πε)' },
          ),
          dots('steps', runs, { x, y: ({ steps }) => steps }, { tone: 'measured', key: 'steps' }),
        ],
      ),
    ],
  }
}

const escapeFigure = (runs: readonly EscapeRun[], phi0: number): Figure => {
  const sorted = ascending(runs.map(({ k }) => k)).flatMap((k) => runs.filter((run) => run.k === k))
  const x = ({ k }: EscapeRun): number => k
  const limit = (factor: number) => (k: number) => (factor * (k - 1)) / (k - 1 + Math.PI)
  const ks = [2, Math.max(2, ...sorted.map(({ k }) => k)), 400] as const
  return {
    id: 'escape',
    title: 'The escape bound by recursion is attained for many patches',
    caption: `Steps of the escape from the saddle’s ray as a fraction of its bounds, from $\\varphi_0 = ${phi0}$. Lines: the limits $(k-1)/(k-1+\\pi)$ and 0.44 of it as $\\varphi_0 \\to 0$.`,
    panels: [
      panelOf(
        {
          x: { label: 'patches k', scale: 'log' },
          y: { label: 'steps / bound', domain: [0, 1.05] },
        },
        [
          ruleY('attained', [1], { tone: 'bound', key: 'bound' }),
          curve('recursionLimit', limit(1), ks, { tone: 'soft' }),
          curve('closedLimit', limit(0.44), ks, { tone: 'soft', dash: true }),
          dots(
            'recursion',
            sorted,
            { x, y: ({ steps, recursion }) => ratio(steps, recursion) },
            { tone: 'measured', key: 'of the bound by recursion' },
          ),
          dots(
            'closed',
            sorted,
            { x, y: ({ steps, closed }) => ratio(steps, closed) },
            { tone: 'measured', filled: false, key: 'of its closed form' },
          ),
        ],
      ),
    ],
  }
}
