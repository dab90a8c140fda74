import { experiment } from '../../define/definition.js'
import { integer, real } from '../../define/fields.js'
import { source } from '../source.js'

/**
 * The best rule that looks at single objects and single pairs, which is not trained; networks object
 * by object; joint, with sums; joint, with attention on each feature. Each is a part.
 */
export const parts = ['rule', 'single', 'sum', 'attention'] as const

export type Part = (typeof parts)[number]

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => ({ seed }))

/** The predictor on scenes with names, against one that looks at single objects. */
export const demo = experiment({
  id: 'structured/demo',
  part: 'architecture',
  name: 'Scenes with names',
  title: 'What a detector confuses is told apart by the rest of the scene',
  about:
    'Synthetic streets, kitchens, parks, offices and beaches with 32 classes, of which twenty come in pairs that the detector hardly tells apart, as skateboard and surfboard. ' +
    'The invariant network with attention labels all objects and pairs of a scene jointly; a network that sees one object or one pair at a time, and the best rule of that kind, are its rivals on the same scenes. ' +
    'What it gains is context: among objects of other scenes, with the same scores, the gain is gone.',
  formula:
    '\\mathrm{R@20} = \\frac{1}{|\\text{images}|} \\sum_{\\text{images}} \\frac{|\\text{true relations among the best 20}|}{|\\text{true relations}|},\\qquad w_{ij} = \\frac{e^{\\beta_{ij}}}{\\sum_{t \\ne i} e^{\\beta_{it}}}',
  symbols: [
    { tex: 'w_{ij}', text: 'attention of object i on object j' },
    {
      tex: '\\beta_{ij}',
      text: 'its score, linear in what the layer is given of the pair and of j',
    },
  ],
  source,
  params: {
    train: integer({
      default: 4000,
      min: 50,
      max: 100_000,
      scale: 'log',
      help: 'scenes to learn from',
    }),
    test: integer({ default: 1000, min: 20, max: 20_000, scale: 'log', help: 'fresh scenes' }),
    steps: integer({
      default: 2000,
      min: 10,
      max: 100_000,
      scale: 'log',
      help: 'steps of Adam at most, of 20 scenes each',
    }),
    hidden: integer({
      default: 64,
      min: 2,
      max: 512,
      scale: 'log',
      symbol: 'H',
      help: 'hidden units',
    }),
    seeds: integer({ default: 2, min: 1, max: 50, help: 'networks of each kind' }),
    inner: real({
      default: 0.5,
      min: 0,
      max: 6,
      help: 'how far the detector tells the members of a confusable group apart, in units of its noise',
    }),
    relation: real({
      default: 3,
      min: 0,
      max: 10,
      help: 'how far it tells predicates apart, in units of its noise',
    }),
  },
  presets: {
    quick: { train: 800, test: 400, steps: 300, seeds: 1 },
    full: { train: 8000, test: 2000, steps: 6000, seeds: 5 },
  },
  expectedSeconds: { quick: 11, full: 900 },
  cells: {
    rule: () => [{}],
    single: (p) => seeds(p.seeds),
    sum: (p) => seeds(p.seeds),
    attention: (p) => seeds(p.seeds),
  },
})
