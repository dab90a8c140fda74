import { defineExperiment, type Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { DemoRow } from './measure.js'
import { demoCells, demoParams, type DemoCell, type DemoParams } from './params.js'

/** The predictor on scenes with names, against one that looks at single objects. */
export const demo: Experiment = defineExperiment<DemoParams, DemoCell, DemoRow>({
  id: 'structured/demo',
  part: 'architecture',
  name: 'Scenes with names',
  title: 'What a detector confuses is told apart by the rest of the scene',
  about:
    'Synthetic streets, kitchens, parks, offices and beaches with 32 classes, of which twenty come in pairs that the detector hardly tells apart, as skateboard and surfboard. ' +
    'The invariant network with attention labels all objects and pairs of a scene jointly; a network that sees one object or one pair at a time, and the best rule of that kind, are its rivals on the same scenes. ' +
    'What it gains is context: among objects of other scenes, with the same scores, the gain is gone.',
  formula:
    '\\mathrm{R@20} = \\frac{1}{|\\text{images}|} \\sum_{\\text{images}} \\frac{|\\text{true relations among the best 20}|}{|\\text{true relations}|},\\qquad w_{ij} = \\frac{e^{\\beta_{ij}}}{\\sum_{t \\ne i} e^{\\beta_{it}}}',
  symbols: [
    { tex: 'w_{ij}', text: 'attention of object i on object j' },
    {
      tex: '\\beta_{ij}',
      text: 'its score, linear in what the layer is given of the pair and of j',
    },
  ],
  source,
  params: demoParams,
  presets: {
    quick: { train: 800, test: 400, steps: 300, seeds: 1 },
    full: { train: 8000, test: 2000, steps: 6000, seeds: 5 },
  },
  expectedSeconds: { quick: 11, full: 900 },
  cells: demoCells,
  work: () => import('./work.js'),
})
