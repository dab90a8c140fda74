import { claim } from '@nonconvex/optim/claims'
import {
  experiment,
  flag,
  integer,
  integers,
  panelOf,
  tableOf,
  withWork,
  witnessed,
  workOf,
  type PartRow,
} from '../src/define/index.js'
import { pack, type Experiment } from '../src/index.js'

interface Measured {
  readonly mean: number
  readonly level: number
  readonly steps: number
}

const meanSmall = claim(
  'toy/mean-small',
  'The mean of uniform numbers stays below one',
  'float64',
  { ours: 'each of them is below one' },
  (means: readonly number[]) => {
    const largest = Math.max(0, ...means)
    return {
      statement: `largest mean ${largest.toFixed(3)}, at most 1 allowed`,
      measured: largest,
      relation: '<=',
      bound: 1,
    }
  },
)

const mean = (draws: readonly number[]): number =>
  draws.reduce((sum, u) => sum + u, 0) / draws.length

const means = experiment({
  id: 'toy/means',
  part: 'optimization',
  name: 'Means',
  title: 'Means of uniform numbers stay below one',
  about: 'A toy. It draws numbers. It takes their mean.',
  formula: '\\bar u = \\frac1n \\sum_i u_i < 1',
  symbols: [{ tex: 'u_i', text: 'uniform numbers' }],
  source: { ours: 'a toy' },
  params: {
    n: integer({ default: 5, min: 1, max: 100, help: 'numbers in a cell', symbol: 'n' }),
    seeds: integers({ default: [1, 2, 3, 4], min: 0, max: 999, maxLength: 50, help: 'cells' }),
    fail: flag({ default: false, help: 'whether the last cell fails' }),
  },
  presets: { quick: { seeds: [1, 2, 3] }, full: { n: 50 } },
  expectedSeconds: { quick: 0.01, full: 0.01 },
  cells: { seed: ({ seeds }) => seeds.map((seed) => ({ seed })) },
})

const work = workOf(means, {
  parts: {
    seed: {
      measure: (cell, { params, stream, shared, watch }) => {
        if (params.fail && cell.seed === params.seeds.at(-1)) throw new Error('the toy broke')
        const draws = Array.from({ length: params.n }, () => stream.uniform())
        draws.forEach((value, step) => watch({ step, value }))
        return witnessed<Measured, { readonly draws: readonly number[] }>(
          { mean: mean(draws), level: shared.uniform(), steps: params.n },
          { draws },
        )
      },
      replay: (
        {
          witness: { draws },
        }: PartRow<{ readonly seed: number }, Measured, { readonly draws: readonly number[] }>,
        { params, stream, shared },
      ): Measured => {
        if (draws.length !== params.n || draws.some((u) => u !== stream.uniform()))
          throw new Error('not the numbers of this seed')
        return { mean: mean(draws), level: shared.uniform(), steps: draws.length }
      },
    },
  },
  conclude: ({ seed }, _, verdict) => ({
    verdicts: [verdict(meanSmall, ['seed'], () => seed.map(({ measured }) => measured.mean))],
    tables: [
      tableOf('means', 'Means', seed, {
        cell: ['cell', ({ key }) => key],
        mean: ['$\\bar u$', ({ measured }) => measured.mean, 3],
      }),
    ],
    figures: [
      {
        id: 'means',
        title: 'Means',
        caption: 'The mean of each cell.',
        panels: [
          panelOf({ x: { label: 'cell' }, y: { label: 'mean' } }, [
            {
              frames: {
                means: {
                  i: seed.map((_, i) => i),
                  mean: pack(Float64Array.from(seed, ({ measured }) => measured.mean)),
                },
              },
              marks: [{ mark: 'dot', frame: 'means', x: 'i', y: 'mean' }],
            },
          ]),
        ],
      },
    ],
  }),
})

/** Means of a few uniform numbers: all that an experiment has, in milliseconds. */
export const toy: Experiment = withWork(means, () => Promise.resolve({ work }))
