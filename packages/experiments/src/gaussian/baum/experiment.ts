import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { BaumRow } from './measure.js'
import { baumCells, baumParams, type BaumCell, type BaumParams } from './params.js'

/** Baum's algorithm on symmetric and other inputs. */
export const baumExperiment: Experiment = defineExperiment<BaumParams, BaumCell, BaumRow>({
  id: 'gaussian/baum',
  part: 'optimisation',
  name: "Baum's algorithm",
  title: 'On symmetric inputs an intersection of two half-spaces is learnt',
  about:
    'A point is positive if it lies in both of two half-spaces. Baum finds one half-space that holds all positives, and then a quadratic form that has the sign of the labels on its side. ' +
    'The form exists up to a region where both $u\\cdot x$ and $v\\cdot x$ are negative; for symmetric inputs that region is as rare as the positives that the first step left out. ' +
    'For inputs on one side of a plane it is not, and then no form exists: a few examples with weights prove it.',
  formula:
    'y = + \\iff u\\cdot x > 0 \\text{ and } v\\cdot x > 0,\\qquad \\hat y = + \\iff w\\cdot x > 0 \\text{ and } x^{\\top}Qx > 0',
  symbols: [
    { tex: 'u, v', text: 'the unknown half-spaces' },
    { tex: 'w', text: 'half-space of step 1, which holds all positives of the first sample' },
    { tex: 'Q', text: 'quadratic form of step 2, fitted where w·x > 0' },
  ],
  source: {
    talk: "Baum's algorithm for an intersection of half-spaces works for symmetric distributions",
    paper: 'Baum (1990), A polynomial time algorithm that learns two hidden unit nets',
  },
  params: baumParams,
  presets: { quick: { runs: 4, test: 10_000 }, full: {} },
  expectedSeconds: { quick: 2, full: 4 },
  cells: baumCells,
  work: () => import('./work.js'),
})
