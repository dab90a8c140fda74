import { experiment, type ParamsOf } from '../../define/definition.js'
import { count } from '../../define/fields.js'
import { hiddenUnits, initializations, margin, seeds } from '../fields.js'
import { source } from '../source.js'

/**
 * The predictors, each a part, with their names in tables and figures: the best rule for single
 * objects and pairs, without training; a network for single objects and pairs; joint networks with
 * sums, and with feature attention.
 */
export const names = {
  rule: 'best rule, single objects',
  single: 'network, single objects',
  sum: 'joint network, sums',
  attention: 'joint network, attention',
} as const

export type Part = keyof typeof names

export const parts = Object.keys(names) as readonly Part[]

/** Joint prediction against prediction of single objects on synthetic scenes. */
export const demo = experiment({
  id: 'structured/demo',
  part: 'architecture',
  name: 'Synthetic scenes',
  title: 'Context resolves the classes that a detector confuses',
  about:
    'Synthetic streets, kitchens, parks, offices and beaches with 32 classes, of which twenty form pairs that the detector confuses, such as skateboard and surfboard. ' +
    'The invariant network with attention labels all objects and pairs of a scene jointly; the baselines are a network for one object or one pair at a time, and the best rule of that kind. ' +
    'The gain comes from context: with the same scores among objects of other scenes it vanishes.',
  formula:
    '\\mathrm{R@20} = \\frac{1}{|\\text{images}|} \\sum_{\\text{images}} \\frac{|\\text{true relations among the best 20}|}{|\\text{true relations}|},\\qquad w_{ij} = \\frac{e^{\\beta_{ij}}}{\\sum_{t \\ne i} e^{\\beta_{it}}}',
  symbols: [
    { tex: 'w_{ij}', text: 'attention weight of object i on object j' },
    {
      tex: '\\beta_{ij}',
      text: 'its score, linear in the features of the pair and of j',
    },
  ],
  source,
  params: {
    train: count(4000, 100_000, 'training scenes', { min: 50 }),
    test: count(1000, 20_000, 'test scenes', { min: 20 }),
    steps: count(2000, 100_000, 'maximum number of Adam steps with batch size 20', { min: 10 }),
    hidden: hiddenUnits(64, 512),
    seeds: initializations(2, ' of each network'),
    inner: margin(0.5, 6, 'a confusable pair of classes'),
    relation: margin(3, 10, 'predicates'),
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

export type Params = ParamsOf<typeof demo>
