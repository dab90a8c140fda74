import { experiment } from '../../define/definition.js'
import { count, counts, integer, reals } from '../../define/fields.js'

/** The mistake bound of the structured perceptron, and what its few updates guarantee. */
export const mistakes = experiment({
  id: 'structured/mistakes',
  part: 'architecture',
  name: 'Mistakes',
  title: 'The structured perceptron makes few mistakes, however many labelings there are',
  about:
    'The structured perceptron corrects its weights at each sequence that it labels wrongly. ' +
    'With a margin $\\gamma$ it makes at most $(R/\\gamma)^2$ updates, independently of the number of labelings, which is exponential in the length. ' +
    'Few updates determine the final weights, and so bound the error on new sequences.',
  formula: 'M \\le R^2/\\gamma^2,\\qquad w^\\top u \\ge \\gamma M,\\quad |w|^2 \\le R^2 M',
  symbols: [
    { tex: 'M', text: 'number of updates' },
    { tex: '\\gamma', text: 'margin of a unit vector u' },
    { tex: 'R', text: 'largest distance of the features of two labelings' },
  ],
  source: {
    talk: 'Generalization that does not depend on the size of the network; structured models as future work',
    paper: 'Collins (2002), as recalled; Littlestone, Warmuth (1986)',
  },
  params: {
    margins: reals({
      distinct: true,
      default: [0.1, 0.2, 0.4],
      min: 0.01,
      max: 1,
      maxLength: 8,
      symbol: '\\gamma',
      help: 'margins of the training sequences',
    }),
    seeds: count(3, 100, 'number of data sets for each margin'),
    sequences: count(100, 10_000, 'training and test sequences'),
    length: integer({ default: 6, min: 1, max: 100, symbol: 'T', help: 'length of a sequence' }),
    orthogonal: counts([4, 16, 64], [1000, 8], 'numbers of orthogonal examples'),
  },
  presets: { quick: {}, full: { seeds: 10, sequences: 300 } },
  expectedSeconds: { quick: 2, full: 60 },
  cells: {
    run: (p) =>
      p.margins.flatMap((margin) =>
        Array.from({ length: p.seeds }, (_, seed) => ({ margin, seed })),
      ),
    attained: (p) => p.orthogonal.map((n) => ({ n })),
  },
})

/** Failure probability of the compression bound, and of that of the first pass. */
export const DELTA = 0.05
