import { experiment } from '../../define/definition.js'
import { integer, reals } from '../../define/fields.js'
import { filterLength, patchCounts } from '../fields.js'
import { ascending } from '../ascending.js'

/** What a leaky ReLU does to the saddle. */
export const leaky = experiment({
  id: 'gaussian/leaky',
  part: 'optimisation',
  name: 'Leaky ReLU',
  title: 'The smallest leak turns the degenerate saddle into a strict one',
  about:
    'With $\\mathrm{relu}$ the saddle opposite to the teacher is so flat that gradient descent needs about $(k-1)/\\varphi_0$ steps to leave it. ' +
    'If the activation lets a share $\\lambda$ of negative inputs through, the loss is a mixture of that of $\\mathrm{relu}$ and of a linear network, and a second derivative shows the way down. ' +
    'Above a threshold of the leak the saddle is gone, and with it the peak at $0$.',
  formula:
    '\\ell_\\lambda(w) = (1-\\lambda)^2\\,\\ell(w) + \\frac{\\lambda}{k}\\lVert w - w^*\\rVert^2,\\qquad (k-1)(1-\\lambda^*)^2 = 2\\pi\\lambda^*',
  symbols: [
    { tex: '\\ell', text: 'mean squared difference from the teacher with ReLU' },
    { tex: 'w^*', text: 'filter of the teacher, of length 1' },
    { tex: '\\varphi_0', text: 'angle of the start to −w*' },
    { tex: '\\lambda^*', text: 'leak from which on there is no saddle' },
  ],
  source: { talk: 'leaky ReLU is needed in the analysis of the second part' },
  params: {
    k: patchCounts([2, 4, 10], 50),
    m: filterLength,
    leaks: reals({
      distinct: true,
      default: [0, 0.01, 0.1, 0.3, 1],
      min: 0,
      max: 1,
      maxLength: 8,
      symbol: '\\lambda',
      help: 'leaks, from ReLU (0) to a linear network (1); the saddle exists below the threshold',
    }),
    starts: integer({ default: 100, min: 1, max: 5000, scale: 'log', help: 'random starts' }),
  },
  presets: { quick: { k: [2, 4], starts: 50 }, full: { k: [2, 4, 5, 10, 20], starts: 1000 } },
  expectedSeconds: { quick: 0.3, full: 1 },
  cells: {
    pair: (p) => ascending(p.k).flatMap((k) => ascending(p.leaks).map((leak) => ({ k, leak }))),
  },
})

/** Angles to −w* from which the escape is timed. */
export const angles = [1e-1, 1e-2, 1e-3, 1e-4] as const
