import { explorer, type Explorer } from '../explore/explorer.js'
import { twoSumsParams, type TwoSumsParams } from './params.js'

/** A composition of two sums on a small graph, beside attention. */
export const twoSums: Explorer = explorer<TwoSumsParams>({
  id: 'two-sums',
  name: 'Two sums',
  part: 'architecture',
  title: 'Two sums make a function invariant to the order of the nodes, and count neighbors',
  about:
    'Each node sums φ over its neighbors; a second sum goes over all nodes. Permuting the nodes changes nothing. Add a node to the star: the sum counts it, while attention, whose weights sum to 1, does not.',
  formula:
    'F(z)_k = \\rho\\Bigl(z_k,\\; g\\Bigr),\\qquad g = \\sum_{i} \\alpha(z_i, s_i),\\qquad s_i = \\sum_{j \\sim i} \\phi(z_i, z_j)',
  params: twoSumsParams,
  presets: [
    { name: 'count', title: 'φ = 1: the inner sum is the number of neighbors', input: {} },
    { name: 'one more leaf', title: 'the star with one more node', input: { n: 5 } },
    {
      name: 'squared degrees',
      title: 'α = s²: the sum of the squared degrees',
      input: { graph: 'path', n: 6, alpha: 's²' },
    },
    {
      name: 'features',
      title: 'sums of the neighbors’ features',
      input: { graph: 'ring', n: 5, features: '1, 2, 3, …', phi: 'z_j', rho: 'z + g' },
    },
  ],
  view: async () => (await import('./two-sums.js')).TwoSums,
})
