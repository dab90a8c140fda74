import type { Table } from '@nonconvex/experiments'
import { errorInterval } from '@nonconvex/overparam/fit'
import { formatNumber } from '../text/numbers.js'
import type { Repeat } from '../models/training-record.js'

const percent = (fraction: number): string => `${formatNumber(100 * fraction, 3)} %`

const rate = ({ errors, examples }: { readonly errors: number; readonly examples: number }) =>
  examples === 0 ? null : errors / examples

/** In one sentence: the mean error of the folds, or of the seeds, and where it lies. */
export function repeatText(
  repeats: readonly Repeat[],
  delta: number,
  what = 'networks',
): readonly string[] {
  const folds = repeats.some(({ kind }) => kind === 'fold')
  return (['fold', 'seed'] as const).flatMap((kind) => {
    const some = repeats.filter((one) => one.kind === kind)
    if (some.length === 0) return []
    const named = kind === 'fold' ? `${some.length}-fold cross-validation` : `${some.length} seeds`
    const tests = some.flatMap(({ test }) => test ?? [])
    if (tests.length < some.length) {
      const updates = some.map((one) => one.updates)
      const mean = updates.reduce((sum, count) => sum + count, 0) / some.length
      return [
        `${named}: ${formatNumber(mean, 4)} updates on average, from ${formatNumber(Math.min(...updates))} to ${formatNumber(Math.max(...updates))}; ${folds ? '--test FILE' : '--test FILE or --cv'} measures errors on held-out examples.`,
      ]
    }
    const { mean, lo, hi } = errorInterval(tests, delta)
    const rates = tests.map((test) => rate(test) ?? 0)
    return [
      `${named}: error ${percent(mean)} on average on examples held out, from ${percent(Math.min(...rates))} to ${percent(Math.max(...rates))}; with probability ${1 - delta} the mean error of these ${some.length} ${what} on new examples is in [${percent(lo)}, ${percent(hi)}] (Clopper–Pearson, union bound).`,
    ]
  })
}

/** The fits of `--cv` and `--seeds`, one a row. */
export function repeatTable(repeats: readonly Repeat[], delta: number): Table | undefined {
  if (repeats.length === 0) return undefined
  return {
    id: 'repeats',
    title: `Folds and seeds, $\\delta=${delta}$`,
    columns: [
      { name: 'fit', title: 'fit' },
      { name: 'separable', title: 'training examples' },
      { name: 'updates', title: 'updates $U$' },
      { name: 'train', title: 'training error', digits: 3 },
      { name: 'test', title: 'held-out error', digits: 3 },
      { name: 'tested', title: 'held-out examples' },
      { name: 'certificate', title: 'best certificate', digits: 3 },
    ],
    rows: repeats.map(({ kind, name, separable, updates, train, test, certificate }) => [
      `${kind} ${name}`,
      separable,
      updates,
      rate(train),
      test ? rate(test) : null,
      test?.examples ?? null,
      certificate ?? null,
    ]),
  }
}
