import { ascending } from '../../averages.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { count } from '../../define/fields.js'
import { filterLength, patchCounts, slopes } from '../fields.js'

export const leaky = experiment({
  id: 'gaussian/leaky',
  part: 'optimization',
  name: 'Leaky ReLU',
  title: 'Every positive slope of the leaky ReLU makes the degenerate saddle strict',
  about:
    'With $\\mathrm{relu}$ the saddle opposite to the teacher is degenerate, and gradient descent escapes it in about $(k-1)/\\varphi_0$ steps. ' +
    'With slope $\\lambda$ on negative inputs the loss is a mixture of the losses of $\\mathrm{relu}$ and of a linear network, and the Hessian at the saddle has a negative eigenvalue. ' +
    'Above a threshold of $\\lambda$ there is neither a saddle nor a local maximum at $0$.',
  formula:
    '\\ell_\\lambda(w) = (1-\\lambda)^2\\,\\ell(w) + \\frac{\\lambda}{k}\\lVert w - w^*\\rVert^2,\\qquad (k-1)(1-\\lambda^*)^2 = 2\\pi\\lambda^*',
  symbols: [
    { tex: '\\ell', text: 'population loss with ReLU' },
    { tex: 'w^*', text: 'filter of the teacher, of length 1' },
    { tex: '\\varphi_0', text: 'angle of the initial weights to −w*' },
    { tex: '\\lambda^*', text: 'slope from which on there is no saddle' },
  ],
  source: { talk: 'leaky ReLU is needed in the analysis of the second part' },
  params: {
    k: patchCounts([2, 4, 10], 50),
    m: filterLength(3),
    leaks: slopes(
      [0, 0.01, 0.1, 0.3, 1],
      [0, 8],
      'slopes of the leaky ReLU, from ReLU (0) to linear (1); the saddle exists for slopes below λ*(k)',
    ),
    starts: count(100, 5000, 'random initializations'),
  },
  presets: { quick: { k: [2, 4], starts: 50 }, full: { k: [2, 4, 5, 10, 20], starts: 1000 } },
  expectedSeconds: { quick: 0.3, full: 1 },
  cells: {
    pair: (p) =>
      ascending(p.k).flatMap((k) =>
        ascending(p.leaks).map((leak) => ({ key: `k=${k}/leak=${leak}`, k, leak })),
      ),
    /** the threshold for each number of patches, by intervals */
    threshold: () => [{ key: 'threshold' }],
  },
})

/** Initial angles to −w* of the runs whose escape is timed. */
export const angles = [1e-1, 1e-2, 1e-3, 1e-4] as const

export type Params = ParamsOf<typeof leaky>
