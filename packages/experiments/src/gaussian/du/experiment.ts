import { ascending } from '../../averages.js'
import { experiment } from '../../define/definition.js'
import { count, integer, real, reals, whole } from '../../define/fields.js'

/** One filter with free output weights, from random initializations. */
export const du = experiment({
  id: 'gaussian/du',
  part: 'optimization',
  name: 'Free output weights',
  title: 'With free output weights the teacher decides whether there is a spurious local minimum',
  about:
    'One filter with weight normalization and output weights $a$ on $k$ disjoint patches. ' +
    'The point opposite to the teacher is a spurious local minimum if $S^2/A$ is below $1 + (k-1)/\\pi$, and a saddle above. ' +
    'Below the threshold a random initialization reaches the teacher with a probability between $1/2$ and $1$, above it always.',
  formula:
    'f(x) = \\sum_{j=1}^k a_j\\,\\mathrm{relu}\\Bigl(\\frac{v \\cdot x_j}{\\lVert v\\rVert}\\Bigr),\\qquad \\frac{S^2}{A} < 1 + \\frac{k-1}{\\pi}',
  symbols: [
    { tex: 'S, A', text: 'sum and squared norm of the output weights a* of the teacher' },
    { tex: 'v, a', text: 'filter and output weights of the student' },
  ],
  source: { paper: 'Du, Lee, Tian, Poczos & Singh (2018)' },
  params: {
    k: whole(25, [3, 200], 'number of patches', { symbol: 'k' }),
    p: integer({ default: 6, min: 2, max: 100, symbol: 'p', help: 'filter length' }),
    fractions: reals({
      distinct: true,
      default: [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.05, 1.2],
      min: 0,
      max: 1.5,
      maxLength: 20,
      help: 'S²/A of the teachers as fractions of the threshold',
    }),
    runs: count(300, 10_000, 'random initializations of each teacher'),
    eta: real({
      default: 0.1,
      min: 0.001,
      max: 1,
      scale: 'log',
      symbol: '\\eta',
      help: 'step size',
    }),
    steps: integer({ default: 6000, min: 1, max: 100_000, help: 'number of steps' }),
  },
  presets: { quick: { runs: 100 }, full: { runs: 4000 } },
  expectedSeconds: { quick: 1.9, full: 14 },
  cells: {
    teacher: (p) => ascending(p.fractions).map((fraction) => ({ fraction })),
    threshold: () => [{ key: 'threshold' }],
  },
})
