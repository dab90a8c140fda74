import { blocks } from '../../define/blocks.js'
import { experiment } from '../../define/definition.js'
import { integer } from '../../define/fields.js'
import { source } from '../source.js'

/** What attention is in the form of the theorem, and what it gives up. */
export const attention = experiment({
  id: 'structured/attention',
  part: 'architecture',
  name: 'Attention',
  title: 'Attention fits the invariant form, and forgets how many neighbours there are',
  about:
    'Attention weighs neighbours by $e^{\\beta}$ and divides by the sum of the weights. ' +
    'Let $\\varphi$ emit one entry more, $e^{\\beta}$ itself, and let what reads the sum divide: it is the form of the theorem. ' +
    'But weights that sum to one give the same for one neighbour and for many equal ones, so a task that counts needs plain sums.',
  formula:
    '\\sum_j w_{ij} v_{ij} = \\frac{\\sum_j e^{\\beta_{ij}} v_{ij}}{\\sum_j e^{\\beta_{ij}}},\\qquad \\varphi = (e^{\\beta_{ij}} v_{ij},\\ e^{\\beta_{ij}})',
  symbols: [
    { tex: '\\beta_{ij}', text: 'score of a neighbour, one number or one for each feature' },
    { tex: 'v_{ij}', text: 'what a neighbour says' },
  ],
  source,
  params: {
    layers: integer({
      default: 40,
      min: 1,
      max: 10_000,
      scale: 'log',
      help: 'random layers of each kind',
    }),
    leaves: integer({ default: 8, min: 2, max: 50, help: 'equal leaves of the largest star' }),
  },
  presets: { quick: {}, full: { layers: 1000 } },
  expectedSeconds: { quick: 0.5, full: 5 },
  cells: { layers: (p) => blocks(p.layers, 10) },
})

/** Pools that are compared on stars. */
export const pools = ['sum', 'mean', 'neighbour', 'feature'] as const
