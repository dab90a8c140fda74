import { defineExperiment, type Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { ScenesRow } from './measure.js'
import { scenesCells, scenesParams, type ScenesCell, type ScenesParams } from './params.js'

/** The predictor on scenes whose best rules are known. */
export const scenes: Experiment = defineExperiment<ScenesParams, ScenesCell, ScenesRow>({
  id: 'structured/scenes',
  part: 'architecture',
  name: 'Scenes',
  title: 'Labelling a scene jointly beats every rule that looks at one object',
  about:
    'Synthetic scenes of five objects: the detector cannot tell the members of two pairs of classes apart, but the kind of the scene and the relations can. ' +
    'As the law of the scenes is known, so are the best rules: from an object’s own scores, and from everything, by enumeration of all $7^5$ labellings. ' +
    'The invariant network, trained from examples, lies between the two; a network without context stays at the lower one.',
  formula:
    '(c, r) \\leftarrow \\rho(z) + \\sigma(\\mathrm{gate}(z)) \\odot (c, r),\\qquad z = (\\text{scores},\\ \\log\\mathrm{softmax}(c, r))',
  symbols: [
    { tex: 'c, r', text: 'scores of classes and of predicates' },
    { tex: '\\rho', text: 'labels of the invariant layer, for nodes and for pairs' },
  ],
  source,
  params: scenesParams,
  presets: {
    quick: { train: 2500, test: 1000, steps: 600, hidden: 32, seeds: 1 },
    full: { test: 5000, steps: 3000, seeds: 5 },
  },
  expectedSeconds: { quick: 12, full: 400 },
  cells: scenesCells,
  work: () => import('./work.js'),
})
