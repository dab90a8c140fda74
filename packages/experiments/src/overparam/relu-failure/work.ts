import {
  forward,
  hingeLoss,
  minMargin,
  trainSgd,
  type Dataset,
  type EngineName,
  type Net,
  type SgdOptions,
} from '@nonconvex/overparam'
import {
  deadCoordinates,
  deadProbability,
  flatAssertions,
  flatRadius,
  reluFlatProved,
  reluBadMinima,
  reluBadMinimum,
  reluFails,
  reluFailureProbability,
  reluSucceeds,
  tallyCoordinates,
} from '@nonconvex/overparam/relu'
import type { Stream } from '@nonconvex/tensor'
import type { ParamsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { pack } from '../../result/packed.js'
import {
  coordinateHypotheses,
  coordinateRun,
  initialHypotheses,
  intervalOf,
} from '../coordinates.js'
import { agrees } from '../runs/agrees.js'
import { plantedData } from '../runs/planted.js'
import { reluFailure } from './experiment.js'
import { reluFailureFigures, type MinimumMeasured, type WidthMeasured } from './figures.js'

type Params = ParamsOf<typeof reluFailure>
type Context = Pick<MeasureContext<Params>, 'params' | 'stream' | 'signal'>

export const work = workOf(reluFailure, {
  parts: {
    width: {
      measure: ({ k }, context) => widthOf(k, context, 'auto'),
      // every run made again by the plainest engine
      audit: ({ cell, measured }, context) => {
        agrees(measured, widthOf(cell.k, context, 'primal'))
      },
    },
    exact: { measure: (_, { params }) => ({ checked: flatAssertions(params.k) }) },
    minimum: {
      measure: ({ dead }, { params, shared, stream }) => minimumOf(dead, params, shared, stream),
    },
  },
  conclude: (rows, p, verdict) => {
    const widths = rows.width.map(({ measured }) => measured)
    const coordinates = { d: p.d, widths, hypotheses: coordinateHypotheses(p) }
    const minima = rows.minimum.map(({ measured }) => measured)
    return {
      verdicts: [
        verdict(reluFails, ['width'], () => coordinates),
        verdict(deadCoordinates, ['width'], () => coordinates),
        verdict(reluSucceeds, ['width'], () => ({
          tallies: widths.map(({ tally }) => tally),
          // the count of updates is exact for any start
          hypotheses: initialHypotheses(p),
        })),
        verdict.each(reluBadMinima, ['minimum'], () => minima.map(({ facts }) => ({ facts })), {
          closeness: () => 0,
          outside: 'first',
        }),
        verdict(reluFlatProved, ['exact'], () => rows.exact[0].measured.checked),
      ],
      tables: [widthTable(widths, p), minimumTable(minima)],
      figures: reluFailureFigures(widths, minima, p),
    }
  },
})

function widthOf(
  k: number,
  { params: p, stream, signal }: Context,
  engine: EngineName,
): WidthMeasured {
  const runs = Array.from({ length: p.runs }, (_, i) => {
    signal.throwIfAborted()
    return coordinateRun({ ...p, k }, stream, i, engine)
  })
  return {
    kind: 'width',
    k,
    tally: tallyCoordinates(runs),
    wrong: runs.reduce((sum, run) => sum + run.wrong.length, 0),
    first: { dead: runs[0].fate.dead, wrong: runs[0].wrong },
  }
}

const widthTable = (widths: readonly WidthMeasured[], p: Params) =>
  tableOf(
    'widths',
    'Failure rate at each width, and its probability',
    widths.map((width) => ({
      ...width,
      ...intervalOf(width.tally.failed, width.tally.runs),
      predicted: reluFailureProbability(p.d, width.k),
    })),
    {
      k: ['$k$', ({ k }) => k],
      runs: ['runs', ({ tally }) => tally.runs],
      failed: ['failed', ({ tally }) => tally.failed],
      observed: ['observed', ({ tally }) => tally.failed / tally.runs, 4],
      low: ['99 % from', ({ low }) => low, 3],
      high: ['to', ({ high }) => high, 3],
      predicted: ['$1-(1-2^{-k})^d$', ({ predicted }) => predicted, 4],
      inside: [
        'inside',
        ({ low, high, predicted }) => (low <= predicted && predicted <= high ? 'yes' : 'no'),
      ],
      error: ['mean error', ({ wrong, tally }) => wrong / (tally.runs * p.d), 3],
      expected: ['$2^{-k}$', ({ k }) => deadProbability(k), 3],
      elsewhere: ['wrong on other coordinates', ({ tally }) => tally.elsewhere],
      cut: ['reached the step limit', ({ tally }) => tally.cut],
    },
  )

const minimumTable = (minima: readonly MinimumMeasured[]) =>
  tableOf(
    'minima',
    'A spurious local minimum on a separable set: with leaky ReLU SGD leaves the same point',
    minima,
    {
      dead: ['class on which every unit is dead', ({ facts }) => (facts.dead === 1 ? '+1' : '−1')],
      loss: ['loss', ({ facts }) => facts.loss, 4],
      expected: [
        'its fraction of the examples',
        ({ facts: { dead, positive, negative } }) =>
          (dead === 1 ? positive : negative) / (positive + negative),
        4,
      ],
      radius: ['constant within', ({ radius }) => radius, 3],
      moved: ['weights that SGD changes', ({ facts }) => facts.moved],
      leak: ['leaky ReLU, α = 0.1: status', ({ leak }) => leak.status],
      updates: ['after updates', ({ leak }) => leak.updates],
      leak_loss: ['loss at the end', ({ leak }) => leak.loss, 3],
    },
  )

const K = 4
const D = 10
const GAMMA = 0.1
const AROUND = 20
const DIRECTIONS = 3
const POINTS = 61
/** The curves go as many times further than the loss is known to be constant. */
const FURTHER = 8
/** Leak of the run that does get away. */
const LEAK = 0.1

/** Rows of norm 1 in random directions. */
const direction = (stream: Stream): Float64Array => {
  const rows = new Float64Array(2 * K * D)
  for (let j = 0; j < 2 * K; j++) rows.set(stream.unitVector(D), j * D)
  return rows
}

function minimumOf(dead: 1 | -1, p: Params, shared: Stream, stream: Stream): MinimumMeasured {
  const planted = { n: p.points, d: D, gamma: GAMMA, flips: p.flips }
  const { data, teacher } = plantedData(planted, shared.child('data'))
  const margin = minMargin(data, teacher)
  // a hair more than 1, so that rounding leaves it at least 1
  const w = teacher.map((value) => (value * (1 + 1e-12)) / (margin > 0 ? margin : GAMMA))
  const v = 1 / Math.sqrt(2 * K)
  const net: Net = { k: K, d: D, v, alpha: 0, weights: reluBadMinimum(w, K, v, { dead }) }
  const radius = flatRadius(net, data)
  const lossAt = (along: Float64Array, by: number): number =>
    lossOf({ ...net, weights: net.weights.map((value, at) => value + by * along[at]) }, data)
  const around = stream.child('around')
  const reach = radius > 0 && Number.isFinite(radius) ? radius : 0
  const moved = Float64Array.from(
    { length: POINTS },
    (_, i) => ((FURTHER * i) / (POINTS - 1)) * (reach || GAMMA),
  )
  const losses = Array.from({ length: DIRECTIONS }, (_, i) =>
    direction(stream.child('along', i)),
  ).flatMap((along) => Array.from(moved, (by) => lossAt(along, by)))
  return {
    kind: 'minimum',
    facts: {
      positive: data.y.filter((label) => label > 0).length,
      negative: data.y.filter((label) => label < 0).length,
      separates: minMargin(data, w) >= 1,
      dead,
      loss: lossOf(net, data),
      around: Array.from({ length: AROUND }, () => lossAt(direction(around), 0.999 * reach)),
      moved: movedBy(net, data, p),
    },
    radius: reach,
    moved: pack(moved),
    losses: pack(Float64Array.from(losses), [DIRECTIONS, POINTS]),
    leak: leakFrom(net, data, p),
  }
}

const lossOf = (net: Net, data: Dataset): number => hingeLoss(forward(net, data.x), data.y)

const optionsOf = (net: Net, p: Params): SgdOptions => ({
  k: K,
  v: net.v,
  eta: p.eta,
  start: net.weights,
  order: { kind: 'cyclic' },
})

/** Weights that ten passes of SGD change. */
function movedBy(net: Net, data: Dataset, p: Params): number {
  const options = { ...optionsOf(net, p), alpha: 0, maxSteps: 10 * data.y.length }
  const { weights } = trainSgd(data, options).net
  return weights.reduce((sum, value, at) => sum + (Object.is(value, net.weights[at]) ? 0 : 1), 0)
}

function leakFrom(net: Net, data: Dataset, p: Params): MinimumMeasured['leak'] {
  const run = trainSgd(data, { ...optionsOf(net, p), alpha: LEAK, maxSteps: 1000 * data.y.length })
  const { status, updates } = run
  return { status, updates, loss: lossOf(run.net, data) }
}
