import type { Experiment } from '@nonconvex/experiments'
import {
  choice,
  experiment,
  flag,
  integer,
  integers,
  real,
  withWork,
  workOf,
} from '@nonconvex/experiments/define'

const definition = experiment({
  id: 'sample/all-kinds',
  part: 'optimization',
  name: 'All kinds',
  title: 'Every kind of parameter has a field',
  about: 'A sample.',
  formula: 'k',
  symbols: [],
  source: {},
  params: {
    k: integer({ default: 10, min: 1, max: 1000, scale: 'log', symbol: 'k', help: 'units' }),
    eta: real({ default: 0.01, min: 1e-6, max: 1, scale: 'log', help: 'step' }),
    ks: integers({ default: [1, 10], min: 1, max: 1000, maxLength: 5, help: 'widths' }),
    loss: choice({ default: 'hinge', values: ['hinge', 'logistic'], help: 'loss' }),
    fresh: flag({ default: false, help: 'fresh data' }),
  },
  presets: { quick: {}, full: { k: 100, eta: 0.5, ks: [3] } },
  expectedSeconds: { quick: 1, full: 10 },
  cells: {},
})

const work = workOf(definition, {
  parts: {},
  conclude: () => ({ verdicts: [], tables: [], figures: [] }),
})

/** An experiment with a parameter of each kind, for the tests of this folder. */
export const sample: Experiment = withWork(definition, () => Promise.resolve({ work }))
