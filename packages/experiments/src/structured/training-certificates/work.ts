import {
  chainCrf,
  chainProblem,
  crfCertificateAttained,
  crfCertificateHolds,
  crfIsOptimal,
  farCertificate,
  m3n,
  m3nCertificateAttained,
  m3nCertificateHolds,
  m3nGap,
  parityChains,
  type AttainedCertificate,
  type LabeledSequence,
  type M3nCheck,
} from '@nonconvex/structured/learning'
import {
  bruteForce,
  pairwiseModel,
  score,
  type PairwiseModel,
} from '@nonconvex/structured/pairwise'
import { dot } from '@nonconvex/tensor'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import type { Figure } from '../../figure/figure.js'
import { line, panelOf } from '../../figure/layers.js'
import { trainingCertificates } from './experiment.js'

interface Iterate {
  readonly iteration: number
  readonly certificate: number
  /** value minus the minimum, from a more accurate solution */
  readonly gap: number
}

/** Fits with one λ. */
export type FitMeasured = {
  readonly crf: readonly Iterate[]
  /** by gradient descent */
  readonly slow: readonly Iterate[]
  readonly minimum: number
  /** of the last iterate */
  readonly certificate: number
  /** far from the minimum */
  readonly far: AttainedCertificate
  readonly checks: readonly M3nCheck[]
  /** P at the w of the last check, by enumeration of all labelings of every sequence */
  readonly enumerated: number
  /** P at w = 0 */
  readonly atZero: number
  /** passes, P and D of pairwise steps, whose gap is far smaller */
  readonly pairwise: {
    readonly passes: number
    readonly primal: number
    readonly dual: number
  }
}

const TOL = 1e-8
/** λ|w| where the certificate of the CRF is compared with the distance from the minimum. */
const FAR = 1e4
/** The part of the distance at w = 0 by which the dual value of pairwise steps may be too small. */
const DUAL = 0.01
const PAIRWISE_TOL = 1e-9
const PAIRWISE_PASSES = 20
const LOOKS = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32]
const sizes = { states: 4, features: 4 }

export const work = workOf(trainingCertificates, {
  parts: {
    fit: {
      measure: ({ lambda }, { params, stream, shared }): FitMeasured => {
        const { data } = parityChains({ n: params.sequences, stream: shared.child('data') })
        const best = chainCrf(sizes).fit(data, { lambda, tol: 1e-13 })
        const minimum = Number(best.objective)
        const iterates = (optimizer: 'lbfgs' | 'gradient-descent'): Iterate[] =>
          LOOKS.slice(1).map((maxIterations) => {
            const fit = chainCrf(sizes).fit(data, { lambda, optimizer, maxIterations, tol: TOL })
            return {
              iteration: fit.iterations,
              certificate: Number(fit.certificate),
              gap: Number(fit.objective) - minimum,
            }
          })
        const problem = chainProblem(data, sizes)
        const gapEvery = Math.max(1, Math.floor(params.passes / 10))
        const how = { lambda, gapEvery, passes: params.passes, stream }
        const { checks, last } = m3n(problem, { ...how, gapTol: 0 })
        const exchanges = m3n(problem, {
          ...how,
          solver: 'pairwise',
          passes: PAIRWISE_PASSES * params.passes,
          gapTol: PAIRWISE_TOL,
        })
        const better = exchanges.checks[exchanges.checks.length - 1]
        return {
          crf: iterates('lbfgs'),
          slow: iterates('gradient-descent'),
          minimum,
          certificate: Number(best.certificate),
          far: farCertificate(data, sizes, { lambda, minimum, length: FAR / lambda }),
          checks,
          enumerated: enumeratedObjective(data, lambda, last),
          atZero: enumeratedObjective(data, lambda, new Float64Array(last.length)),
          pairwise: { passes: better.pass, primal: better.primal, dual: better.dual },
        }
      },
    },
  },
  conclude: ({ fit }, _, verdict) => {
    const fits = fit.map(({ cell, measured }) => ({ ...cell, ...measured }))
    const which = ({ lambda }: { readonly lambda: number }): string => `λ = ${lambda}`
    return {
      verdicts: [
        verdict.each(crfIsOptimal, ['fit'], () =>
          fits.map((one) => ({ which: which(one), facts: { ...one, tol: TOL } })),
        ),
        verdict.each(crfCertificateHolds, ['fit'], () =>
          fits.map((one) => ({ which: which(one), facts: { checks: [...one.crf, ...one.slow] } })),
        ),
        verdict(crfCertificateAttained, ['fit'], () => fits.map(({ far }) => far)),
        verdict(m3nCertificateAttained, ['fit'], () =>
          fits.map(({ lambda, atZero, pairwise: { primal, dual } }) => ({
            at: `λ = ${lambda}, w = 0`,
            certificate: atZero - dual,
            gap: atZero - primal,
            floor: 1 - DUAL,
          })),
        ),
        verdict.each(m3nCertificateHolds, ['fit'], () =>
          fits.map((one) => ({
            which: which(one),
            facts: {
              checks: one.checks.map(({ gap, primal }) => ({
                certificate: gap,
                gap: primal - one.pairwise.primal,
              })),
            },
          })),
        ),
        verdict.each(m3nGap, ['fit'], () =>
          fits.map(({ lambda, checks, enumerated, pairwise: { primal, dual } }) => ({
            which: which({ lambda }),
            facts: { checks, witness: { enumerated, upper: primal, lower: dual } },
          })),
        ),
      ],
      tables: [
        tableOf('fits', 'The certificates at the end of training', fits, {
          lambda: ['$\\lambda$', ({ lambda }) => lambda],
          minimum: ['CRF: F', ({ minimum }) => minimum, 8],
          certificate: ['F − F* at most', ({ certificate }) => certificate, 2],
          primal: ['M3N: P', ({ checks }) => checks[checks.length - 1].primal, 8],
          gap: ['P − P* at most', ({ checks }) => checks[checks.length - 1].gap, 2],
          passes: ['passes', ({ checks }) => checks[checks.length - 1].pass],
          pairwise: ['by pairwise steps: P', ({ pairwise }) => pairwise.primal, 8],
          pairwiseGap: ['P − P* at most', ({ pairwise }) => pairwise.primal - pairwise.dual, 2],
          pairwisePasses: ['passes', ({ pairwise }) => pairwise.passes],
        }),
      ],
      figures: [figure(fits)],
    }
  },
})

