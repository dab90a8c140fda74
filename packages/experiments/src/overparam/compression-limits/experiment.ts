import { experiment } from '../../define/definition.js'
import { integer, integers } from '../../define/fields.js'
import { failureProbability } from '../fields.js'

/** How good a compression bound can be. */
export const compressionLimits = experiment({
  id: 'overparam/compression-limits',
  part: 'generalization',
  name: 'Limits of compression',
  title: 'Compression bounds are within a small factor of the least that they can be',
  about:
    'A bound on the test error that sees only the number of examples $n$, the number $c$ of those ever updated, and $\\delta$ has a least possible value: on a population with one frequent example and very many rare ones, SGD from $W_0 = 0$ updates every distinct example once, so that $c - 1$ is binomial and the error is exactly what was not seen. On this population the failure probability of each bound is a binomial sum, and a bound that is too small by a factor fails too often. That random populations never contradict such a bound says nothing.',
  formula:
    '\\varepsilon(n, c, \\delta) \\;\\ge\\; \\sup\\bigl\\{q : \\Pr(\\mathrm{Bin}(n, q) \\le c - 1) \\ge \\delta\\bigr\\}',
  symbols: [
    { tex: 'c', text: 'number of distinct examples ever updated' },
    { tex: 'q', text: 'probability of the rare examples together' },
    { tex: '\\varepsilon', text: 'a bound on the error' },
  ],
  source: {
    ours: 'one frequent example and many rare ones: the error is what was not seen, and c − 1 is binomial',
  },
  params: {
    n: integers({
      distinct: true,
      default: [50, 200, 1000],
      min: 10,
      max: 4000,
      maxLength: 6,
      symbol: 'n',
      help: 'sample sizes n',
    }),
    counts: integer({
      default: 60,
      min: 5,
      max: 1000,
      help: 'number of values of c, equally spaced from 1 to n − 1, for each sample size n',
    }),
    delta: failureProbability,
  },
  presets: { quick: {}, full: { n: [50, 200, 1000, 4000], counts: 200 } },
  expectedSeconds: { quick: 0.2, full: 2 },
  cells: {
    size: (p) => p.n.map((n) => ({ key: `n=${n}`, n })),
    /** sums of integers */
    exact: () => [{}],
  },
})
