import {
  alignment,
  forward,
  minMargin,
  radius,
  replay,
  slopeBound,
  trainSgd,
  type Dataset,
  type SgdOutcome,
} from '@nonconvex/overparam'
import {
  boundCovers,
  compareGuarantees,
  differingWeights,
  heldOutCovers,
  leaveOneOut,
  retrain,
  sampleHypotheses,
  subsetRebuilds,
} from '@nonconvex/overparam/generalization'
import { norm2, type Stream } from '@nonconvex/tensor'
import { groupsBy, mean } from '../../averages.js'
import type { CellsOf, ParamsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf } from '../../define/work.js'
import { lastMade } from '../../last-made.js'
import { shortUnused } from '../runs/facts.js'
import { plantedData, rowsOf, type Planted } from '../runs/planted.js'
import { scaledRun } from '../runs/run-options.js'
import { guaranteeTable } from '../runs/tables.js'
import { listOf, packedList } from '../runs/witness.js'
import { generalization } from './experiment.js'
import {
  generalizationFigures,
  boundsOf,
  type SampleBounds,
  type SampleMeasured,
} from './figures.js'

type Params = ParamsOf<typeof generalization>
type Cell = CellsOf<typeof generalization>['sample']
type Streams = Pick<MeasureContext<Params>, 'params' | 'stream' | 'shared'>

export const work = workOf(generalization, {
  parts: {
    sample: {
      measure: (cell, context) => {
        const tasks = tasksOf(cell, context)
        const one = trainSgd(tasks.one.data, tasks.one.options)
        const more = trainSgd(tasks.more.data, tasks.more.options)
        return witnessed(measuredOf(cell, context, tasks.one, { one, more }), {
          one: packedList(one),
          more: packedList(more),
        })
      },
      // the same counts, with the listed updates followed visit by visit
      replay: ({ cell, witness }, context) => {
        const tasks = tasksOf(cell, context)
        const names = Object.keys(witness ?? {}).sort()
        if (String(names) !== 'more,one')
          throw new RangeError(`witness: expected one and more, got ${names.join(', ')}`)
        const lists = witness as { readonly one: unknown; readonly more: unknown }
        const follow = (name: 'one' | 'more'): SgdOutcome =>
          replay(tasks[name].data, tasks[name].options, listOf(lists[name], name))
        return measuredOf(cell, context, tasks.one, { one: follow('one'), more: follow('more') })
      },
    },
  },
  conclude: ({ sample }, p, verdict) => {
    const samples = sample.map(({ measured }) => measured)
    const repeated = sample.flatMap(({ cell, measured }) => (cell.n === p.n[0] ? [measured] : []))
    const bounded = repeated.map((one) => boundsOf(one, p, p.repeatDelta))
    const first = [{ part: 'sample', where: ({ n }: Cell) => n === p.n[0] }] as const
    const hypotheses = sampleHypotheses({
      independent: p.copies === 1 ? 'yes' : 'no',
      fixedBefore: true,
    })
    return {
      verdicts: [
        verdict(subsetRebuilds, ['sample'], () =>
          sample.flatMap(({ cell: { n, draw }, measured: { differing, differingMore } }) => [
            { name: `n = ${n}, draw = ${draw}, updated examples`, differing, lacking: 0 },
            { name: `n = ${n}, draw = ${draw}, some more`, differing: differingMore, lacking: 0 },
          ]),
        ),
        // never larger than by the whole subset, with or without the word: where it does not fail,
        // they do not
        verdict(boundCovers, first, () => ({
          delta: p.repeatDelta,
          hypotheses,
          draws: bounded.map(({ blocks, short }) => ({ bound: blocks, error: short })),
        })),
        verdict(heldOutCovers, first, () => ({
          delta: p.repeatDelta,
          // these are drawn one by one, whatever the sample is
          hypotheses: sampleHypotheses({ independent: 'yes', fixedBefore: true }),
          draws: bounded.map(({ heldOut, error }) => ({ bound: heldOut, error })),
        })),
        verdict(leaveOneOut, first, () => ({
          n: p.n[0],
          hypotheses,
          draws: repeated.map((m) => ({
            distinct: m.moreDistinct,
            error: m.short / p.population,
            converged: m.status === 'converged' && m.moreStatus === 'converged',
          })),
        })),
      ],
      tables: [bestTable(samples, p), sizeTable(samples, p), coverageTable(samples, p)],
      figures: generalizationFigures(samples, p),
    }
  },
})

type Samples = readonly SampleMeasured[]

/** The samples of each size, with their bounds. */
const bySize = (samples: Samples, p: Params, delta: number) =>
  groupsBy(samples, ({ n }) => n).map(({ at: n, rows }) => ({
    n,
    some: rows,
    bounded: rows.map((one) => boundsOf(one, p, delta)),
  }))

/** All guarantees of one run on the largest size, from its counts. */
function bestTable(samples: Samples, p: Params) {
  const largest = samples.filter(({ n }) => n === Math.max(...p.n)).at(0)
  if (!largest) return guaranteeTable(undefined, 'true fraction')
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
  const { short, error } = boundsOf(largest, p, p.delta)
  const name = `one run on ${n} examples`
  return guaranteeTable({ name, found, truth: { margin: short, error } }, 'true fraction')
}

/** The numbers that are averaged, with their headings. */
const averaged: readonly (readonly [keyof SampleBounds, string])[] = [
  ['error', 'error'],
  ['short', '$yN<1$'],
  ['sequence', 'sequence, $n^U$'],
  ['multiset', 'subset and order'],
  ['subset', 'subset, $\\binom nc$'],
  ['blocks', 'subset by blocks'],
  ['leaveOneOut', '$c/(n+1)$'],
  ['heldOut', 'held out'],
  ['published', 'published bound with $U$'],
  ['margin', 'max-margin separator'],
  ['growth', 'growth function'],
]

