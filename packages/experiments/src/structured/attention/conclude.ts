import {
  attentionCountsClaim,
  attentionFormClaim,
  decideAttentionCounts,
  decideAttentionForm,
} from '@nonconvex/structured'
import type { Conclusion } from '../../define/experiment.js'
import type { Figure, Frame, Mark } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { soFar } from '../../gaussian/partial.js'
import { pools, type AttentionRow, type LayerMeasured } from './measure.js'
import { attentionCells, type AttentionParams } from './params.js'

export function concludeAttention(
  rows: readonly AttentionRow[],
  params: AttentionParams,
): Conclusion {
  const layers = rows.flatMap(({ measured }) => measured.layers)
  const progress = { done: rows.length, total: attentionCells(params).length }
  return {
    verdicts: [
      soFar(attentionFormClaim, progress, () =>
        decideAttentionForm(layers.flatMap(({ neighbour, feature }) => [neighbour, feature])),
      ),
      soFar(attentionCountsClaim, progress, () =>
        decideAttentionCounts(
          layers.flatMap(({ stars }) => pools.map((pool, p) => ({ pool, values: stars[p] }))),
        ),
      ),
    ],
    tables: [
      {
        id: 'stars',
        title: 'Summary of the centre of a star with equal leaves, in units of that with one leaf',
        columns: [
          { name: 'leaves', title: 'leaves' },
          ...pools.map((pool) => ({ name: pool, title: pool, digits: 6 })),
        ],
        rows: Array.from({ length: layers.length > 0 ? params.leaves : 0 }, (_, m) => [
          m + 1,
          ...pools.map((_pool, p) => ratio(layers[0], p, m)),
        ]),
      },
    ],
    figures: [starFigure(layers, params)],
  }
}

const ratio = ({ stars }: LayerMeasured, pool: number, m: number): number =>
  stars[pool][m] / stars[pool][0]

function starFigure(layers: readonly LayerMeasured[], { leaves }: AttentionParams): Figure {
  const m = Array.from({ length: layers.length > 0 ? leaves : 0 }, (_, i) => i)
  const line = (pool: number): Frame => ({
    x: m.map((i) => i + 1),
    y: m.map((i) => ratio(layers[0], pool, i)),
  })
  const end = (y: number, text: string): Frame => ({ x: [leaves], y: [y], text: [text] })
  return {
    id: 'stars',
    title: 'Only a sum counts equal neighbours',
    caption:
      'A centre with some equal leaves, and what a random layer sums up of them, in units of the summary of one leaf. The three lines of mean, attention on neighbours and attention on features lie on each other: weights that sum to one forget how many there were.',
    panels: [
      {
        x: { label: 'leaves, all equal' },
        y: { label: 'summary of the centre, one leaf = 1', domain: [0, leaves + 1] },
        frames: {
          ...Object.fromEntries(pools.map((pool, p) => [pool, line(p)])),
          sumName: end(leaves, 'sum'),
          otherName: end(1, 'mean, attention on neighbours, attention on features'),
        },
        marks: [
          ...pools.flatMap((pool) => lineWithDots(pool)),
          nameMark('sumName', { tone: 'measured', anchor: 'end', dx: -14, dy: -6 }),
          nameMark('otherName', { tone: 'ink', anchor: 'end', dy: -12 }),
        ],
      },
    ],
  }
}

function lineWithDots(pool: (typeof pools)[number]): Mark[] {
  const tone = pool === 'sum' ? 'measured' : 'ink'
  return [
    { mark: 'line', frame: pool, x: 'x', y: 'y', tone },
    { mark: 'dot', frame: pool, x: 'x', y: 'y', tone, radius: 3 },
  ]
}
