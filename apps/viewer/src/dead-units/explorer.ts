import { explorer, type Explorer } from '../explore/explorer.js'
import { deadUnitsParams, type DeadUnitsParams } from './params.js'

/** The wall of active units: a dark column is a dead coordinate. */
export const deadUnits: Explorer = explorer<DeadUnitsParams>({
  id: 'dead-units',
  name: 'Dead ReLU wall',
  part: 'generalization',
  title: 'SGD with ReLU fails with the probability of a dead coordinate, until k is about log₂ d',
  about:
    'A column is a coordinate, a row a hidden unit, lit where the unit is active. SGD never learns a column that is dark. Raise k until no column is dark; or give ReLU a slope, and the whole wall lights up.',
  formula:
    '\\Pr(\\text{SGD fails}) \\;=\\; 1 - \\bigl(1 - 2^{-k}\\bigr)^{d} \\;\\approx\\; 1 - e^{-2^{-(k - \\log_2 d)}}',
  params: deadUnitsParams,
  presets: [
    { name: 'narrow', title: 'k = 4: a few columns of 64 are dark', input: {} },
    { name: 'k = log₂ d', title: 'the transition', input: { k: 6 } },
    { name: 'wide', title: 'k = 12: nearly never a dark column', input: { k: 12 } },
    { name: 'leaky', title: 'the same narrow network with leaky ReLU', input: { alpha: 0.1 } },
    { name: 'd = 256', title: 'more columns need two more units', input: { d: 256, k: 8 } },
  ],
  view: async () => (await import('./dead-units.js')).DeadUnits,
})
