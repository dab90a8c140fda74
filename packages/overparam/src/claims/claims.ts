import { argumentError } from '@nonconvex/tensor/check'
import {
  claim,
  counted,
  readable,
  type DecidableClaim,
  type Evidence,
  type Source,
} from '@nonconvex/optim/claims'
import { source } from '../source.js'
import { atOneStart, extremes, groupsOf, names, ownNumber, spreadOf } from './bound-spread.js'
import { cutOff, most, nothing, type RunFacts, type TheoremFacts } from './facts.js'

/** Declares the claim that no run makes more updates than a bound, rounded down, allows. */
const bounded = (
  id: string,
  title: string,
  attainedBy: string,
  bound: 'best' | 'paper',
): DecidableClaim<TheoremFacts> =>
  claim(
    `overparam/${id}`,
    title,
    'float64',
    { ...source, theorem: 'number of non-zero updates' },
    ({ runs, hypotheses }: TheoremFacts) => {
      if (runs.length === 0) return nothing('runs', hypotheses)
      const allowedOf = (run: RunFacts): number => Math.floor(run.bounds?.[bound] ?? Infinity)
      const worst = most(runs, (run) => run.updates / allowedOf(run))
      const allowed = allowedOf(worst)
      const largest = Math.max(...runs.map((run) => run.updates))
      return {
        statement: `${counted(largest, 'update')} at most in ${counted(runs.length, 'run')}; closest to its bound: ${worst.name}, ${readable(worst.updates)} of ${readable(allowed)} allowed`,
        measured: worst.updates,
        relation: '<=',
        bound: allowed,
        inequality: `overparam/${attainedBy}`,
        hypotheses,
        ...(worst.updates <= allowed && cutOff(runs)),
      }
    },
  )

/**
 * The theorem: on every run the number of updates U is at most B, the smallest of the four bounds
 * rounded down. The statement reports the run closest to its bound; a run above its bound violates
 * the claim even if others reached the step limit. Inconclusive if a run has no bounds or reached
 * the step limit.
 *
 * @example
 * import { theoremHypotheses, updatesBounded } from '@nonconvex/overparam'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const bounds = { paper: 90, quad: 80, slope: 20, disp: 30, best: 20, which: 'slope' }
 * const run = { name: 'k = 1', k: 1, status: 'converged', updates: 9, loss: 0, bounds }
 * const hypotheses = theoremHypotheses({ separable: 'yes', gamma: 0.1, alpha: 0.1 })
 * console.log(verdictOn(updatesBounded, { runs: [run], hypotheses }).status) // → holds
 */
export const updatesBounded = bounded(
  'updates-bounded',
  'The number of non-zero updates is bounded independently of the width k',
  'slope-bound-attained',
  'best',
)

/**
 * The theorem with the published bound M_k alone: U ≤ M_k on every run. Decided as
 * `updatesBounded`, whose smallest bound may be another.
 *
 * @example
 * import { publishedBounded, theoremHypotheses } from '@nonconvex/overparam'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const bounds = { paper: 90, quad: 80, slope: 20, disp: 30, best: 20, which: 'slope' }
 * const run = { name: 'k = 1', k: 1, status: 'converged', updates: 9, loss: 0, bounds }
 * const hypotheses = theoremHypotheses({ separable: 'yes', gamma: 0.1, alpha: 0.1 })
 * console.log(verdictOn(publishedBounded, { runs: [run], hypotheses }).measured) // → 9
 */
export const publishedBounded = bounded(
  'published-bounded',
  'The number of non-zero updates is at most the published bound M_k',
  'published-attained',
  'paper',
)

/**
 * The training loss is exactly 0 at the end of every run. Violated by a run that converged with a
 * positive loss, inconclusive if a run reached the step limit.
 *
 * @example
 * import { globalMinimum, theoremHypotheses } from '@nonconvex/overparam'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const run = { name: 'k = 1', k: 1, status: 'max-steps', updates: 9, loss: 0.5 }
 * const hypotheses = theoremHypotheses({ separable: 'yes', gamma: 0.1, alpha: 0.1 })
 * console.log(verdictOn(globalMinimum, { runs: [run], hypotheses }).status) // → inconclusive
 */
