import { compareGuarantees } from '@nonconvex/overparam'
import { mean } from '../../averages.js'
import type { Table } from '../../define/table.js'
import { guaranteeTable } from '../runs/guarantee-table.js'
import { promisesOf, type Promises } from './guarantees.js'
import type { SampleMeasured } from './measure.js'
import type { GeneralizationParams } from './params.js'

type Samples = readonly SampleMeasured[]

const sizesOf = (samples: Samples): readonly number[] =>
  [...new Set(samples.map(({ n }) => n))].sort((a, b) => a - b)

/** All guarantees of one run on the largest size, from its counts. */
export function bestTable(samples: Samples, p: GeneralizationParams): Table {
  const largest = samples.filter(({ n }) => n === Math.max(...p.n)).at(0)
  if (!largest) return guaranteeTable(undefined, 'true share')
  const { n, updates, distinct, shortUnused, status, theorem } = largest
  const found = compareGuarantees({
    n,
    updates,
    distinct,
    delta: p.delta,
    converged: status === 'converged',
    errorsUnused: shortUnused,
    theoremUpdates: theorem,
    network: { k: p.k, d: p.d },
    margin: { radius: 1, wStarNorm: 1 / p.gamma },
    heldOut: { errors: largest.heldOutErrors, examples: p.heldOut },
  })
  const { short, error } = promisesOf(largest, p, p.delta)
  const name = `one run on ${n} examples`
  return guaranteeTable({ name, found, truth: { margin: short, error } }, 'true share')
}

/** The numbers that are averaged, with their headings. */
const averaged: readonly (readonly [keyof Promises, string])[] = [
  ['error', 'error'],
  ['short', '$yN<1$'],
  ['sequence', 'sequence, $n^U$'],
  ['multiset', 'subset and word'],
  ['subset', 'subset, $\\binom nc$'],
  ['blocks', 'subset by blocks'],
  ['leaveOneOut', '$c/(n+1)$'],
  ['heldOut', 'held out'],
  ['published', 'published form with $U$'],
  ['margin', 'largest margin'],
  ['growth', 'counting labellings'],
]

/** Means over the samples of each size. */
export function sizeTable(samples: Samples, p: GeneralizationParams): Table {
  return {
    id: 'sizes',
    title: 'Means over the samples of a size: what is true, and what is promised',
    columns: [
      { name: 'n', title: '$n$' },
      { name: 'samples', title: 'samples' },
      { name: 'updates', title: '$U$', digits: 4 },
      { name: 'distinct', title: '$c$', digits: 4 },
      ...averaged.map(([name, title]) => ({ name, title, digits: 3 })),
    ],
    rows: sizesOf(samples).map((n) => {
      const some = samples.filter((sample) => sample.n === n)
      const promised = some.map((sample) => promisesOf(sample, p, p.delta))
      return [
        n,
        some.length,
        mean(some.map((m) => m.updates)),
        mean(some.map((m) => m.distinct)),
        ...averaged.map(([name]) => {
          const value = mean(promised.map((one) => one[name]))
          return Number.isFinite(value) ? value : null
        }),
      ]
    }),
  }
}

const covered: readonly (readonly [keyof Promises, 'short' | 'error', string])[] = [
  ['sequence', 'short', 'sequence'],
  ['multiset', 'short', 'subset and word'],
  ['subset', 'short', 'subset'],
  ['blocks', 'short', 'subset by blocks'],
  ['heldOut', 'error', 'held out'],
]

/** How often each certificate was wrong. */
export function coverageTable(samples: Samples, p: GeneralizationParams): Table {
  return {
    id: 'coverage',
    title: `Samples on which a certificate failed, with δ = ${p.repeatDelta}`,
    columns: [
      { name: 'n', title: '$n$' },
      { name: 'samples', title: 'samples' },
      { name: 'expected', title: 'allowed in the mean', digits: 3 },
      ...covered.map(([name, , title]) => ({ name, title })),
    ],
    rows: sizesOf(samples).map((n) => {
      const promised = samples
        .filter((sample) => sample.n === n)
        .map((sample) => promisesOf(sample, p, p.repeatDelta))
      return [
        n,
        promised.length,
        p.repeatDelta * promised.length,
        ...covered.map(
          ([name, truth]) => promised.filter((one) => !(one[truth] <= one[name])).length,
        ),
      ]
    }),
  }
}
