import {
  boundSetting,
  cauchySchwarz,
  globalMinimum,
  hingeLoss,
  forward,
  initialWeights,
  lowerLine,
  normEnvelope,
  theoremHypotheses,
  trainSgd,
  updateBounds,
  updatesBounded,
  type Dataset,
  type RunFacts,
} from '@nonconvex/overparam'
import { verdictOn, type Verdict } from '@nonconvex/optim/claims'
import { stream } from '@nonconvex/tensor'
import type { ProofParams } from './params.js'

/** Examples on the unit circle. */
const EXAMPLES = 60
/** Visits of a run at most: it is made within a frame or a few. */
const MOST_STEPS = 200_000

type Values = Pick<ProofParams, 'alpha' | 'gamma' | 'eta' | 'k'>

/**
 * Both sides of the proof along a run from W₀ = 0, divided by √(2k) so that no width is left in
 * them: entry t is after update t.
 *
 *     lower line ηαγt ≤ a_t = ⟨W, W*⟩/√(2k) ≤ ‖W‖ = b_t ≤ √((2η + η²R²) t)
 */
export interface ProofRun {
  readonly updates: number
  /** whether the loss is 0 at its end */
  readonly converged: boolean
  /** a_t and b_t */
  readonly alignment: Float64Array
  readonly norm: Float64Array
  /** y N(x) before each update, and the units with slope 1 at it */
  readonly margins: Float64Array
  readonly active: Int32Array
  /** rise of the line in an update, and of the square of the root */
  readonly line: number
  readonly root: number
  /** t at which the line meets the root, and its whole part: no run makes more updates */
  readonly crossing: number
  readonly most: number
  /** smallest margin of the examples with respect to w*, a unit vector */
  readonly gamma: number
  readonly verdicts: readonly Verdict[]
}

/** Examples of norm 1 with margin γ with respect to a direction drawn from the seed. */
export function proofData(
  gamma: number,
  seed: number,
): { readonly data: Dataset; readonly wStar: Float64Array } {
  const draws = stream(seed).child('proof')
  const turn = 2 * Math.PI * draws.uniform()
  const room = Math.acos(gamma)
  const x = new Float64Array(2 * EXAMPLES)
  const y = new Float64Array(EXAMPLES)
  for (let i = 0; i < EXAMPLES; i++) {
    y[i] = i % 2 === 0 ? 1 : -1
    // the first of each class are as near to the line as the margin allows, on either side of w*
    const off = i < 4 ? (i < 2 ? room : -room) : room * (2 * draws.uniform() - 1)
    const angle = turn + off + (y[i] > 0 ? 0 : Math.PI)
    x.set([Math.cos(angle), Math.sin(angle)], 2 * i)
  }
  return {
    data: { x: { rows: EXAMPLES, cols: 2, data: x }, y },
    wStar: Float64Array.of(Math.cos(turn), Math.sin(turn)),
  }
}

/** The run of SGD whose proof is shown. */
export function proofRun({ alpha, gamma, eta, k }: Values, seed: number): ProofRun {
  const { data, wStar } = proofData(gamma, seed)
  const v = 1 / Math.sqrt(2 * k)
  const net = { k, d: 2, v, alpha, weights: initialWeights({ kind: 'zero' }, k, 2) }
  const setting = boundSetting(net, data, wStar, eta)
  const bounds = updateBounds(setting)
  const outcome = trainSgd(data, {
    k,
    v,
    alpha,
    eta,
    maxSteps: MOST_STEPS,
    start: net.weights,
    order: { kind: 'permutation', stream: stream(seed).child('order') },
    trace: { wStar },
  })
  const { f = new Float64Array(1), s = new Float64Array(1), rooms = [] } = outcome.trace ?? {}
  const line = eta * alpha * setting.gamma
  const root = 2 * eta + eta ** 2 * setting.radius ** 2
  const facts: RunFacts = {
    name: `k = ${k}`,
    k,
    status: outcome.status,
    updates: outcome.updates,
    loss: hingeLoss(forward(outcome.net, data.x), data.y),
    bounds,
    setting,
    rooms,
  }
  const hypotheses = theoremHypotheses({ separable: 'yes', gamma: setting.gamma, alpha })
  return {
    updates: outcome.updates,
    converged: outcome.status === 'converged',
    alignment: f.map((value) => value / Math.sqrt(2 * k)),
    norm: s.map((value) => Math.sqrt(value)),
    margins: outcome.margins,
    active: outcome.active,
    line,
    root,
    crossing: root / line ** 2,
    // a whole number may come out a little smaller by rounding
    most: Math.floor((root / line ** 2) * (1 + 1e-12)),
    gamma: setting.gamma,
    verdicts: [lowerLine, normEnvelope, cauchySchwarz, updatesBounded, globalMinimum].map((claim) =>
      verdictOn(claim, { runs: [facts], hypotheses }),
    ),
  }
}
