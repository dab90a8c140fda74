import { counted } from '@nonconvex/optim/claims'
import { foldsOf, tableRows, type SeparableFit } from '@nonconvex/overparam/fit'
import type { Table } from '@nonconvex/overparam/tabular'
import { stream } from '@nonconvex/tensor'
import { badInput } from '../exit.js'
import type { Repeat } from '../models/training-record.js'

/** A fit besides the one that is kept. */
interface Plan {
  readonly kind: Repeat['kind']
  /** the fold, from 1, or the seed */
  readonly name: number
  /** made when its turn comes: a fit may overwrite its numbers */
  readonly train: () => Table
  readonly test?: (() => Table) | undefined
  readonly seed: number
}

/** Every fit that `--cv` and `--seeds` ask for; the folds are drawn from the seed. */
export function plansOf(
  table: Table,
  test: Table | undefined,
  { cv, seeds, seed }: { cv?: number; seeds?: number; seed: number },
): readonly Plan[] {
  const all = Array.from(table.y.keys())
  const rarer = Math.min(...[1, -1].map((side) => table.y.filter((y) => y === side).length))
  if (cv !== undefined && cv > rarer)
    throw badInput(
      'flag-value',
      `--cv ${cv}: expected at most ${rarer} folds, as the rarer label has ${counted(rarer, 'example')}; take fewer folds`,
    )
  const fold =
    cv === undefined ? undefined : foldsOf(table.y, cv, stream(seed).child('cross-validation'))
  return [
    ...Array.from({ length: cv ?? 0 }, (_, f): Plan => {
      const rows = (held: boolean) => () =>
        tableRows(
          table,
          all.filter((i) => (fold?.[i] === f) === held),
        )
      return { kind: 'fold', name: f + 1, train: rows(false), test: rows(true), seed }
    }),
    ...Array.from({ length: seeds ?? 0 }, (_, s): Plan => ({
      kind: 'seed',
      name: seed + s,
      train: () => tableRows(table, all),
      test: test && (() => test),
      seed: seed + s,
    })),
  ]
}

/** What is kept of a fit besides. */
export function repeatOf(
  { kind, name }: Plan,
  { separation, runs, guarantees }: SeparableFit,
): Repeat {
  const { updates, status, train, test } = runs[runs.length - 1]
  return {
    kind,
    name,
    separable: separation.kind,
    status,
    updates,
    train,
    ...(test && { test }),
    ...(guarantees.best && { certificate: guarantees.best.bound }),
  }
}

/**
 * Makes all fits, so many at a time.
 *
 * @param fit - one of them, in the pool
 */
export async function repeats(
  plans: readonly Plan[],
  workers: number,
  fit: (plan: Plan) => Promise<SeparableFit>,
): Promise<readonly Repeat[]> {
  const found = new Map<Plan, Repeat>()
  const waiting = [...plans]
  const work = async (): Promise<void> => {
    for (let plan = waiting.shift(); plan; plan = waiting.shift())
      found.set(plan, repeatOf(plan, await fit(plan)))
  }
  await Promise.all(Array.from({ length: Math.min(workers, plans.length) }, work))
  return plans.flatMap((plan) => found.get(plan) ?? [])
}
