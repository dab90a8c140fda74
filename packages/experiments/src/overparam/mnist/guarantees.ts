import {
  compareGuarantees,
  type GuaranteeId,
  type GuaranteeRun,
  type GuaranteeTable,
  type Tested,
} from '@nonconvex/overparam'
import type { Measured } from '../runs/facts.js'
import type { NamedRun } from '../runs/verdicts.js'
import type { MnistParams } from './params.js'

/** Pixels of a digit. */
export const PIXELS = 784

/** 2kd for each training digit. */
export const parametersPerExample = (k: number, { n }: MnistParams): number => (2 * k * PIXELS) / n

/** A run as the table of its guarantees wants it: counts, and what is known besides. */
function countsOf(m: Measured, p: MnistParams): GuaranteeRun {
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
export const guaranteesOf = (m: Measured, p: MnistParams): GuaranteeTable =>
  compareGuarantees(countsOf(m, p))

/** One of them; 1 where nothing is promised. */
export const promised = ({ guarantees }: GuaranteeTable, id: GuaranteeId): number =>
  guarantees.find((one) => one.id === id)?.bound ?? 1

/**
 * The runs whose guarantee new digits can contradict, with the better of the two codes that allow
 * for errors or not.
 */
export const testedOf = (runs: readonly NamedRun[], p: MnistParams): readonly Tested[] =>
  runs.flatMap(({ name, measured: m }) => {
    if (m.testHinge === null) return []
    const found = guaranteesOf(m, p)
    return [
      {
        name,
        bound: Math.min(1, promised(found, m.shortUnused > 0 ? 'agnostic' : 'blocks')),
        short: Math.round(m.testHinge * m.tested),
        examples: m.tested,
      },
    ]
  })
