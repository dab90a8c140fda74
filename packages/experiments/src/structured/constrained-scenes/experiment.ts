import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, integers } from '../../define/fields.js'
import { hiddenUnits, initializations, margin, seeds } from '../fields.js'
import { predictAndConstrain } from '../source.js'

/** Where probabilities of classes come from, with their names. */
export const predictorNames = { detector: 'detector', network: 'joint network' } as const

export type Predictor = keyof typeof predictorNames

/** At most c boxes of a scene have a class. */
export const constrainedScenes = experiment({
  id: 'structured/constrained-scenes',
  part: 'architecture',
  name: 'Constrained scenes',
  title: 'A cap on the boxes of a class is kept exactly, and a true one corrects labels',
  about:
    'Synthetic streets, kitchens, parks, offices and beaches: the class that a predictor finds most often in a scene is allowed at most $c$ times, the true number of its boxes or a few more. ' +
    'Marginals are projected onto the transport polytope of the distributions of all boxes whose sum over the class is at most $c$; labels are the most likely ones of which at most $c$ have the class. ' +
    'Labels of the largest projected marginals may still exceed $c$, as only their sum is bounded.',
  formula:
    '\\hat p = \\arg\\min_{p}\\ \\|p - \\tilde p\\|^2,\\quad p_{ik} \\ge 0,\\ \\sum_k p_{ik} = 1,\\ \\sum_i p_{it} \\le c;\\qquad \\hat y = \\arg\\max_{y:\\ \\#\\{i\\,:\\,y_i = t\\} \\le c}\\ \\sum_i \\log \\tilde p_i(y_i)',
  symbols: [
    { tex: '\\tilde p_i', text: 'class probabilities of box i' },
    { tex: 't', text: 'the constrained class' },
    { tex: 'c', text: 'maximum number of boxes with this class' },
  ],
  source: {
    ...predictAndConstrain,
    ours: 'projection by its dual, labels by shortest paths',
  },
  params: {
    train: count(2000, 100_000, 'training scenes', { min: 50 }),
    test: count(1000, 20_000, 'test scenes', { min: 20 }),
    steps: count(1000, 100_000, 'maximum number of Adam steps with batch size 20', { min: 10 }),
    hidden: hiddenUnits(64, 512),
    seeds: initializations(2, ' of the network'),
    more: integers({
      default: [0, 1, 2],
      min: 0,
      max: 12,
      maxLength: 6,
      distinct: true,
      help: 'c minus the true number of boxes of the class',
    }),
    points: count(3, 100, 'feasible points that each projection is compared with'),
    inner: margin(0.5, 6, 'a confusable pair of classes'),
    relation: margin(3, 10, 'predicates'),
  },
  presets: {
    quick: { train: 400, test: 200, steps: 150, hidden: 32, seeds: 1, points: 1 },
    full: { train: 4000, test: 2000, steps: 3000, seeds: 5 },
  },
  expectedSeconds: { quick: 5, full: 400 },
  cells: {
    labels: (p) => [
      { from: 'detector' as const, seed: 0 },
      ...seeds(p.seeds).map(({ seed }) => ({ from: 'network' as const, seed })),
    ],
  },
})

export type Params = ParamsOf<typeof constrainedScenes>
