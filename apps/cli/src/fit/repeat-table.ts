import type { Table } from '@nonconvex/experiments'
import { errorInterval } from '@nonconvex/overparam/fit'
import { formatNumber } from '../text/numbers.js'
import { boundDigits } from './guarantee-table.js'
import type { Repeat } from '../models/training-record.js'

const percent = (fraction: number): string => `${formatNumber(100 * fraction, 3)} %`

const rate = ({ errors, examples }: { readonly errors: number; readonly examples: number }) =>
  examples === 0 ? null : errors / examples

/** 'from 0.71 to 0.73', or '0.71' where all are shown alike. */
function range(values: readonly number[], text: (value: number) => string): string {
  const [least, most] = [text(Math.min(...values)), text(Math.max(...values))]
  return least === most ? least : `from ${least} to ${most}`
}

/** The mean of rates and where they lie, or the one value that all have. */
const spreadText = (mean: number, rates: readonly number[]): string => {
  const [least, most] = [Math.min(...rates), Math.max(...rates)]
  return least === most
    ? `${percent(least)} in each`
    : `${percent(mean)} on average, from ${percent(least)} to ${percent(most)}`
}

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
      const certificates = some.map(({ certificate = 1 }) => certificate)
      const training = some.map(({ train }) => rate(train) ?? 0)
      const certified =
        Math.min(...certificates) < 1
          ? `the certificate of the error on new examples is ${range(certificates, (bound) => formatNumber(bound, boundDigits([{ bound }])))}, each alone with probability ${1 - delta}`
          : 'no certificate is below 1'
      return [
        `${named}: training error ${range(training, percent)}; ${certified}; ${range(
          some.map((one) => one.updates),
          (count) => formatNumber(count),
        )} updates. ${folds ? '--test FILE' : '--test FILE (or --cv K)'} adds the error of each on held-out examples, and an interval for the mean error of such ${what} on new ones.`,
      ]
    }
    const { mean, lo, hi } = errorInterval(tests, delta)
    const rates = tests.map((test) => rate(test) ?? 0)
    return [
      `${named}: error on examples held out ${spreadText(mean, rates)}; with probability ${1 - delta} the mean error of these ${some.length} ${what} on new examples is in [${percent(lo)}, ${percent(hi)}] (Clopper–Pearson, union bound).`,
    ]
  })
}

/** The fits of `--cv` and `--seeds`, one a row. */
export function repeatTable(repeats: readonly Repeat[], delta: number): Table | undefined {
  if (repeats.length === 0) return undefined
  return {
    id: 'repeats',
    title: `Folds and seeds, $\\delta=${delta}$; the best bound is of compression or of held-out examples`,
    columns: [
      { name: 'fit', title: 'fit' },
      { name: 'separable', title: 'training examples' },
      { name: 'updates', title: 'updates $U$' },
      { name: 'train', title: 'training error', digits: 3 },
      { name: 'test', title: 'held-out error', digits: 3 },
      { name: 'tested', title: 'held-out examples' },
      {
        name: 'certificate',
        title: 'best bound on new errors',
        digits: boundDigits(repeats.map(({ certificate: bound = null }) => ({ bound }))),
      },
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
