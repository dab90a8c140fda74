import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { learnerOf, type Learner } from './learners.js'
import type { CountingCell, CountingParams } from './params.js'
import {
  countingGraph,
  nodes,
  simpleShares,
  type CountingGraph,
  type SimpleShares,
} from './task.js'

export type CountingMeasured = {
  /**
   * share of right nodes on the test graphs, at the step that was best on 200 others, and its
   * standard error
   */
  readonly accuracy: number
  readonly error: number
  readonly train: number
  readonly step: number
  readonly parameters: number
  /** loss at the last step */
  readonly loss: number
  /**
   * largest change of a score when a test graph's nodes are listed, by LSTMs read, in another order
   */
  readonly moved: number
} & SimpleShares

export interface CountingRow extends Row {
  readonly measured: CountingMeasured
  readonly witness: null
}

type Context = Pick<MeasureContext<CountingParams>, 'params' | 'stream' | 'shared' | 'signal'> &
  Partial<Pick<MeasureContext<CountingParams>, 'watch'>>

const EVERY = 50
const VALID = 200

export function measureCounting(cell: CountingCell, context: Context): CountingRow {
  const { params, stream, shared, signal, watch } = context
  const draw = (name: string, count: number): CountingGraph[] =>
    Array.from({ length: count }, (_, t) => countingGraph(shared.child(name, t)))
  const [train, valid, test] = [
    draw('train', cell.graphs),
    draw('valid', VALID),
    draw('test', params.test),
  ]
  const learner = learnerOf(cell, context)
  const source = stream.child('batches')
  let best: Best | undefined
  let loss = 0
  for (let step = 1; step <= learner.steps; step++) {
    const batch = Array.from({ length: learner.batch }, () => train[source.integer(train.length)])
    loss = learner.step(batch, step > 0.8 * learner.steps ? 0.1 * params.rate : params.rate)
    if (step % EVERY !== 0 && step !== learner.steps) continue
    signal.throwIfAborted()
    const accuracy = shareOf(rightNodes(learner, valid))
    watch?.({ step, loss, accuracy })
    if (accuracy > (best?.accuracy ?? -1))
      best = { accuracy, step, tested: tested(learner, train, test) }
  }
  const right = best?.tested() ?? { test: [], train: NaN }
  const accuracy = shareOf(right.test)
  const spread = right.test.reduce((sum, x) => sum + (x / nodes - accuracy) ** 2, 0)
  const sigma = stream.child('order').permutation(nodes)
  return {
    key: cell.key,
    witness: null,
    measured: {
      accuracy,
      error: Math.sqrt(spread / Math.max(1, right.test.length - 1) / right.test.length),
      train: right.train,
      step: best?.step ?? 0,
      parameters: learner.parameters,
      loss,
      moved: Math.max(...test.slice(0, 20).map((graph) => learner.moved(graph, sigma))),
      ...simpleShares(test),
    },
  }
}

/** The step that was best so far, and what its network is worth, for which it is put back. */
interface Best {
  readonly accuracy: number
  readonly step: number
  readonly tested: () => Tested
}

/** Right nodes of each test graph, and their share in at most 200 graphs that were learnt from. */
interface Tested {
  readonly test: readonly number[]
  readonly train: number
}

/** Tests the network as it is now: later if its weights can be put back, or else at once. */
function tested(
  learner: Learner,
  train: readonly CountingGraph[],
  test: readonly CountingGraph[],
): () => Tested {
  const all = (): Tested => ({
    test: rightNodes(learner, test),
    train: shareOf(rightNodes(learner, train.slice(0, VALID))),
  })
  const restore = learner.keep?.()
  if (restore) {
    return () => {
      restore()
      return all()
    }
  }
  const now = all()
  return () => now
}

/** Everything again: data and training are functions of their streams. */
export function checkCounting(
  row: CountingRow,
  context: CheckContext<CountingParams, CountingCell>,
): CountingMeasured {
  if (row.witness !== null) throw new Error('there is no witness to this row')
  return measureCounting(context.cell, context).measured
}

/**
 * Share of right nodes, of counts of them: one division, so that equal counts give equal shares.
 * NaN of nothing.
 */
const shareOf = (right: readonly number[]): number =>
  right.reduce((sum, count) => sum + count, 0) / (right.length * nodes)

/** Right nodes of each graph. */
function rightNodes(learner: Learner, graphs: readonly CountingGraph[]): number[] {
  const out: number[] = []
  for (let from = 0; from < graphs.length; from += learner.portion) {
    const part = graphs.slice(from, from + learner.portion)
    const scores = learner.scores(part)
    part.forEach(({ labels }, b) => {
      const right = labels.filter((label, i) => {
        const row = scores.subarray((b * nodes + i) * nodes, (b * nodes + i + 1) * nodes)
        return row.indexOf(Math.max(...row)) === label
      })
      out.push(right.length)
    })
  }
  return out
}
