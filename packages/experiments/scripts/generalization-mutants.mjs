import { rows } from './mutant-rows.mjs'

const statistics = 'optim/dist/statistics'
const generalization = 'overparam/dist/generalization'
const ids = ['overparam/compression-limits']

/** False theorems on the error of new examples. */
export const generalizationMutants = [
  ...rows(`${statistics}/compression.js`, ids, [
    [
      'const codes = updates * Math.log(n) + Math',
      'const codes = 0.25 * updates * Math.log(n) + Math',
    ],
    [
      'const codes = updates * Math.log(n) + Math',
      'const codes = 1.3 * updates * Math.log(n) + Math',
    ],
    ['Math.log(delta) - Math.log(n) - logBinomial(n, distinct)', 'Math.log(delta) - Math.log(n)'],
    [
      'Math.log(delta) - Math.log(n) - logBinomial(n, distinct)',
      'Math.log(delta) - 2 * Math.log(n) - logBinomial(n, distinct)',
    ],
    [
      'errorOfCodes(logBinomial(n, distinct) + Math.log(n), delta',
      'errorOfCodes(distinct * Math.LN2, delta',
    ],
    [
      'const word = updates * Math.log(distinct)',
      'const word = 0.5 * updates * Math.log(distinct)',
    ],
  ]),
  ...rows(`${generalization}/stable-compression.js`, ids, [
    ['return (2 / (n', 'return (0.5 / (n'],
    ['return (2 / (n', 'return (1 / (n'],
    ['distinct * Math.log(4) - Math.log(delta)', 'distinct * Math.log(2) - Math.log(delta)'],
  ]),
  ...rows(`${generalization}/comparisons.js`, ids, [
    [
      'return unusedError + Math.sqrt(4 * unusedError * term) + 8 * term',
      'return 0.25 * (unusedError + Math.sqrt(4 * unusedError * term) + 8 * term)',
    ],
    ['+ 8 * term', '+ 2 * term'],
    ['+ 8 * term', '+ 16 * term'],
    ['const term = (updates * (Math.log(n)', 'const term = ((Math.log(n)'],
    ['return (2 * radius', 'return 0.25 * (2 * radius'],
    ['return (2 * radius', 'return (radius'],
    ['(2 / n / Math.LN2)', '(0.5 / n / Math.LN2)'],
    ['(2 / n / Math.LN2)', '(3 / n / Math.LN2)'],
    ['logGrowth(2 * n, k, d)', 'logGrowth(n, k, d)'],
  ]),
]
