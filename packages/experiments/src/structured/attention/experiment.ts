import { blocks } from '../../define/blocks.js'
import { experiment } from '../../define/definition.js'
import { count, integer } from '../../define/fields.js'
import { source } from '../source.js'

/** Attention as a case of the theorem's form, and its blindness to counts. */
export const attention = experiment({
  id: 'structured/attention',
  part: 'architecture',
  name: 'Attention',
  title: 'Attention has the invariant form, but cannot count neighbors',
  about:
    'Attention weighs neighbors by $e^{\\beta}$ and divides by the sum of the weights. ' +
    'With $e^{\\beta}$ as an additional entry of $\\varphi$, and the division in $\\rho$, it has the form of the theorem. ' +
    'But weights that sum to one give the same result for one neighbor and for many equal ones, so counting needs plain sums.',
  formula:
    '\\sum_j w_{ij} v_{ij} = \\frac{\\sum_j e^{\\beta_{ij}} v_{ij}}{\\sum_j e^{\\beta_{ij}}},\\qquad \\varphi = (e^{\\beta_{ij}} v_{ij},\\ e^{\\beta_{ij}})',
  symbols: [
    {
      tex: '\\beta_{ij}',
      text: 'attention score of a neighbor, one number or one for each feature',
    },
    { tex: 'v_{ij}', text: 'value of a neighbor' },
  ],
  source,
  params: {
    layers: count(40, 10_000, 'number of random layers of each kind'),
    leaves: integer({
      default: 8,
      min: 2,
      max: 50,
      help: 'number of leaves, with equal features, of the largest star graph',
    }),
  },
  presets: { quick: {}, full: { layers: 1000 } },
  expectedSeconds: { quick: 0.5, full: 5 },
  cells: { layers: (p) => blocks(p.layers, 10) },
})

/** Pools that are compared on stars, with their names in tables. */
export const poolNames = {
  sum: 'sum',
  mean: 'mean',
  neighbor: 'neighbor attention',
  feature: 'feature attention',
} as const

export type Pool = keyof typeof poolNames

export const pools = Object.keys(poolNames) as readonly Pool[]
