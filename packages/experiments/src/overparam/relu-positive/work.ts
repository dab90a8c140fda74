import { hypothesis } from '@nonconvex/optim/claims'
import type { EngineName } from '@nonconvex/overparam'
import {
  attainedUpdates,
  leakSucceeds,
  reluFailureProbability,
  reluSucceeds,
  reluTransition,
  reluUpdatesAttained,
  reluWidthsAttained,
  tallyCoordinates,
  transitionAttained,
  transitionSides,
  widthSides,
} from '@nonconvex/overparam/relu'
import type { ParamsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { coordinateHypotheses, coordinateRun, fateOf, initialHypotheses } from '../coordinates.js'
import { agrees } from '../runs/agrees.js'
import { reluPositive, type RunCell } from './experiment.js'
import { reluPositiveFigures, type LeakMeasured, type PointMeasured } from './figures.js'

type Params = ParamsOf<typeof reluPositive>
type Context = Pick<MeasureContext<Params>, 'params' | 'stream' | 'signal'>

/** Failure probabilities at which the two widths are compared with the exact ones. */
const DELTAS = [0.01, 0.1, 0.5]

const of = (kind: RunCell['kind']) => ({
  part: 'run' as const,
  where: (cell: RunCell) => cell.kind === kind,
})

export const work = workOf(reluPositive, {
  parts: {
    run: {
      measure: (cell, context) => measuredOf(cell, context, 'auto'),
      // every run made again by the plainest engine
      audit: ({ cell, measured }, context) => {
        agrees(measured, measuredOf(cell, context, 'primal'))
      },
    },
    formulas: {
      measure: ({ d }) => ({
        transition: transitionSides(d),
        widths: DELTAS.map((delta) => widthSides(d, delta)),
        attained: attainedUpdates(d),
      }),
    },
  },
  conclude: ({ run, formulas }, p, verdict) => {
    const points = run.flatMap(({ measured }) => (measured.kind === 'point' ? [measured] : []))
    const leaks = run.flatMap(({ measured }) => (measured.kind === 'leak' ? [measured] : []))
    const sum = (get: (leak: LeakMeasured) => number): number =>
      leaks.reduce((all, leak) => all + get(leak), 0)
    return {
      verdicts: [
        verdict(reluTransition, [of('point')], () => ({
          points,
          hypotheses: coordinateHypotheses(p),
        })),
        verdict(reluSucceeds, [of('point')], () => ({
          tallies: points.map(({ tally }) => tally),
          // the count of updates is exact for any start
          hypotheses: initialHypotheses(p),
        })),
        verdict(transitionAttained, ['formulas'], () =>
          formulas.flatMap(({ measured }) => measured.transition),
        ),
        verdict(reluWidthsAttained, ['formulas'], () =>
          formulas.flatMap(({ measured }) => measured.widths),
        ),
        verdict(reluUpdatesAttained, ['formulas'], () =>
          formulas.map(({ measured }) => measured.attained),
        ),
        verdict(leakSucceeds, [of('leak')], () => ({
          runs: sum(({ runs }) => runs),
          failed: sum(({ failed }) => failed),
          cut: sum(({ cut }) => cut),
          hypotheses: [hypothesis('the leaky ReLU slope α is positive', p.leak > 0, p.leak)],
        })),
      ],
      tables: [pointTable(points), leakTable(leaks, p)],
      figures: reluPositiveFigures(points, leaks, p),
    }
  },
})

function measuredOf(
  cell: RunCell,
  { params: p, stream, signal }: Context,
  engine: EngineName,
): PointMeasured | LeakMeasured {
  const { d } = cell
  const setting =
    cell.kind === 'point'
      ? { d, k: cell.k, eta: p.eta, alpha: p.alpha, shift: p.shift }
      : { d, k: 1, eta: p.eta, alpha: p.leak, shift: p.shift }
  const runs = Array.from({ length: p.runs }, (_, i) => {
    signal.throwIfAborted()
    return coordinateRun(setting, stream, i, engine)
  })
  const tally = tallyCoordinates(runs)
  if (cell.kind === 'leak') {
    const doomed = runs.filter(({ fate }) => fate.dead.length > 0).length
    const failed = runs.filter(({ status, wrong }) => status !== 'max-steps' && wrong.length > 0)
    return { kind: 'leak', d, runs: runs.length, failed: failed.length, cut: tally.cut, doomed }
  }
  let failed = 0
  for (let i = 0; i < p.starts; i++) {
    signal.throwIfAborted()
    if (fateOf(setting, stream, i).dead.length > 0) failed++
  }
  return { kind: 'point', d, k: cell.k, starts: p.starts, failed, tally }
}

const pointTable = (points: readonly PointMeasured[]) =>
  tableOf('points', 'Initializations with a dead coordinate, and runs from the others', points, {
    d: ['$d$', ({ d }) => d],
    k: ['$k$', ({ k }) => k],
    kappa: ['$\\kappa = k - \\log_2 d$', ({ d, k }) => k - Math.log2(d), 3],
    starts: ['initializations', ({ starts }) => starts],
    failed: ['with a dead coordinate', ({ failed }) => failed],
    observed: ['fraction', ({ failed, starts }) => failed / starts, 4],
    exact: ['$1-(1-2^{-k})^d$', ({ d, k }) => reluFailureProbability(d, k), 4],
    limit: ['$1-\\exp(-2^{-\\kappa})$', ({ d, k }) => -Math.expm1(-d * 2 ** -k), 4],
    runs: ['trained without one', ({ tally }) => tally.free.runs],
    failures: ['of them failed', ({ tally }) => tally.free.failed],
    updates: ['closest to the bound: updates', ({ tally }) => tally.closest?.updates],
    bound: ['allowed', ({ tally }) => tally.closest?.bound],
  })

const leakTable = (leaks: readonly LeakMeasured[], p: Params) =>
  tableOf(
    'leaks',
    `Leaky ReLU with one unit of each sign, α = ${p.leak}: initializations on which ReLU fails converge`,
    leaks,
    {
      d: ['$d$', ({ d }) => d],
      runs: ['runs', ({ runs }) => runs],
      doomed: ['with a dead coordinate', ({ doomed }) => doomed],
      failed: ['failed', ({ failed }) => failed],
      cut: ['reached the step limit', ({ cut }) => cut],
    },
  )
