import { defineExperiment, type Experiment } from '../../define/experiment.js'
import { source } from '../source.js'
import type { InvarianceRow } from './measure.js'
import {
  invarianceCells,
  invarianceParams,
  type InvarianceCell,
  type InvarianceParams,
} from './params.js'

/** The theorem both ways, and what its hypothesis is needed for. */
export const invariance: Experiment = defineExperiment<
  InvarianceParams,
  InvarianceCell,
  InvarianceRow
>({
  id: 'structured/invariance',
  part: 'architecture',
  name: 'Invariance',
  title: 'Two sums are all it takes to be independent of the order of the nodes',
  about:
    'A function labels the nodes of a graph; listing the nodes in another order must only list the labels in that order. ' +
    'Whatever $\\varphi$, $\\alpha$, $\\rho$ are, the form below has this property, and on nodes that differ in their features every such function has this form: the three parts are built here from the function itself. ' +
    'A checker looks for violations on inputs with many ties, and shrinks what it finds to a counterexample of two or three nodes.',
  formula:
    'F(z)_k = \\rho\\Bigl(z_k,\\ \\sum_i \\alpha\\bigl(z_i,\\ \\sum_{j\\ne i} \\varphi(z_i, z_{ij}, z_j)\\bigr)\\Bigr)',
  symbols: [
    { tex: 'z_i, z_{ij}', text: 'features of a node and of an ordered pair' },
    { tex: '\\varphi, \\alpha, \\rho', text: 'any functions; φ sees pairs, α nodes, ρ answers' },
  ],
  source,
  params: invarianceParams,
  presets: { quick: {}, full: { trials: 500, graphs: 200, layers: 1000 } },
  expectedSeconds: { quick: 6, full: 30 },
  cells: invarianceCells,
  work: () => import('./work.js'),
})
