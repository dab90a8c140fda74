import type { ParamsOf } from '../../define/definition.js'
import {
  compareGuarantees,
  type GuaranteeId,
  type GuaranteeRun,
  type GuaranteeTable,
} from '@nonconvex/overparam/generalization'
import type { Measured } from '../runs/facts.js'
import type { mnist } from './experiment.js'

type Params = ParamsOf<typeof mnist>

/** Pixels of a digit. */
export const PIXELS = 784

/** 2kd for each training digit. */
export const parametersPerExample = (k: number, { n }: Params): number => (2 * k * PIXELS) / n

/** A run as the table of its guarantees wants it: counts, and what is known besides. */
function countsOf(m: Measured, p: Params): GuaranteeRun {
  return {
    n: p.n,
    updates: m.updates,
    distinct: m.distinct,
    delta: p.delta,
    converged: m.status === 'converged',
    errorsUnused: m.shortUnused,
    // rows are divided by the longest of the training digits
    preprocessing: 'scale',
    network: { k: m.k, d: PIXELS },
    ...(m.testError !== null && {
      heldOut: { errors: Math.round(m.testError * m.tested), examples: m.tested },
    }),
  }
}

/** Every guarantee of a run, from its counts. */
export const guaranteesOf = (m: Measured, p: Params): GuaranteeTable =>
  compareGuarantees(countsOf(m, p))

/** One of them; 1 where it does not apply. */
export const promised = ({ guarantees }: GuaranteeTable, id: GuaranteeId): number =>
  guarantees.find((one) => one.id === id)?.bound ?? 1
