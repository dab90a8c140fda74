import { hypothesis } from '@nonconvex/optim/claims'
import { boundIndependentOfWidth, initialWeights } from '@nonconvex/overparam'
import type { Stream } from '@nonconvex/tensor'
import type { ParamsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { workOf } from '../../define/work.js'
import { factsOf, theorem } from '../runs/facts.js'
import { plantedData, type Planted } from '../runs/planted.js'
import { potentialFigure } from '../runs/potential-figure.js'
import { lastMade } from '../../last-made.js'
import { measureRun, replayRun, type RunTask } from '../runs/run-cell.js'
import { ledgerTable, runTable } from '../runs/tables.js'
import { updates, type RunCell } from './experiment.js'
import { widthFigure } from './figures.js'

type Params = ParamsOf<typeof updates>
type Streams = Pick<MeasureContext<Params>, 'params' | 'stream' | 'shared'>

export const work = workOf(updates, {
  parts: {
    run: {
      measure: (cell, context) => measureRun(taskOf(cell, context), context),
      replay: ({ cell, witness }, context) => replayRun(witness, taskOf(cell, context)),
    },
  },
  conclude: ({ run }, p, verdict) => {
    const runs = run.map(({ cell, measured }) => ({
      cell,
      name: nameOf(cell),
      group: `data ${cell.seed}`,
      measured,
    }))
    const wide = runs.filter(({ cell }) => cell.varies === 'width')
    const facts = factsOf(runs, p.alpha)
    return {
      verdicts: [
        ...theorem.map((claim) => verdict(claim, ['run'], () => facts)),
        verdict(
          boundIndependentOfWidth,
          [{ part: 'run', where: ({ varies }) => varies === 'width' }],
          () => {
            const width = factsOf(wide, p.alpha)
            return { ...width, hypotheses: [...width.hypotheses, ...shrinking(p)] }
          },
        ),
      ],
      tables: [runTable(runs), ledgerTable(runs)],
      figures: [
        ...potentialFigure(wide.findLast(({ cell }) => cell.seed === 0)),
        ...widthFigure(
          wide,
          runs.filter(({ cell }) => cell.varies === 'leak'),
          p,
        ),
      ],
    }
  },
})

/** What the comparison of widths assumes of the start. */
const shrinking = (p: Params) => [
  hypothesis('v and the rows of W₀ scale like 1/√(2k)', p.start !== 'gauss'),
  // a random start of size r: F_0 and S_0 differ between draws by some r/√d and r²/√(kd),
  // whatever k is
  ...(p.start === 'scaled'
    ? [hypothesis('the initialization is small, r ≤ 1', p.row <= 1, p.row)]
    : []),
]

function nameOf(cell: RunCell): string {
  const seed = `data ${cell.seed}`
  switch (cell.varies) {
    case 'width':
      return `k = ${cell.k}, ${seed}`
    case 'leak':
      return `α = ${cell.alpha}, ${seed}`
    case 'start':
      return `${cell.start} W₀, ${seed}`
  }
}

const plantedFor = lastMade<Planted>()

function startOf(cell: RunCell, p: Params, planted: Planted, stream: Stream): Float64Array {
  const size = p.row / Math.sqrt(2 * cell.k)
  switch (cell.start) {
    case 'zero':
      return initialWeights({ kind: 'zero' }, cell.k, p.d)
    case 'scaled':
      return initialWeights({ kind: 'scaled', row: p.row, stream }, cell.k, p.d)
    case 'gauss':
      return initialWeights({ kind: 'gauss', row: p.row, stream }, cell.k, p.d)
    case 'adversarial':
      return initialWeights({ kind: 'adversarial', rho: size, wStar: planted.teacher }, cell.k, p.d)
  }
}

/**
 * The run of a cell: its data from the stream that all cells share, initialization and order from
 * its own.
 */
export function taskOf(cell: RunCell, { params: p, stream, shared }: Streams): RunTask {
  const data = shared.child('data', cell.seed)
  const key = [data.name, p.n, p.d, p.gamma, p.flips]
  const planted = plantedFor(key, () => plantedData(p, data))
  return {
    data: planted.data,
    options: {
      k: cell.k,
      alpha: cell.alpha,
      eta: p.eta,
      start: startOf(cell, p, planted, stream.child('start')),
      order: { kind: 'permutation', stream: stream.child('order') },
      maxSteps: p.epochs * p.n,
    },
  }
}
