import type { Figure } from '../../figure/figure.js'
import { label, line, panelOf } from '../../figure/layers.js'
import { pools } from './experiment.js'

/** @param stars - by number of leaves, the pooled value of each pool relative to one leaf */
export function starFigure(stars: readonly (readonly number[])[], leaves: number): Figure {
  return {
    id: 'stars',
    title: 'Only the sum counts equal neighbors',
    caption:
      'Pooled value at the center of a star with equal leaves, for a random layer, relative to one leaf. The lines of the mean, neighbor attention and feature attention coincide: weights that sum to one do not depend on the number of leaves.',
    panels: [
      panelOf(
        {
          x: { label: 'equal leaves' },
          y: { label: 'pooled value at the center, relative to one leaf', domain: [0, leaves + 1] },
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
          label('otherName', 'mean, neighbor attention, feature attention', [leaves, 1], {
            tone: 'ink',
            anchor: 'end',
            dy: -12,
          }),
        ],
      ),
    ],
  }
}
