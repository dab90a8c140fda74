import { slopeBound } from '@nonconvex/overparam'
import {
  batchPerceptronBounded,
  marginPerceptronBounded,
  perceptronBounded,
} from '@nonconvex/overparam/perceptron'
import type { ParamsOf } from '../../define/definition.js'
import type { perceptron } from './experiment.js'

export type Params = ParamsOf<typeof perceptron>

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

const novikoff = ({ radius, margin }: PerceptronMeasured): number | null =>
  margin === null ? null : (radius / margin) ** 2

/** The rules whose updates are bounded on separable data. */
export const rules = [
  {
    claim: perceptronBounded,
    name: 'perceptron',
    of: (m: PerceptronMeasured) => m.perceptron,
    bound: novikoff,
  },
  {
    claim: batchPerceptronBounded,
    name: 'batch perceptron',
    of: (m: PerceptronMeasured) => m.batch,
    bound: novikoff,
  },
  {
    claim: marginPerceptronBounded,
    name: 'margin perceptron',
    of: (m: PerceptronMeasured) => m.marginRule,
    bound: ({ radius, margin }: PerceptronMeasured, { eta }: Params) =>
      margin === null ? null : (radius ** 2 + 2 / eta) / margin ** 2,
  },
]

/** The bound with slopes of a network from zero. */
export const networkBound = (
  { radius, margin }: PerceptronMeasured,
  alpha: number,
  { k, eta }: Params,
): number | null =>
  margin === null
    ? null
    : slopeBound({
        k,
        alpha,
        eta,
        radius,
        gamma: margin,
        wStarNorm: 1,
        v: 1 / Math.sqrt(2 * k),
        startF: 0,
        startS: 0,
        startRow: 0,
        excess: 0,
      })
