import { experiment } from '../../define/definition.js'
import { file, integer, real } from '../../define/fields.js'
import { source } from '../source.js'

/**
 * The networks: without context; the layer once, with a sum; twice, with attention on each feature.
 */
export const networks = ['single', 'invariant', 'attention'] as const

export type Kind = (typeof networks)[number]

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => ({ seed }))

/** The predictor on scenes whose best rules are known. */
export const scenes = experiment({
  id: 'structured/scenes',
  part: 'architecture',
  name: 'Scenes',
  title: 'Labelling a scene jointly beats every rule that looks at one object',
  about:
    'Synthetic scenes of five objects: the detector cannot tell the members of two pairs of classes apart, but the kind of the scene and the relations can. ' +
    'As the law of the scenes is known, so are the best rules: from an object’s own scores, and from everything, by enumeration of all $7^5$ labellings. ' +
    'The invariant network, trained from examples, lies between the two; a network without context stays at the lower one.',
  formula:
    '(c, r) \\leftarrow \\rho(z) + \\sigma(\\mathrm{gate}(z)) \\odot (c, r),\\qquad z = (\\text{scores},\\ \\log\\mathrm{softmax}(c, r))',
  symbols: [
    { tex: 'c, r', text: 'scores of classes and of predicates' },
    { tex: '\\rho', text: 'labels of the invariant layer, for nodes and for pairs' },
  ],
  source,
  params: {
    train: integer({
      default: 8000,
      min: 100,
      max: 100_000,
      scale: 'log',
      help: 'scenes to learn from',
    }),
    test: integer({ default: 1000, min: 20, max: 100_000, scale: 'log', help: 'fresh scenes' }),
    steps: integer({
      default: 1500,
      min: 10,
      max: 100_000,
      scale: 'log',
      help: 'steps of Adam at most, of 50 scenes each',
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
    kappa: real({
      default: 0.9,
      min: 0.5,
      max: 1,
      symbol: '\\kappa',
      help: 'how often a confusable object is the one that its kind of scene favours',
    }),
    inner: real({
      default: 0.5,
      min: 0,
      max: 4,
      help: 'how far the detector tells the members of a confusable pair apart, in units of its noise',
    }),
    relation: real({
      default: 2.5,
      min: 0,
      max: 10,
      help: 'how far it tells predicates apart, in units of its noise',
    }),
    data: file({
      holds: 'annotated scenes',
      help: 'real images on which a network is compared with the counts, too',
    }),
    dataTest: file({
      holds: 'annotated scenes',
      help: 'images for its tests; else those beside it, else a tenth of it',
    }),
  },
  review: ({ data, dataTest }) =>
    data === undefined && dataTest !== undefined
      ? [
          {
            where: 'dataTest',
            message:
              'parameter dataTest: expected data=FILE, too, the images to learn from, got none',
          },
        ]
      : [],
  presets: {
    quick: { train: 2500, test: 1000, steps: 600, hidden: 32, seeds: 1 },
    full: { test: 5000, steps: 3000, seeds: 5 },
  },
  expectedSeconds: { quick: 12, full: 400 },
  cells: {
    // the longest first
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
