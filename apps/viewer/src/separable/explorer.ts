import { explorer, type Explorer } from '../explore/explorer.js'
import { separableParams, type SeparableParams } from './params.js'

/** Two classes of points that the reader draws, and the runs of SGD on them. */
export const separable: Explorer = explorer<SeparableParams>({
  id: 'separable',
  name: 'Separable playground',
  part: 'generalization',
  title:
    'SGD on separable points makes a number of updates that is bounded independently of the width k',
  about:
    'Draw two classes of points; a network learns them, with leaky ReLU and with ReLU. Move the width from 1 to 1000: the counter of updates hardly changes.',
  formula:
    'U \\;\\le\\; \\frac{R^2}{\\alpha^2\\gamma^2}\\Bigl(1 + \\frac{2}{\\eta R^2}\\Bigr) \\quad\\text{for } N(x) = \\tfrac{1}{\\sqrt{2k}}\\Bigl(\\sum_{j \\le k} \\sigma(w_j \\cdot x) - \\sum_{j > k} \\sigma(w_j \\cdot x)\\Bigr),\\ W_0 = 0',
  params: separableParams,
  presets: [
    { name: 'separable', title: 'two Gaussians with a margin', input: {} },
    {
      name: 'small margin',
      title: 'more updates, and a larger bound',
      input: { points: 'small-margin' },
    },
    {
      name: 'dead units',
      title: 'width 2: the ReLU network gets stuck with a dead unit, leaky ReLU does not',
      input: { k: 2 },
    },
    {
      name: 'wrong label',
      title: 'one wrong label: no line separates',
      input: { points: 'wrong-label' },
    },
    { name: 'moons', title: 'two moons: no line separates', input: { points: 'moons' } },
    { name: 'XOR', title: 'XOR: no line separates, a network can', input: { points: 'xor' } },
  ],
  view: async () => (await import('./separable.js')).SeparablePlayground,
})
