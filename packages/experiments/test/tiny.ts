import type { ParamValues } from '../src/define/experiment.js'

/**
 * Parameters with which each experiment runs in well under a second, and what its result does not
 * depend on.
 */
export interface Tiny {
  readonly id: string
  readonly name: string
  readonly params: ParamValues
  /**
   * changed alone, these give the same rows and conclusion: a budget that was not used up, a seed
   * that nothing draws from
   */
  readonly idle: readonly string[]
}

const digits = { k: [2], n: 50, seeds: 1, positive: [0], negative: [1] }
const updates = { k: [1, 3], d: 3, n: 12, alphas: [0.1, 1], seeds: 1 }

export const tinyRuns: readonly Tiny[] = [
  {
    id: 'gaussian/integral',
    name: '',
    params: { angles: 10, samples: 2000, pairs: 2 },
    idle: [],
  },
  { id: 'gaussian/no-overlap', name: '', params: { samples: 100, points: 3 }, idle: [] },
  {
    id: 'gaussian/landscape',
    name: '',
    params: { search: 41, grid: 21, directions: 8 },
    idle: ['seed'],
  },
  {
    id: 'gaussian/landscape',
    name: ', one window',
    params: { search: 41, grid: 21, directions: 8, k: 1, m: 3 },
    idle: [],
  },
  { id: 'gaussian/gd-rate', name: '', params: { starts: 12, m: 3 }, idle: ['params.maxSteps'] },
  {
    id: 'gaussian/escape',
    name: '',
    params: { k: [2, 3], leaks: [0.1], decades: 3 },
    idle: ['params.maxSteps'],
  },
  {
    id: 'gaussian/random-init',
    name: '',
    params: { m: [1, 3], starts: 25, k: 3 },
    idle: ['params.maxSteps'],
  },
  {
    id: 'gaussian/sgd',
    name: '',
    params: { k: 2, m: 2, batch: [8], seeds: 2, samples: 100, fixed: [3, 20], fixedSeeds: 2 },
    idle: ['params.maxSteps'],
  },
  {
    id: 'gaussian/leaky',
    name: '',
    params: { k: [3], starts: 3, leaks: [0, 0.05, 0.5] },
    idle: [],
  },
  {
    id: 'gaussian/du',
    name: '',
    params: { k: 5, p: 3, runs: 5, fractions: [0.5, 1.1], steps: 300 },
    idle: ['params.steps'],
  },
  {
    id: 'gaussian/linear-nets',
    name: '',
    params: {
      inputs: 3,
      outputs: 2,
      p: 1,
      samples: 4,
      depths: [2],
      starts: 2,
      searches: 3,
      modes: [2, 1],
      u0: 0.01,
      eta: 0.1,
      layers: [2],
    },
    idle: [],
  },
  {
    id: 'gaussian/zhong',
    name: '',
    params: { teachers: 2, k: 3, basinSize: 3, distances: [0.3, 1.2], runs: 2 },
    idle: ['params.maxSteps'],
  },
  {
    id: 'gaussian/overlap-minimum',
    name: '',
    params: { teacher: 'custom', custom: [-2, 2], grid: 5, points: 3, starts: 5, k: [3] },
    idle: [],
  },
  {
    id: 'gaussian/overlap-restarts',
    name: '',
    params: {
      networks: 'grid',
      m: [2, 3],
      stride: [1, 2],
      k: [3],
      teachers: 6,
      starts: 4,
      directions: 4,
    },
    idle: [],
  },
  {
    id: 'gaussian/overlap-atlas',
    name: '',
    params: { m: [2], stride: [1], k: [3], teachers: 1, starts: 12, searches: 20 },
    // one search more finds no other saddle
    idle: ['params.maxSteps', 'params.searches'],
  },
  {
    id: 'gaussian/safran-shamir',
    name: '',
    params: { k: [10], extra: [0, 1], runs: 8 },
    idle: ['params.maxSteps'],
  },
  {
    id: 'gaussian/hardness',
    name: '',
    params: { instance: 'planted-10', starts: 3, instances: 3, steps: 200 },
    idle: [],
  },
  {
    id: 'gaussian/baum',
    name: '',
    params: {
      runs: 2,
      first: 300,
      second: 300,
      test: 200,
      eps: 0.2,
      dims: [2],
      sizes: [50, 100],
      curveRuns: 2,
    },
    idle: [],
  },
  { id: 'overparam/updates', name: '', params: updates, idle: ['params.epochs'] },
  {
    id: 'overparam/updates',
    name: ', not separable',
    params: { ...updates, n: 20, flips: 6, epochs: 3 },
    idle: [],
  },
  {
    id: 'overparam/generalization',
    name: '',
    params: { n: [12, 16], d: 3, k: 2, draws: 1, repeats: 2, heldOut: 9, population: 100 },
    idle: ['params.epochs'],
  },
  { id: 'overparam/mnist', name: '', params: digits, idle: ['params.epochs'] },
  {
    id: 'overparam/relu-failure',
    name: '',
    params: { d: 4, k: [1, 3], runs: 6, points: 8 },
    idle: [],
  },
  {
    id: 'structured/constrained-scenes',
    name: '',
    params: { train: 50, test: 20, steps: 10, hidden: 8, seeds: 1, points: 1, more: [0] },
    idle: [],
  },
  {
    id: 'structured/invariance',
    name: '',
    params: { trials: 4, graphs: 1, layers: 2 },
    idle: [],
  },
  {
    id: 'overparam/relu-positive',
    name: '',
    params: { d: [2, 4], from: 0, to: 2, starts: 9, runs: 2 },
    idle: [],
  },
  {
    id: 'overparam/inductive-bias',
    name: '',
    params: {
      rows: [0.1],
      k: [2],
      alphas: [0.5],
      width: 2,
      d: 3,
      n: 20,
      test: 30,
      seeds: 1,
      digits: false,
    },
    idle: ['params.epochs'],
  },
  {
    id: 'overparam/perceptron',
    name: '',
    params: { gammas: [0.1, 0.3], d: 3, n: 12, alphas: [0.5], k: 2, seeds: 1 },
    idle: ['params.passes'],
  },
  {
    id: 'overparam/compression-limits',
    name: '',
    params: { n: [12, 20], counts: 6 },
    idle: ['seed'],
  },
  {
    id: 'overparam/tightness',
    name: '',
    params: {
      gamma: 0.3,
      alphas: [0.5, 1],
      betas: [0.2],
      smallAlphas: [0.5],
      largeAlphas: [0.1],
      opposite: [3],
      widths: [2],
      seeds: 1,
    },
    idle: [],
  },
  {
    id: 'overparam/width',
    name: '',
    params: { k: [1, 3], sets: 2, d: 3, n: 20, test: 100, digits: false },
    idle: ['params.epochs'],
  },
  {
    id: 'overparam/memorize',
    name: '',
    params: { k: [1, 8], sets: 1, d: 4, n: 40, test: 500, epochs: 50 },
    idle: [],
  },
  {
    id: 'structured/scenes',
    name: '',
    params: { train: 100, test: 20, steps: 10, hidden: 4, seeds: 1 },
    idle: [],
  },
  {
    id: 'structured/demo',
    name: '',
    params: { train: 60, test: 20, steps: 10, hidden: 4, seeds: 1 },
    idle: [],
  },
  {
    id: 'structured/counting',
    name: '',
    params: {
      graphs: [2],
      steps: 5,
      hidden: 4,
      dense: 4,
      test: 10,
      lstm: [3],
      lstmSteps: 5,
      state: 4,
    },
    idle: [],
  },
  { id: 'structured/attention', name: '', params: { layers: 2, leaves: 3 }, idle: [] },
  {
    id: 'structured/cardinality',
    name: '',
    params: { labels: [3, 6], draws: 10, distributions: 4, problems: 1, examples: 20 },
    idle: [],
  },
  {
    id: 'structured/context',
    name: '',
    params: {
      trials: 1,
      train: 10,
      test: 10,
      steps: 4,
      hidden: 2,
      scenes: 10,
      testScenes: 10,
      exact: 2,
    },
    idle: [],
  },
  {
    id: 'structured/multilabel',
    name: '',
    params: { train: 100, test: 20, epochs: 2, hidden: 2, seeds: 1, maxDigits: 2 },
    idle: [],
  },
  {
    id: 'structured/predict-and-constrain',
    name: '',
    params: {
      train: 60,
      test: 20,
      epochs: 2,
      steps: 2,
      crossEntropyEpochs: 2,
      hidden: 2,
      seeds: 1,
      problems: 3,
      maxDigits: 2,
    },
    idle: [],
  },
  {
    id: 'structured/projections',
    name: '',
    params: { labels: [1, 4], draws: 8, points: 1, cases: 8 },
    idle: [],
  },
  { id: 'structured/inference', name: '', params: { models: 3, nodes: 3 }, idle: [] },
  {
    id: 'structured/mistakes',
    name: '',
    params: { margins: [0.3], seeds: 1, sequences: 5, length: 2, orthogonal: [3] },
    idle: [],
  },
  {
    id: 'structured/training-certificates',
    name: '',
    params: { lambdas: [0.5], sequences: 3, passes: 10 },
    idle: [],
  },
  {
    id: 'structured/tfjs-training',
    name: '',
    params: { graphs: 4, epochs: 2, batch: 2, hidden: 2, test: 2, seeds: 1 },
    idle: [],
  },
]
