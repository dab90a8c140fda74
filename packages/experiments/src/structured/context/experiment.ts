import { experiment } from '../../define/definition.js'
import { count, real } from '../../define/fields.js'
import { hiddenUnits } from '../fields.js'

/** What context is worth: a picture by hand, and chains whose Bayes rules are known. */
export const context = experiment({
  id: 'structured/context',
  part: 'architecture',
  name: 'Context',
  title: 'The best labeling of a whole differs from the best labels of its parts',
  about:
    'A picture shows a person on a board. Each part alone looks like man, skateboard, sand; together they are man, surfboard, wave. ' +
    'On parity chains, states come in look-alike pairs, so that a position alone cannot decide and its neighbors can. ' +
    'Their distribution is known, and gives the best rule with context and the best rule without, between which trained rules are placed. ' +
    'So are those of synthetic scenes, whose pairwise CRF has cycles: it is trained by pseudo-likelihood and decoded in several ways.',
  formula:
    'p(y) \\propto \\exp\\Big(\\sum_i \\theta_i(y_i) + \\sum_{ij} \\theta_{ij}(y_i, y_j)\\Big)',
  symbols: [
    { tex: '\\theta_i', text: 'scores of the labels of a part alone' },
    { tex: '\\theta_{ij}', text: 'scores of pairs of labels' },
  ],
  source: {
    talk: 'Context is key: a scene interpretation must make sense as a whole',
    paper:
      'Lafferty, McCallum, Pereira (2001); Taskar, Guestrin, Koller (2004); Zaheer et al. (2017); Herzig et al. (2018)',
  },
  params: {
    trials: count(2, 50, 'number of training sets'),
    train: count(100, 5000, 'training sequences'),
    test: count(1000, 100_000, 'test sequences of each trial', { min: 10 }),
    steps: count(100, 100_000, 'Adam steps of a network, with batches of 50 sequences'),
    hidden: hiddenUnits(32, 512, ' of a network'),
    scenes: count(700, 20_000, 'training scenes', { min: 10 }),
    testScenes: count(500, 20_000, 'test scenes', { min: 10 }),
    exact: count(50, 2000, 'test scenes of which all labelings are enumerated, too'),
    within: real({
      default: 1,
      min: 0,
      max: 5,
      symbol: 's_{in}',
      help: 'distance of the means of look-alike states; 0 makes them equal',
    }),
  },
  presets: {
    quick: {},
    full: {
      trials: 5,
      train: 1000,
      test: 4000,
      steps: 1000,
      scenes: 8000,
      testScenes: 1000,
      exact: 400,
    },
  },
  expectedSeconds: { quick: 6, full: 200 },
  cells: {
    picture: () => [{}],
    scenes: () => [{}],
    chain: (p) => Array.from({ length: p.trials }, (_, trial) => ({ trial })),
  },
})

/** The rules that are compared, with their names in tables. */
export const rules = {
  local: 'Bayes rule of a position',
  softmax: 'softmax regression of a position',
  mlp: 'MLP of a position',
  sets: 'DeepSets',
  invariant: 'invariant layer, 3 rounds',
  pseudo: 'CRF, pseudo-likelihood',
  margin: 'M3N, Viterbi',
  crf: 'CRF, likelihood',
  viterbi: 'true model, Viterbi',
  whole: 'Bayes rule of the sequence',
} as const

export type Rule = keyof typeof rules

/** What a rule sees: a position, or the sequence. */
export const alone: ReadonlySet<Rule> = new Set<Rule>(['local', 'softmax', 'mlp'])

/** From a rule of single positions to one of sequences, of the same kind. */
export const changes = [
  ['local', 'whole'],
  ['softmax', 'crf'],
  ['mlp', 'invariant'],
] as const satisfies readonly (readonly [Rule, Rule])[]

/** The rules on scenes. */
export const sceneRules = {
  own: 'Bayes rule of an object',
  softmax: 'softmax regression of an object',
  sets: 'DeepSets',
  sum: 'CRF, sum-product',
  max: 'CRF, max-product',
  meanField: 'CRF, mean field',
  joint: 'Bayes rule of the scene',
} as const

export type SceneRule = keyof typeof sceneRules

/** How the CRF is decoded where all labelings are enumerated, with what is compared. */
export const decodings = {
  sum: sceneRules.sum,
  max: sceneRules.max,
  meanField: sceneRules.meanField,
  marginals: 'CRF, exact marginals',
  map: 'CRF, exact MAP',
  joint: sceneRules.joint,
} as const

export type Decoding = keyof typeof decodings
