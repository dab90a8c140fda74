import type { Figure } from '../../figure/figure.js'
import { label, line, panelOf } from '../../figure/layers.js'
import { pools } from './experiment.js'

/** @param stars - by number of leaves, the summary of each pool in units of that of one leaf */
export function starFigure(stars: readonly (readonly number[])[], leaves: number): Figure {
  return {
    id: 'stars',
    title: 'Only a sum counts equal neighbours',
    caption:
      'A centre with some equal leaves, and what a random layer sums up of them, in units of the summary of one leaf. The three lines of mean, attention on neighbours and attention on features lie on each other: weights that sum to one forget how many there were.',
    panels: [
      panelOf(
        {
          x: { label: 'leaves, all equal' },
          y: { label: 'summary of the centre, one leaf = 1', domain: [0, leaves + 1] },
        },
        [
          ...pools.map((pool, p) => {
            const tone = pool === 'sum' ? 'measured' : 'ink'
            return line(
              pool,
              stars,
              { x: (_, m) => m + 1, y: (star) => star[p] },
              { tone, dots: { tone, radius: 3 } },
            )
          }),
          label('sumName', 'sum', [leaves, leaves], {
            tone: 'measured',
            anchor: 'end',
            dx: -14,
            dy: -6,
          }),
          label('otherName', 'mean, attention on neighbours, attention on features', [leaves, 1], {
            tone: 'ink',
            anchor: 'end',
            dy: -12,
          }),
        ],
      ),
    ],
  }
}
