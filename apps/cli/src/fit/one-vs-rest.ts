import type { ErrorCount, SeparableFit } from '@nonconvex/overparam/fit'
import {
  compareGuarantees,
  type GuaranteeRun,
  type GuaranteeTable,
} from '@nonconvex/overparam/generalization'
import { sharedRows, type SharedRows, type Table } from '@nonconvex/overparam/tabular'
import { majorityErrorOf } from './fitted.js'
import { largestOutput, weightNorms } from './largest-output.js'

/** What is counted of the class with the largest output. */
export interface ClassCounts {
  readonly updates: number
  /** examples on which any of the networks was updated */
  readonly distinct: number
  /** the others with y N < 1 for any of them */
  readonly errorsUnused: number
  /** errors of the largest output, and examples with y N < 1 for any network */
  readonly train: ErrorCount
  readonly test?: ErrorCount
  /** test examples that are training examples, too */
  readonly shared?: SharedRows
}

/** What else its guarantees depend on. */
type ClassesRun = Pick<
  GuaranteeRun,
  'delta' | 'converged' | 'networks' | 'budgets' | 'majorityError' | 'preprocessing'
>

/** The networks of several classes, and what is certified of the class with the largest output. */
export interface Composition extends ClassCounts {
  readonly fits: readonly SeparableFit[]
  /** each class against the rest */
  readonly tables: readonly Table[]
  readonly guarantees: GuaranteeTable
}

/**
 * The guarantees of the class with the largest output. If it is another class, one of the networks
 * is wrong: that of its own class has an output ≤ 0, or that of another class one above 0. And all
 * networks can be trained again from the examples that any of them was updated on: these are the
 * compression set of all, and no union bound over the classes is needed.
 */
export const classGuarantees = (
  { train, test, shared, ...counts }: ClassCounts,
  run: ClassesRun,
): GuaranteeTable =>
  compareGuarantees({
    ...run,
    n: train.examples,
    updates: counts.updates,
    distinct: counts.distinct,
    errorsUnused: counts.errorsUnused,
    ...(test && {
      heldOut: {
        errors: test.errors,
        examples: test.examples,
        ...(shared && { seen: shared }),
      },
    }),
  })

/** The examples with their classes as labels. */
export const numbered = ({ x, lines, several, y }: Table): Pick<Table, 'x' | 'y' | 'lines'> => ({
  x,
  lines,
  y: several?.of ?? y,
})

/** Puts the networks of all classes together. */
export function composed(
  fits: readonly SeparableFit[],
  tables: readonly Table[],
  { table, test }: { readonly table: Table; readonly test: Table | undefined },
  given: Pick<GuaranteeRun, 'delta' | 'preprocessing'>,
): Composition {
  const norms = weightNorms(fits.map(({ model }) => model))
  const updated = new Set(fits.flatMap((fit) => [...fit.updated]))
  const last = fits.map(({ runs }) => runs[runs.length - 1])
  let errorsUnused = 0
  const counted = (of: Float64Array, all: readonly (Float64Array | undefined)[]): ErrorCount => {
    let [errors, margins] = [0, 0]
    of.forEach((number, i) => {
      const outputs = all.map((each) => each?.[i] ?? NaN)
      if (largestOutput(outputs, norms).name !== number - 1) errors++
      if (outputs.every((output, c) => (c === number - 1 ? output : -output) >= 1)) return
      margins++
      if (of === table.several?.of && !updated.has(i)) errorsUnused++
    })
    return { examples: of.length, errors, margins }
  }
  const none = new Float64Array(0)
  const train = counted(
    table.several?.of ?? none,
    fits.map(({ outputs }) => outputs),
  )
  const tested =
    test &&
    counted(
      test.several?.of ?? none,
      fits.map(({ testOutputs }) => testOutputs),
    )
  const shared = test && sharedRows(numbered(table), numbered(test))
  const counts: ClassCounts = {
    updates: last.reduce((sum, run) => sum + run.updates, 0),
    distinct: updated.size,
    errorsUnused,
    train,
    ...(tested && { test: tested }),
    ...(shared && { shared }),
  }
  const guarantees = classGuarantees(counts, {
    ...given,
    converged: last.every(({ status }) => status === 'converged'),
    networks: fits.length,
    budgets: fits[0].budgets,
    majorityError: majorityErrorOf(fits.map((fit) => fit.table.positives)),
  })
  return { ...counts, fits, tables, guarantees }
}
