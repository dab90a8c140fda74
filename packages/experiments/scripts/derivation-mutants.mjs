import { rows } from './mutant-rows.mjs'

const gaussian = 'gaussian-theory/dist'
const relu = 'overparam/dist/relu/coordinates.js'
const lifted = '((8 * dimension) / eps) * Math.log2(13 / eps)'

const passes = 'mistakes / n + Math.sqrt(-Math.log(delta) / (2 * n))'

/** False theorems in bounds that are far from what runs do, and in the formulas behind them. */
export const derivationMutants = [
  ...rows(
    `${gaussian}/descent/bounds.js`,
    ['gaussian/tightness', 'gaussian/gd-rate'],
    [
      ['Math.ceil(loss0 / (eta', 'Math.ceil((0.5 * loss0) / (eta'],
      ['Math.ceil(loss0 / (eta', 'Math.ceil((0.01 * loss0) / (eta'],
      ['Math.ceil(loss0 / (eta', 'Math.ceil((2 * loss0) / (eta'],
    ],
  ),
  ...rows(
    `${gaussian}/baum/sample-sizes.js`,
    ['gaussian/baum'],
    [
      [lifted, '((0.8 * dimension) / eps) * Math.log2(13 / eps)'],
      [lifted, '((8 * dimension) / eps / eps) * Math.log2(13 / eps)'],
      [lifted, '((8 * dimension) / eps) * Math.log2(13 / eps) ** 2'],
      [lifted, '((2 * dimension) / eps) * Math.log2(13 / eps)'],
    ],
  ),
  ...rows(
    `${gaussian}/momentum/heavy-ball.js`,
    ['gaussian/momentum'],
    [
      ['return (L - mu) / (L + mu)', 'return (1.5 * (L - mu)) / (L + mu)'],
      ['return (L - mu) / (L + mu)', 'return (L - mu) / L'],
    ],
  ),
  ...rows(
    `${gaussian}/overlap/smoothness.js`,
    ['gaussian/tightness'],
    [
      ['C1: (4 + 2 / Math.sqrt(3))', 'C1: 1.3 * (4 + 2 / Math.sqrt(3))'],
      ['C1: (4 + 2 / Math.sqrt(3))', 'C1: 0.5 * (4 + 2 / Math.sqrt(3))'],
    ],
  ),
  ...rows(
    `${gaussian}/leaky/leaky-loss.js`,
    ['gaussian/leaky'],
    [
      ['(slope / k) * square', '(2 * slope / k) * square'],
      ['((2 * slope) / k) * (w[t] - wStar[t])', '((2.1 * slope) / k) * (w[t] - wStar[t])'],
    ],
  ),
  ...rows(
    relu,
    ['overparam/relu-positive'],
    [
      ['limit + (4 * Math.exp(-2)) / d', 'limit'],
      ['limit + (4 * Math.exp(-2)) / d', 'limit + (8 * Math.exp(-2)) / d'],
      ['Math.log2(d / delta)', 'Math.log2(d)'],
      ['Math.log2(d / delta)', 'Math.log2((4 * d) / delta)'],
      ['Math.log2(d / -Math.log(delta))', 'Math.log2((4 * d) / -Math.log(delta))'],
      ['Math.log2(d / -Math.log(delta))', 'Math.log2(d / -Math.log(delta) / 4)'],
      ['(1 - n0) / (eta * v ** 2 * active)', '1 / (eta * v ** 2 * active)'],
    ],
  ),
  ...rows(
    'structured/dist/pairwise/tree-bound.js',
    ['structured/inference'],
    [
      ['pair[e].map((x) => x / rho[e])', 'pair[e].map((x) => (1.1 * x) / rho[e])'],
      ['pair[e].map((x) => x / rho[e])', 'pair[e].map((x) => x)'],
    ],
  ),
  ...rows(
    'optim/dist/statistics/online.js',
    ['structured/mistakes'],
    [[passes, `0.2 * (${passes})`]],
  ),
]
