import { experiment, type ParamsOf } from '../../define/definition.js'
import { choice, count, integer, integers, real } from '../../define/fields.js'
import { predictAndConstrain } from '../source.js'

/** Cardinality constraints: exact projection, cardinality potentials, and their effect on F1. */
export const cardinality = experiment({
  id: 'structured/cardinality',
  part: 'architecture',
  name: 'Cardinality',
  title: 'Cardinality constraints are satisfied exactly, and knowing the cardinality improves F1',
  about:
    'Predict and constrain first predicts the number of labels of an example, and then the best labels with that count. ' +
    'The projection onto labels with a given sum has a closed form with one unknown, $\\tau$; the smooth approximation in the published program exceeds the sum. ' +
    'With a potential of the count, dynamic programming gives every probability exactly, and the labels with the highest expected F1.',
  formula:
    'y_i = \\min(1, \\max(0, v_i - \\tau)),\\quad \\sum_i y_i = z\\qquad p(y) \\propto e^{\\theta^\\top y + f(\\sum_i y_i)}',
  symbols: [
    { tex: 'v', text: 'scores of labels' },
    { tex: 'z', text: 'required number of labels' },
    { tex: 'f', text: 'potential of the number of labels' },
  ],
  source: predictAndConstrain,
  params: {
    labels: integers({
      default: [5, 20, 50, 159],
      min: 2,
      max: 2000,
      maxLength: 8,
      distinct: true,
      symbol: 'L',
      help: 'numbers of labels L that share one budget',
    }),
    budget: real({
      default: 2.4,
      min: 0.1,
      max: 100,
      symbol: 'z',
      help: 'cardinality budget z: the required sum of the labels',
    }),
    scores: choice({
      default: 'peaked',
      values: ['peaked', 'flat'],
      help: 'scores to project, for standard normal N: σ(4N − 6), similar to those of trained models (peaked), or σ(N) (flat)',
    }),
    draws: count(400, 100_000, 'random score vectors for each number of labels', { min: 10 }),
    distributions: count(
      40,
      2000,
      'number of random distributions on which dynamic programming is compared with enumeration',
      {
        formerly: 'laws',
      },
    ),
    problems: integer({
      default: 3,
      min: 1,
      max: 50,
      help: 'number of synthetic multi-label problems',
    }),
    examples: count(2000, 100_000, 'examples of each synthetic problem', { min: 20 }),
    maxCount: integer({
      default: 8,
      min: 1,
      max: 30,
      symbol: 'K',
      help: 'maximum number of positive labels of an example',
    }),
    scale: real({
      default: 3,
      min: 0.1,
      max: 20,
      scale: 'log',
      help: 'scale of the label scores',
    }),
  },
  review: ({ labels, budget }) => {
    const least = Math.min(...labels)
    if (budget <= least) return []
    const message = `parameter budget: expected at most ${least}, the sum of ${least} labels in [0, 1], got ${budget}; lower it, or drop smaller numbers of labels`
    return [{ where: 'budget', message }]
  },
  presets: {
    quick: {},
    full: { draws: 5000, distributions: 400, problems: 10, examples: 10_000 },
  },
  expectedSeconds: { quick: 3, full: 60 },
  cells: {
    budget: (p) => p.labels.map((L) => ({ L })),
    enumerated: () => [{}],
    /** the same in rational arithmetic, for a few */
    exact: () => [{}],
    problem: (p) => Array.from({ length: p.problems }, (_, problem) => ({ problem })),
  },
})

export type Params = ParamsOf<typeof cardinality>

/** Decoding rules, all for the distribution that the examples are drawn from, with their names. */
export const wayNames = {
  threshold: 'probability ≥ 1/2',
  expected: 'expected F1',
  average: 'average count',
  likeliest: 'most likely count',
  known: 'true count',
} as const

export type Way = keyof typeof wayNames

export const ways = Object.keys(wayNames) as readonly Way[]
