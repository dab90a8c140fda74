import { explorer, type Explorer } from '../explore/explorer.js'
import { landscapeParams, type LandscapeParams } from './params.js'

/** Starts on both sides of the walls between the two basins of the teacher (−1, 1). */
const onBothSides = '0.9,0.3,1.1,-0.2,-0.4,-1.2,-1,-0.6'

export const landscape: Explorer = explorer<LandscapeParams>({
  id: 'landscape',
  name: 'Landscape by hand',
  part: 'optimisation',
  title: 'Where gradient descent ends depends on whether the windows overlap',
  about:
    'A filter of two weights slides over Gaussian noise and learns from a teacher of its own kind. Its expected loss is a surface over the plane: click there, and gradient descent starts. Let the windows overlap, and for many teachers a second valley appears.',
  formula:
    '\\ell(w) = \\mathbb{E}\\,\\bigl(f(x;w) - f(x;w^*)\\bigr)^2, \\qquad f(x;w) = \\frac1k \\sum_{i=0}^{k-1} \\max\\bigl(0,\\, w_1 x_{is} + w_2 x_{is+1}\\bigr), \\qquad x \\sim \\mathcal{N}(0, I)',
  params: landscapeParams,
  presets: [
    {
      name: 'no overlap',
      title: 'stride 2: three critical points, and every start but those on one ray is led to w*',
      input: { starts: onBothSides },
    },
    {
      name: 'overlap',
      title: 'stride 1: opposite to the teacher (−1, 1) lies a local minimum that is not global',
      input: { stride: 1, starts: onBothSides },
    },
    {
      name: 'easy teacher',
      title: 'stride 1 and the teacher (1, 1): opposite to it lies a saddle, no minimum',
      input: { stride: 1, angle: 45, starts: onBothSides },
    },
  ],
  view: async () => (await import('./landscape.js')).Landscape,
})
