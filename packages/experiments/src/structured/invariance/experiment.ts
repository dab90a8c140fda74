import { experiment } from '../../define/definition.js'
import { choice, integer } from '../../define/fields.js'
import { source } from '../source.js'

/**
 * Names of the functions that are tried, apart from the functions: the page lists them before it
 * asks for what computes.
 */
export const names = {
  /** of the form of the theorem */
  form: [
    'local form, sum',
    'local form, mean',
    'local form, neighbour attention',
    'local form, feature attention',
    'literal form, sum',
    'literal form, mean',
    'literal form, neighbour attention',
    'literal form, feature attention',
    'DeepSets',
    'message passing, 3 rounds',
    'structure2vec, 3 rounds',
    'parallel mean field',
    'sum-product, flooding',
    'max-product, flooding',
    'sum-product, damped',
    'a layer applied 3 times',
    'how many nodes are smaller',
  ],
  /** reading positions, openly or by the way */
  violator: [
    'prefix sums',
    'argsort as a feature',
    'the place as a feature',
    'LSTM over the neighbours in order',
    'the largest, ties to the first',
    'mean field, one node after the other',
  ],
  /** on graphs of a finite alphabet, for the construction */
  built: ['degree', 'triangles through a node', 'neighbours alike mod 3', 'place + degree'],
} as const

/** A cell for each function of a part. */
const named = (part: keyof typeof names) =>
  names[part].map((name) => ({ key: `${part}/${name}`, name }))

/** The theorem both ways, and what its hypothesis is needed for. */
export const invariance = experiment({
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
  params: {
    trials: integer({
      default: 50,
      min: 4,
      max: 5000,
      scale: 'log',
      help: 'inputs of each of the sizes 1, 2, 3, 5, 8 that a function is tried on',
    }),
    graphs: integer({
      default: 20,
      min: 1,
      max: 2000,
      scale: 'log',
      help: 'random graphs of each size from 2 to 6 on which the construction is compared',
    }),
    layers: integer({
      default: 100,
      min: 1,
      max: 10_000,
      scale: 'log',
      help: 'random layers of the literal form on the path of three nodes',
    }),
    letters: choice({
      default: 'different',
      values: ['different', 'repeated'],
      help: 'features of the nodes of a graph in the construction; it needs different ones',
    }),
  },
  presets: { quick: {}, full: { trials: 500, graphs: 200, layers: 1000 } },
  expectedSeconds: { quick: 6, full: 30 },
  cells: {
    form: () => named('form'),
    violator: () => named('violator'),
    built: () => named('built'),
    path: () => [{}],
  },
})
