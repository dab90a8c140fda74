import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, file, real } from '../../define/fields.js'
import { hiddenUnits, initializations, margin, seeds } from '../fields.js'
import { source } from '../source.js'

/** The networks: without context; one layer with sums; two layers with feature attention. */
export const networks = ['single', 'invariant', 'attention'] as const

export type Kind = (typeof networks)[number]

/** The networks on annotated images: joint, and each pair alone. */
export const annotatedModels = ['network', 'per-object'] as const

export type AnnotatedModel = (typeof annotatedModels)[number]

/** The predictor on scenes whose optimal rules are known. */
export const scenes = experiment({
  id: 'structured/scenes',
  part: 'architecture',
  name: 'Scenes',
  title: 'Joint labeling of a scene exceeds every rule for single objects',
  about:
    'Synthetic scenes of five objects: the detector confuses two pairs of classes, which the kind of the scene and the relations resolve. ' +
    'The distribution of the scenes is known, hence the optimal rules as well: given the scores of one object, and given everything, by enumeration of all $7^5$ labelings. ' +
    'The accuracy of the trained invariant network lies between the two; a network without context reaches the lower one.',
  formula:
    '(c, r) \\leftarrow \\rho(z) + \\sigma(\\mathrm{gate}(z)) \\odot (c, r),\\qquad z = (\\text{scores},\\ \\log\\mathrm{softmax}(c, r))',
  symbols: [
    { tex: 'c, r', text: 'scores of classes and of predicates' },
    { tex: '\\rho', text: 'labels of the invariant layer, for nodes and for pairs' },
  ],
  source,
  params: {
    train: count(8000, 100_000, 'training scenes', { min: 100 }),
    test: count(1000, 100_000, 'test scenes', { min: 20 }),
    steps: count(1500, 100_000, 'maximum number of Adam steps with batch size 50', { min: 10 }),
    hidden: hiddenUnits(64, 512),
    seeds: initializations(2, ' of each network'),
    kappa: real({
      default: 0.9,
      min: 0.5,
      max: 1,
      symbol: '\\kappa',
      help: 'probability that a confusable object has the class favored by its kind of scene',
    }),
    inner: margin(0.5, 4, 'a confusable pair of classes'),
    relation: margin(2.5, 10, 'predicates'),
    data: file({
      holds: 'annotated scenes',
      help: 'file of annotated images on which the network is compared with the frequency baseline',
    }),
    dataTest: file({
      holds: 'annotated scenes',
      help: 'file of test images; default: the test split next to the data file if there is one, otherwise a tenth of the images',
    }),
  },
  review: ({ data, dataTest }) =>
    data === undefined && dataTest !== undefined
      ? [
          {
            where: 'dataTest',
            message:
              'parameter dataTest: expected the training images as data=FILE as well, got none',
          },
        ]
      : [],
  presets: {
    quick: { train: 1500, test: 800, steps: 200, hidden: 32, seeds: 2 },
    full: { test: 5000, steps: 3000, seeds: 5 },
  },
  expectedSeconds: { quick: 12, full: 400 },
  cells: {
    // the longest first
    annotated: (p) =>
      p.data === undefined
        ? []
        : annotatedModels.flatMap((model) =>
            seeds(p.seeds).map(({ seed }) => ({
              key: `annotated/${model}/seed=${seed}`,
              model,
              seed,
            })),
          ),
    data: (p) => (p.data === undefined ? [] : [{}]),
    rules: () => [{}],
    single: (p) => seeds(p.seeds),
    invariant: (p) => seeds(p.seeds),
    attention: (p) => seeds(p.seeds),
    // the true classes in place of the detector's scores
    given: (p) =>
      networks.flatMap((kind) =>
        seeds(p.seeds).map(({ seed }) => ({ key: `given/${kind}/seed=${seed}`, kind, seed })),
      ),
  },
})

export type Params = ParamsOf<typeof scenes>
