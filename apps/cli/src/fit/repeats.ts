import { counted } from '@nonconvex/optim/claims'
import { foldsOf, tableRows, type SeparableFit } from '@nonconvex/overparam/fit'
import type { Table } from '@nonconvex/overparam/tabular'
import { stream } from '@nonconvex/tensor'
import { badInput } from '../exit.js'
import type { Repeat } from '../models/training-record.js'
import type { Composition } from './one-vs-rest.js'

/** The plan of a fit for cross-validation or for another seed. */
export interface Plan {
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
  const labels = table.several?.of ?? table.y
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const rarer = Math.min(...counts.values())
  if (cv !== undefined && cv > rarer)
    throw badInput(
      'flag-value',
      `--cv ${cv}: expected at most ${rarer} folds, as the ${table.several ? 'rarest' : 'rarer'} label has ${counted(rarer, 'example')}; take fewer folds`,
    )
  const fold =
    cv === undefined ? undefined : foldsOf(labels, cv, stream(seed).child('cross-validation'))
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

/** The record of a fit for cross-validation or for another seed. */
export function repeatOf(
  { kind, name }: Plan,
  { fits, counts }: { readonly fits: readonly SeparableFit[]; readonly counts?: Composition },
): Repeat {
  const [{ separation, runs, guarantees }] = fits
  const kinds = fits.map((fit) => fit.separation.kind)
  const ends = fits.map((fit) => fit.runs[fit.runs.length - 1].status)
  const { updates, train, test } = counts ?? runs[runs.length - 1]
  const { best } = (counts ?? { guarantees }).guarantees
  return {
    kind,
    name,
    // of several classes what is not true of all
    separable: kinds.find((one) => one !== 'separable') ?? separation.kind,
    status: ends.find((one) => one !== 'converged') ?? 'converged',
    updates,
    train,
    ...(test && { test }),
    ...(best && { certificate: best.bound }),
  }
}

/** Runs tasks with limited concurrency and returns their results in order. */
export async function inTurn<T, R>(
  pieces: readonly T[],
  workers: number,
  work: (piece: T, i: number) => Promise<R>,
): Promise<readonly R[]> {
  const found = new Map<number, R>()
  const waiting = [...pieces.entries()]
  const next = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift())
      found.set(entry[0], await work(entry[1], entry[0]))
  }
  await Promise.all(Array.from({ length: Math.min(workers, pieces.length) }, next))
  return [...found].sort(([i], [j]) => i - j).map(([, result]) => result)
}
