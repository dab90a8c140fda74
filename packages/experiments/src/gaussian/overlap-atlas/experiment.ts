import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { AtlasRow } from './measure.js'
import { atlasCells, atlasParams, type AtlasCell, type AtlasParams } from './params.js'

/** All local minima of small networks with overlap, and the saddles between them. */
export const overlapAtlas: Experiment = defineExperiment<AtlasParams, AtlasCell, AtlasRow>({
  id: 'gaussian/overlap-atlas',
  part: 'optimisation',
  name: 'Atlas of minima',
  title: 'The local minima of small networks with overlap can be listed, each with a certificate',
  about:
    'For a small network with overlap all critical points can be looked for: minima by gradient descent from many starts, saddles by Newton’s method. ' +
    'Each minimum comes with a disc in which it is the only critical point; each saddle of index $1$ with the two minima on its sides. ' +
    'Whether a critical point is missing shows in a number that topology prescribes: the signs of all Hessians’ determinants have to add up to it.',
  formula:
    '\\sum_{\\nabla\\ell(w) = 0} (-1)^{\\operatorname{index}(w)} = 1 + (-1)^{m-1},\\qquad \\nabla^2\\ell \\succeq \\mu I \\text{ on } B(w, \\rho),\\quad \\lVert\\nabla\\ell(w)\\rVert < \\mu\\rho',
  symbols: [
    { tex: '\\ell', text: 'mean squared difference from the teacher, over all inputs' },
    {
      tex: '\\operatorname{index}',
      text: 'number of negative eigenvalues of the Hessian: 0 at a minimum',
    },
    {
      tex: 'B(w, \\rho)',
      text: 'certified disc: it holds one minimum and no other critical point',
    },
    { tex: '\\mu', text: 'curvature on it, at the least' },
  ],
  source: {
    talk: 'Gaussian Inputs: networks with overlap',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
    ours: 'certified minima; the count of critical points by Poincaré–Hopf',
  },
  params: atlasParams,
  presets: {
    quick: { teachers: 4, starts: 60, searches: 1000 },
    full: { stride: [1, 2, 3], k: [2, 4, 8], teachers: 20, searches: 4000 },
  },
  expectedSeconds: { quick: 2, full: 45 },
  cells: atlasCells,
  work: () => import('./work.js'),
})
