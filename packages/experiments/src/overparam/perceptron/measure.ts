import {
  batchPerceptron,
  marginPerceptron,
  perceptron,
  radius,
  separability,
  trainSgd,
  type Dataset,
  type EngineName,
} from '@nonconvex/overparam'
import type { Stream } from '@nonconvex/tensor'
import type { Row } from '../../define/experiment.js'
import { plantedData } from '../runs/planted.js'
import type { PerceptronCell, PerceptronParams } from './params.js'

/** How a rule ended, and after how many updates. */
export type RuleMeasured = {
  readonly converged: boolean
  /** mistakes, or iterations of the batch rule */
  readonly updates: number
  /** distinct examples and visits; null for the batch rule */
  readonly distinct: number | null
  readonly steps: number | null
}

export type PerceptronMeasured = {
  readonly gamma: number
  /** R, and the largest margin of a unit vector; null if nothing separates */
  readonly radius: number
  readonly margin: number | null
  readonly perceptron: RuleMeasured
  readonly batch: RuleMeasured
  readonly marginRule: RuleMeasured
  /** networks from zero in cyclic order, by leak */
  readonly networks: readonly (RuleMeasured & { readonly alpha: number })[]
  /**
   * the same at the limit, with this step and with one so large that the 1 of the hinge is nothing
   * beside the outputs
   */
  readonly linear: RuleMeasured
  readonly huge: RuleMeasured
}

export interface PerceptronRow extends Row {
  readonly measured: PerceptronMeasured
  readonly witness: null
}

interface Context {
  readonly params: PerceptronParams
  readonly stream: Stream
}

/** Against it the 1 of the hinge is rounding. */
const HUGE = 1e12

function network(
  data: Dataset,
  p: PerceptronParams,
  setting: { readonly alpha: number; readonly eta: number; readonly engine: EngineName },
): RuleMeasured {
  const { status, updates, distinct, steps } = trainSgd(data, {
    ...setting,
    k: p.k,
    start: new Float64Array(2 * p.k * p.d),
    order: { kind: 'cyclic' },
    maxSteps: p.passes * p.n,
  })
  return { converged: status === 'converged', updates, distinct, steps }
}

function measuredOf(
  cell: PerceptronCell,
  { params: p, stream }: Context,
  engine: EngineName,
): PerceptronMeasured {
  const { n, d, eta, flips } = p
  const { data } = plantedData({ n, d, gamma: cell.gamma, flips }, stream.child('data'))
  const maxSteps = p.passes * n
  const answer = separability(data)
  const one = perceptron(data, { maxSteps })
  const wide = marginPerceptron(data, { eta, maxSteps })
  const batch = batchPerceptron(data, { maxIterations: p.passes })
  const rule = (run: typeof one): RuleMeasured => ({
    converged: run.status === 'converged',
    updates: run.updates,
    distinct: run.distinct,
    steps: run.steps,
  })
  return {
    gamma: cell.gamma,
    radius: radius(data),
    margin: answer.kind === 'separable' ? answer.lo : null,
    perceptron: rule(one),
    batch: {
      converged: batch.status === 'converged',
      updates: batch.iterations,
      distinct: null,
      steps: null,
    },
    marginRule: rule(wide),
    networks: p.alphas.map((alpha) => ({ alpha, ...network(data, p, { alpha, eta, engine }) })),
    linear: network(data, p, { alpha: p.limit, eta, engine }),
    huge: network(data, p, { alpha: p.limit, eta: HUGE, engine }),
  }
}

export const measurePerceptron = (cell: PerceptronCell, context: Context): PerceptronRow => ({
  key: cell.key,
  measured: measuredOf(cell, context, 'auto'),
  witness: null,
})

/** The same numbers, with every network trained again by the plainest engine. */
export function checkPerceptron(
  row: PerceptronRow,
  context: Context & { readonly cell: PerceptronCell },
): PerceptronMeasured {
  // a file may say anything
  if ((row.witness as unknown) !== null)
    throw new RangeError('witness: expected none, since everything follows from the seed')
  return measuredOf(context.cell, context, 'primal')
}