/** Certificates by iteration, with the true gaps of the CRF. */
function figure(fits: readonly (FitMeasured & { readonly lambda: number })[]): Figure {
  const positive = (all: readonly Iterate[]): Iterate[] =>
    all.filter(({ certificate, gap }) => certificate > 1e-14 && gap > 1e-14)
  const at = (of: 'certificate' | 'gap') => ({
    x: ({ iteration }: Iterate) => iteration,
    y: (one: Iterate) => one[of],
  })
  return {
    id: 'certificates',
    title: 'Certificates bound the distance from the global minimum at every iterate',
    caption:
      'Left: training of the CRF by L-BFGS; certificate |∇F|²/2λ (dashed) and the distance from the minimum (solid), one pair for each λ. Right: duality gap of the M3N by passes of block-coordinate Frank–Wolfe.',
    panels: [
      panelOf(
        {
          title: 'CRF',
          x: { label: 'iteration' },
          y: { label: 'distance from the minimum', scale: 'log' },
        },
        fits.flatMap(({ lambda, crf }, i) => [
          line(`certificate ${lambda}`, positive(crf), at('certificate'), {
            tone: 'bound',
            dash: true,
            ...(i === 0 && { key: 'certificate' }),
          }),
          line(`gap ${lambda}`, positive(crf), at('gap'), {
            tone: 'measured',
            dots: {},
            ...(i === 0 && { key: 'F − F*' }),
          }),
        ]),
      ),
      panelOf(
        {
          title: 'M3N',
          x: { label: 'pass', scale: 'log' },
          y: { label: 'duality gap', scale: 'log' },
        },
        fits.map(({ lambda, checks }) =>
          line(
            `gap ${lambda}`,
            checks.filter(({ gap }) => gap > 0),
            { x: ({ pass }) => pass, y: ({ gap }) => gap },
            {
              tone: 'bound',
              dots: {},
              end: { text: `λ = ${lambda}`, anchor: 'start', dx: 6 },
            },
          ),
        ),
      ),
    ],
  }
}

/**
 * P(w) from its definition: the scores of all labelings of every sequence, with 1 added for each wrong
 * label.
 */
function enumeratedObjective(
  data: readonly LabeledSequence[],
  lambda: number,
  w: Float64Array,
): number {
  const { states: K, features: d } = sizes
  const transition = w.subarray(K * d + K)
  let hinges = 0
  for (const { x, y } of data) {
    const T = x.rows
    const plain = Array.from({ length: T }, (_, t) =>
      Array.from({ length: K }, (_, a) =>
        w
          .subarray(a * d, (a + 1) * d)
          .reduce((sum, weight, f) => sum + weight * x.data[t * d + f], w[K * d + a]),
      ),
    )
    const edges = Array.from({ length: T - 1 }, (_, t) => [t, t + 1] as const)
    const model = (unary: readonly number[][]): PairwiseModel =>
      pairwiseModel({
        labels: plain.map(() => K),
        unary,
        edges,
        pair: edges.map(() => transition),
      })
    const wrong = plain.map((scores, t) => scores.map((s, a) => s + Number(a !== y[t])))
    hinges += bruteForce(model(wrong)).max - score(model(plain), y)
  }
  return (lambda / 2) * dot(w, w) + hinges / data.length
}