export const globalMinimum = claim(
  'overparam/global-minimum',
  'SGD converges to a global minimum: the training loss is exactly 0',
  'float64',
  { ...source, theorem: 'convergence to a global minimum' },
  ({ runs, hypotheses }: TheoremFacts) => {
    if (runs.length === 0) return nothing('runs', hypotheses)
    const worst = most(runs, (run) => run.loss)
    const zero = runs.filter((run) => run.loss === 0).length
    const broken = runs.some((run) => run.status === 'converged' && run.loss !== 0)
    return {
      statement: `the loss is exactly 0 at the end of ${zero} of ${counted(runs.length, 'run')}${worst.loss > 0 ? `; ${readable(worst.loss)} with ${worst.name}` : ''}`,
      measured: worst.loss,
      relation: '<=',
      bound: 0,
      hypotheses,
      ...(!broken && cutOff(runs)),
    }
  },
)

/**
 * The rounding tolerance of a potential, relative to 1 + |F| + S, for sums of about 10⁵ products
 * with relative errors of 1e-16.
 */
export const TOLERANCE = 1e-9

/**
 * The smallest distance to the bound of a monitor, tolerance included, with the update and the run
 * that attain it.
 */
interface Room {
  readonly room: number
  readonly update: number
  readonly name: string
}

/**
 * Declares a claim about every update, which is decided by the smallest distance to its bounds over
 * all runs.
 */
const watched = (
  id: string,
  title: string,
  from: Source,
  evidence: (least: Room, checked: string, where: string) => Evidence,
): DecidableClaim<TheoremFacts> =>
  claim(id, title, 'float64', from, ({ runs, hypotheses }: TheoremFacts) => {
    if (runs.length === 0) return nothing('runs', hypotheses)
    const rooms = runs.flatMap((run) =>
      (run.rooms ?? [])
        // a run without updates has no room
        .filter((room) => room.claim === id && room.update > 0)
        .map(({ room, update }): Room => ({ room, update, name: run.name })),
    )
    if (rooms.length === 0)
      return {
        statement: `no update was checked in ${counted(runs.length, 'run')}`,
        hypotheses,
        undecided: 'there is nothing to compare',
      }
    const least = most(rooms, ({ room }) => -room)
    const updates = runs.reduce((sum, run) => sum + run.updates, 0)
    const where = `at update ${readable(least.update)} with ${least.name}`
    return { ...evidence(least, `checked at ${counted(updates, 'update')}`, where), hypotheses }
  })

/**
 * Evidence that the smallest distance to the bound, with a tolerance of 1e-9 (1 + |F| + S), is not
 * negative.
 */
const slack = ({ room }: Room, checked: string, where: string): Evidence => ({
  statement: `${checked}; smallest slack ${readable(room, 3)} ${where}`,
  measured: room,
  relation: '>=',
  bound: 0,
  inequality: 'overparam/potentials-attained',
})

/** Evidence that the largest residual, relative to 1 + |F| + S, is at most 1e-9. */
const residual = ({ room }: Room, checked: string, where: string): Evidence => ({
  statement: `${checked}; largest relative residual ${readable(TOLERANCE - room, 2)} ${where}, tolerance ${readable(TOLERANCE)}`,
  measured: TOLERANCE - room,
  relation: '<=',
  bound: TOLERANCE,
})

/**
 * The alignment after t updates satisfies F_t ≥ F_0 + ηvγA_t ≥ F_0 + 2kηvαγt.
 *
 * @example
 * import { lowerLine, theoremHypotheses } from '@nonconvex/overparam'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const rooms = [{ claim: lowerLine.id, room: 0.25, update: 7 }]
 * const run = { name: 'k = 1', k: 1, status: 'converged', updates: 9, loss: 0, rooms }
 * const hypotheses = theoremHypotheses({ separable: 'yes', gamma: 0.1, alpha: 0.1 })
 * console.log(verdictOn(lowerLine, { runs: [run], hypotheses }).status) // → holds
 */
export const lowerLine = watched(
  'overparam/lower-line',
  'Each update increases the alignment ⟨W, W*⟩ by at least 2kηvαγ',
  { ...source, theorem: 'number of non-zero updates, first potential' },
  slack,
)

/**
 * The squared norm after t updates satisfies S_t ≤ S_0 + t(2η + 2kη²v²R²), and a sharper bound with
 * the slopes.
 */
export const normEnvelope = watched(
  'overparam/norm-envelope',
  'The squared norm ‖W‖² grows at most linearly in the number of updates',
  {
    ...source,
    theorem: 'number of non-zero updates, second potential',
    ours: 'the envelope with slopes: s² = (1+α)s − α for s in {α, 1}',
  },
  slack,
)

