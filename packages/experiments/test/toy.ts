import { decide, type Claim } from '@nonconvex/optim'
import {
  defineExperiment,
  flag,
  integer,
  integers,
  object,
  pack,
  type Experiment,
  type Row,
} from '../src/index.js'

interface ToyRow extends Row {
  readonly measured: { readonly mean: number; readonly level: number; readonly steps: number }
  readonly witness: { readonly draws: readonly number[] }
}

const claim: Claim = {
  id: 'toy/mean-small',
  title: 'The mean of uniform numbers stays below one',
  rigor: 'float64',
  source: { ours: 'each of them is below one' },
}

const mean = (draws: readonly number[]): number =>
  draws.reduce((sum, u) => sum + u, 0) / draws.length

const claimOn = (rows: readonly ToyRow[], cells: number) => {
  const worst = Math.max(0, ...rows.map((row) => row.measured.mean))
  return decide(claim, {
    statement: `largest mean ${worst.toFixed(3)}, at most 1 allowed`,
    measured: worst,
    relation: '<=',
    bound: 1,
    ...(rows.length < cells ? { undecided: `${rows.length} of ${cells} rows so far` } : {}),
  })
}

/** Means of a few uniform numbers: all that an experiment has, in milliseconds. */
export const toy: Experiment = defineExperiment({
  id: 'toy/means',
  part: 'optimisation',
  name: 'Means',
  title: 'Means of uniform numbers stay below one',
  about: 'A toy. It draws numbers. It takes their mean.',
  formula: '\\bar u = \\frac1n \\sum_i u_i < 1',
  symbols: [{ tex: 'u_i', text: 'uniform numbers' }],
  source: { ours: 'a toy' },
  params: object({
    n: integer({ default: 5, min: 1, max: 100, help: 'numbers in a cell', symbol: 'n' }),
    seeds: integers({ default: [1, 2, 3, 4], min: 0, max: 999, maxLength: 50, help: 'cells' }),
    fail: flag({ default: false, help: 'whether the last cell fails' }),
  }),
  presets: { quick: { seeds: [1, 2, 3] }, full: { n: 50 } },
  expectedSeconds: { quick: 0.01, full: 0.01 },
  cells: ({ seeds }) => seeds.map((seed) => ({ key: `seed=${seed}`, seed })),
  work: () => ({
    measure: (cell, { params, stream, shared, watch }): ToyRow => {
      if (params.fail && cell.seed === params.seeds.at(-1)) throw new Error('the toy broke')
      const draws = Array.from({ length: params.n }, () => stream.uniform())
      draws.forEach((value, step) => watch({ step, value }))
      return {
        key: cell.key,
        measured: { mean: mean(draws), level: shared.uniform(), steps: params.n },
        witness: { draws },
      }
    },
    check: ({ witness }, { params, stream, shared }) => {
      const { draws } = witness
      if (draws.length !== params.n || draws.some((u) => u !== stream.uniform()))
        throw new Error('not the numbers of this seed')
      return { mean: mean(draws), level: shared.uniform(), steps: draws.length }
    },
    conclude: (rows, { seeds }) => ({
      verdicts: [claimOn(rows, seeds.length)],
      tables: [
        {
          id: 'means',
          title: 'Means',
          columns: [
            { name: 'cell', title: 'cell' },
            { name: 'mean', title: '$\\bar u$', digits: 3 },
          ],
          rows: rows.map((row) => [row.key, row.measured.mean]),
        },
      ],
      figures: [
        {
          id: 'means',
          title: 'Means',
          caption: 'The mean of each cell.',
          panels: [
            {
              x: { label: 'cell' },
              y: { label: 'mean' },
              frames: {
                means: {
                  i: rows.map((_, i) => i),
                  mean: pack(Float64Array.from(rows, (row) => row.measured.mean)),
                },
              },
              marks: [{ mark: 'dot', frame: 'means', x: 'i', y: 'mean' }],
            },
          ],
        },
      ],
    }),
  }),
})