/** Means over the samples of each size. */
function sizeTable(samples: Samples, p: Params) {
  const sizes = bySize(samples, p, p.delta)
  return tableOf('sizes', 'Means over the samples of a size: true fractions and bounds', sizes, {
    n: ['$n$', ({ n }) => n],
    samples: ['samples', ({ some }) => some.length],
    updates: ['$U$', ({ some }) => mean(some.map((m) => m.updates)), 4],
    distinct: ['$c$', ({ some }) => mean(some.map((m) => m.distinct)), 4],
    ...Object.fromEntries(
      averaged.map(([name, title]) => [
        name,
        [
          title,
          ({ bounded }: (typeof sizes)[number]) => {
            const value = mean(bounded.map((one) => one[name]))
            return Number.isFinite(value) ? value : null
          },
          3,
        ] as const,
      ]),
    ),
  })
}

const covered: readonly (readonly [keyof SampleBounds, 'short' | 'error', string])[] = [
  ['sequence', 'short', 'sequence'],
  ['multiset', 'short', 'subset and order'],
  ['subset', 'short', 'subset'],
  ['blocks', 'short', 'subset by blocks'],
  ['heldOut', 'error', 'held out'],
]

/** How often each certificate was wrong. */
function coverageTable(samples: Samples, p: Params) {
  const sizes = bySize(samples, p, p.repeatDelta)
  return tableOf('coverage', `Samples on which a bound failed, with δ = ${p.repeatDelta}`, sizes, {
    n: ['$n$', ({ n }) => n],
    samples: ['samples', ({ bounded }) => bounded.length],
    expected: ['expected at most', ({ bounded }) => p.repeatDelta * bounded.length, 3],
    ...Object.fromEntries(
      covered.map(([name, truth, title]) => [
        name,
        [
          title,
          ({ bounded }: (typeof sizes)[number]) =>
            bounded.filter((one) => !(one[truth] <= one[name])).length,
        ] as const,
      ]),
    ),
  })
}

const planted = lastMade<Planted>()

/** The points that everything is drawn from: their error is the true error. */
function populationOf({ params: p, shared }: Streams): Planted {
  const stream = shared.child('population')
  return planted([stream.name, p.population, p.d, p.gamma], () =>
    plantedData({ n: p.population, d: p.d, gamma: p.gamma }, stream),
  )
}

const draw = (stream: Stream, count: number, from: number): Int32Array =>
  Int32Array.from({ length: count }, () => stream.integer(from))

interface Task {
  readonly data: Dataset
  readonly options: ReturnType<typeof scaledRun>
}

/** The run on n examples, and one with a start and an order of its own on these and one more. */
function tasksOf(cell: Cell, context: Streams): { readonly one: Task; readonly more: Task } {
  const { data } = populationOf(context)
  const { params, stream } = context
  const { k, d, alpha, eta, epochs, copies } = params
  const drawn = draw(stream.child('sample'), cell.n + 1, params.population)
  const repeated = drawn.map((_, i) => drawn[i - (i % copies)])
  const task = (name: string, n: number): Task => ({
    data: rowsOf(data, repeated.slice(0, n)),
    options: scaledRun(stream.child(name), { k, d, alpha, eta, maxSteps: epochs * n }),
  })
  return { one: task('one', cell.n), more: task('more', cell.n + 1) }
}

const countOf = (values: Float64Array, of: (value: number) => boolean): number =>
  values.reduce((sum, value) => sum + (of(value) ? 1 : 0), 0)

function measuredOf(
  cell: Cell,
  context: Streams,
  one: Task,
  runs: { readonly one: SgdOutcome; readonly more: SgdOutcome },
): SampleMeasured {
  const { stream, params } = context
  const population = populationOf(context)
  const { updates, distinct, steps, status, sequence, net } = runs.one
  const { x, y } = population.data
  const everywhere = forward(net, x).map((output, i) => y[i] * output)
  const updated = new Set(sequence)
  const coin = stream.child('superset')
  const added = Array.from({ length: cell.n }, (_, i) => i).filter(
    (i) => coin.uniform() < 0.25 && !updated.has(i),
  )
  const again = (kept: Iterable<number>): number =>
    differingWeights(net.weights, retrain(one.data, one.options, kept).net.weights)
  const heldOut = draw(stream.child('held-out'), params.heldOut, params.population)
  return {
    n: cell.n,
    status,
    updates,
    distinct,
    steps,
    shortUnused: shortUnused(forward(net, one.data.x), one.data, sequence),
    theorem: theoremOf(one.options, population, context),
    errors: countOf(everywhere, (value) => !(value > 0)),
    short: countOf(everywhere, (value) => !(value >= 1)),
    heldOutErrors: heldOut.reduce((sum, i) => sum + (everywhere[i] > 0 ? 0 : 1), 0),
    differing: again(updated),
    differingMore: again([...updated, ...added]),
    added: added.length,
    moreStatus: runs.more.status,
    moreDistinct: runs.more.distinct,
  }
}

/** The bound with slopes, whose numbers are those of the population and of the start. */
function theoremOf(
  { start, k }: Task['options'],
  { data, teacher }: Planted,
  { params: { alpha, eta } }: Streams,
): number {
  return slopeBound({
    k,
    alpha,
    eta,
    v: 1 / Math.sqrt(2 * k),
    gamma: minMargin(data, teacher),
    radius: radius(data),
    wStarNorm: norm2(teacher),
    startF: alignment(start, teacher),
    startS: norm2(start) ** 2,
    // not used by this bound
    startRow: 0,
    excess: 0,
  })
}