/** The Cauchy–Schwarz inequality F_t ≤ √(2k)‖w*‖ √S_t holds after every update. */
export const cauchySchwarz = watched(
  'overparam/cauchy-schwarz',
  'The alignment satisfies ⟨W, W*⟩ ≤ ‖W*‖ ‖W‖ at every update',
  { ...source, theorem: 'number of non-zero updates, Cauchy–Schwarz' },
  slack,
)

/**
 * Each update changes the potentials by F_t − F_{t−1} = ηvσ_t y w*·x and S_t − S_{t−1} = 2ηyN +
 * η²v²‖x‖² Σ s².
 */
export const updateIdentities = watched(
  'overparam/update-identities',
  'Each update changes ⟨W, W*⟩ and ‖W‖² by amounts in closed form',
  { ...source, ours: 'σ(z) = s z for the slope used, so Σ v_j s_j w_j·x = N(x)' },
  residual,
)

/**
 * The bound is the same for every width k if v = 1/√(2k) and the rows of W₀ scale like 1/√(2k): the
 * measured number is the largest relative change of the four bounds over the runs on the same data,
 * by default at most 0.01. With other initializations the bounds do depend on k, and the verdict is
 * `violated`; it is `inconclusive` if there is one width only. Runs without `bounds` and `setting`
 * are ignored.
 *
 * Then kηv² = η/2, and W₀ enters the bounds through numbers without k in them: B_quad and B_slope
 * through F_0 and S_0, sums over all rows, which differ between draws by a few 1/√(2kd) of
 * themselves and are small beside the rest; M_k through R_0/v, the largest of 2k rows; B_disp
 * through e, the worst of n examples. These two are extremes over a draw of W₀, not means: with r =
 * √(S_0/2k), the root mean square of the rows, R_0/r grows slowly with their number (on 20 features
 * 1.2 at k = 1, 1.5 at k = 300), and e falls (on digits from 0.04 to 0.07 at k = 1 to 0.013 at k =
 * 300, on 20 features from 0.34 to 0.1), so that M_k with each run's own R_0/r moves by about 1 %
 * and B_disp with its own e by 3 to 5 % on digits, by 20 to 40 % on 20 features. Therefore M_k is
 * compared at the largest R_0/r of the runs and B_disp at the largest e. They increase in them, so
 * these are valid bounds for each of the runs; r itself stays that of the run, so that
 * initializations that do not scale are detected. This is weaker than "every bound of every run
 * changes by less than 1 %"; the statement reports how much the two bounds change with each run's
 * own numbers.
 *
 * @throws RangeError for a tolerance that is negative or not finite
 */
export const boundIndependentOfWidth = claim(
  'overparam/bound-independent-of-width',
  'The bound on the number of updates is independent of the width k',
  'float64',
  {
    ...source,
    theorem: 'number of non-zero updates, independence of k',
    ours: 'the published bound is compared at one ratio of the largest to the root-mean-square row of W₀, the displacement bound at one initial excess',
  },
  (facts: TheoremFacts & { readonly tolerance?: number }) => {
    const { runs, hypotheses, tolerance = 0.01 } = facts
    if (!(tolerance >= 0 && Number.isFinite(tolerance)))
      throw argumentError(
        'out-of-range',
        'boundIndependentOfWidth',
        'tolerance',
        'to be finite and not negative',
        tolerance,
      )
    if (runs.length === 0) return nothing('runs', hypotheses)
    const groups = groupsOf(runs)
    const compared = groups.map(atOneStart)
    const changes = names.flatMap((name) => compared.map((settings) => spreadOf(settings, name)))
    const measured = changes.length > 0 ? Math.max(...changes) : NaN
    const widths = runs.map((run) => run.k)
    const [from, to] = [Math.min(...widths), Math.max(...widths)]
    const several = compared.some((settings) => settings.some(({ k }) => k !== settings[0].k))
    return {
      statement: `from k = ${readable(from)} to ${readable(to)} the bounds change by ${readable(100 * measured, 2)} % at most for one draw of W₀; ${readable(100 * tolerance)} % allowed${extremes.map((one) => ownNumber(groups, one)).join('')}`,
      measured,
      relation: '<=',
      bound: tolerance,
      hypotheses,
      ...(!several && { undecided: 'there are no two widths to compare' }),
    }
  },
)
