import { defineExperiment, type Experiment } from '../../define/experiment.js'
import type { CardinalityRow } from './measure.js'
import {
  cardinalityCells,
  cardinalityParams,
  type CardinalityCell,
  type CardinalityParams,
} from './params.js'

/** Labels with a count: the projection that keeps it, the law that has it, and what it is worth. */
export const cardinality: Experiment = defineExperiment<
  CardinalityParams,
  CardinalityCell,
  CardinalityRow
>({
  id: 'structured/cardinality',
  part: 'architecture',
  name: 'Cardinality',
  title: 'How many labels there are can be kept exactly, and to know it is worth points of F1',
  about:
    'Predict and constrain first predicts how many labels an example has, and then looks for the best labels with that count. ' +
    'The nearest labels with a given sum have a closed form with one unknown, $\\tau$; the smooth stand-in of the published program sums to more. ' +
    'Where the count has a law of its own, two tables give every probability exactly, and the labels with the highest expected F1.',
  formula:
    'y_i = \\min(1, \\max(0, v_i - \\tau)),\\quad \\sum_i y_i = z\\qquad p(y) \\propto e^{\\theta^\\top y + f(\\sum_i y_i)}',
  symbols: [
    { tex: 'v', text: 'scores of labels' },
    { tex: 'z', text: 'how many labels there are to be' },
    { tex: 'f', text: 'potential of their count' },
  ],
  source: {
    talk: 'Predict and constrain: labels y with f(y) = c, learned end to end',
    paper:
      'Brukhim, Globerson (2018), Predict and constrain: modeling cardinality in deep structured prediction, ICML, arXiv 1802.04721',
  },
  params: cardinalityParams,
  presets: {
    quick: {},
    full: { draws: 5000, laws: 400, problems: 10, examples: 10_000 },
  },
  expectedSeconds: { quick: 3, full: 60 },
  cells: cardinalityCells,
  work: () => import('./work.js'),
})
