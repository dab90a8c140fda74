import { experiment } from '../../define/definition.js'
import { choice, integer, integers, real } from '../../define/fields.js'

/** Labels with a count: the projection that keeps it, the distribution that has it, and its worth. */
export const cardinality = experiment({
  id: 'structured/cardinality',
  part: 'architecture',
  name: 'Cardinality',
  title: 'How many labels there are can be kept exactly, and to know it is worth points of F1',
  about:
    'Predict and constrain first predicts how many labels an example has, and then looks for the best labels with that count. ' +
    'The nearest labels with a given sum have a closed form with one unknown, $\\tau$; the smooth stand-in of the published program sums to more. ' +
    'Where the count has a law of its own, two tables give every probability exactly, and the labels with the highest expected F1.',
  formula:
    'y_i = \\min(1, \\max(0, v_i - \\tau)),\\quad \\sum_i y_i = z\\qquad p(y) \\propto e^{\\theta^\\top y + f(\\sum_i y_i)}',
  symbols: [
    { tex: 'v', text: 'scores of labels' },
    { tex: 'z', text: 'how many labels there are to be' },
    { tex: 'f', text: 'potential of their count' },
  ],
  source: {
    talk: 'Predict and constrain: labels y with f(y) = c, learned end to end',
    paper:
      'Brukhim, Globerson (2018), Predict and constrain: modeling cardinality in deep structured prediction, ICML, arXiv 1802.04721',
  },
  params: {
    labels: integers({
      default: [5, 20, 50, 159],
      min: 2,
      max: 2000,
      maxLength: 8,
      distinct: true,
      symbol: 'L',
      help: 'labels that share a budget',
    }),
    budget: real({
      default: 2.4,
      min: 0.1,
      max: 100,
      symbol: 'z',
      help: 'what they are to sum to',
    }),
    scores: choice({
      default: 'peaked',
      values: ['peaked', 'flat'],
      help: 'scores that are projected: σ(4N − 6), like those of trained models, or σ(N)',
    }),
    draws: integer({
      default: 400,
      min: 10,
      max: 100_000,
      scale: 'log',
      help: 'vectors of scores of each length',
    }),
    laws: integer({
      default: 40,
      min: 1,
      max: 2000,
      scale: 'log',
      help: 'random laws that are compared with sums over all labels',
    }),
    problems: integer({ default: 3, min: 1, max: 50, help: 'synthetic problems' }),
    examples: integer({
      default: 2000,
      min: 20,
      max: 100_000,
      scale: 'log',
      help: 'examples of each problem',
    }),
    maxCount: integer({
      default: 8,
      min: 1,
      max: 30,
      symbol: 'K',
      help: 'most labels of an example',
    }),
    scale: real({
      default: 3,
      min: 0.1,
      max: 20,
      scale: 'log',
      help: 'how far apart the scores of labels are',
    }),
  },
  review: ({ labels, budget }) => {
    const least = Math.min(...labels)
    if (budget <= least) return []
    const message = `parameter budget: ${least} labels of [0, 1] sum to at most ${least}, got ${budget}; lower it or leave out lengths below`
    return [{ where: 'budget', message }]
  },
  presets: {
    quick: {},
    full: { draws: 5000, laws: 400, problems: 10, examples: 10_000 },
  },
  expectedSeconds: { quick: 3, full: 60 },
  cells: {
    budget: (p) => p.labels.map((L) => ({ L })),
    enumerated: () => [{}],
    problem: (p) => Array.from({ length: p.problems }, (_, problem) => ({ problem })),
  },
})

/** Ways to choose labels, all by the distribution that the examples were drawn from. */
export const ways = ['threshold', 'expected', 'average', 'likeliest', 'known'] as const
