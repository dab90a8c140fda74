import { explorer, type Explorer } from '../explore/explorer.js'
import { landscapeParams, type LandscapeParams } from './params.js'

/** Initial points in both basins of attraction of the teacher (−1, 1). */
const inBothBasins = '0.9,0.3,1.1,-0.2,-0.4,-1.2,-1,-0.6'

export const landscape: Explorer = explorer<LandscapeParams>({
  id: 'landscape',
  name: 'Interactive landscape',
  part: 'optimization',
  title: 'Whether gradient descent finds the global minimum depends on whether the patches overlap',
  about:
    'A filter with two weights slides over a Gaussian input and learns from a teacher filter. Its expected loss is a surface over the plane: click on it to start gradient descent. With overlapping patches, the loss of many teachers has a spurious local minimum.',
  formula:
    '\\ell(w) = \\mathbb{E}\\,\\bigl(f(x;w) - f(x;w^*)\\bigr)^2, \\qquad f(x;w) = \\frac1k \\sum_{i=0}^{k-1} \\max\\bigl(0,\\, w_1 x_{is} + w_2 x_{is+1}\\bigr), \\qquad x \\sim \\mathcal{N}(0, I)',
  params: landscapeParams,
  presets: [
    {
      name: 'no overlap',
      title:
        'stride 2: three critical points; gradient descent converges to w* from all initial points but those on one ray',
      input: { starts: inBothBasins },
    },
    {
      name: 'overlap',
      title: 'stride 1, teacher (−1, 1): a spurious local minimum on the opposite ray',
      input: { stride: 1, starts: inBothBasins },
    },
    {
      name: 'easy teacher',
      title: 'stride 1, teacher (1, 1): a saddle on the opposite ray, no spurious minimum',
      input: { stride: 1, angle: 45, starts: inBothBasins },
    },
  ],
  view: async () => (await import('./landscape.js')).Landscape,
})
