import { experiment, type ParamsOf } from '../../define/definition.js'
import { choice, count } from '../../define/fields.js'
import { source } from '../source.js'

/** Names of the functions; the functions are in their own file, so that lists load without them. */
export const names = {
  /** of the form of the theorem */
  form: [
    'per-node form, sum',
    'per-node form, mean',
    'per-node form, neighbor attention',
    'per-node form, feature attention',
    'theorem form, sum',
    'theorem form, mean',
    'theorem form, neighbor attention',
    'theorem form, feature attention',
    'DeepSets',
    'message passing, 3 rounds',
    'structure2vec, 3 rounds',
    'parallel mean field',
    'sum-product, flooding',
    'max-product, flooding',
    'sum-product, damped',
    'a layer applied 3 times',
    'number of smaller nodes',
  ],
  /** depending on node positions */
  violator: [
    'prefix sums',
    'argsort as a feature',
    'position as a feature',
    'LSTM over the neighbors in order',
    'first maximum',
    'sequential mean field',
  ],
  /** on graphs of a finite alphabet, for the construction */
  built: ['degree', 'triangles through a node', 'similar neighbors mod 3', 'position + degree'],
} as const

/** Names in the keys of cells, where they differ: random streams depend on keys. */
const keys: { readonly [name: string]: string } = {
  'number of smaller nodes': 'how many nodes are smaller',
  'position as a feature': 'the place as a feature',
  'LSTM over the neighbors in order': 'LSTM over the neighbours in order',
  'first maximum': 'the largest, ties to the first',
  'sequential mean field': 'mean field, one node after the other',
  'similar neighbors mod 3': 'neighbours alike mod 3',
  'position + degree': 'place + degree',
}

const keyOf = (name: string): string =>
  keys[name] ??
  name
    .replace('per-node form', 'local form')
    .replace('theorem form', 'literal form')
    .replace('neighbor', 'neighbour')

/** A cell for each function of a part. */
const named = (part: keyof typeof names) =>
  names[part].map((name) => ({ key: `${part}/${keyOf(name)}`, name }))

/** Both directions of the theorem, and its hypothesis. */
export const invariance = experiment({
  id: 'structured/invariance',
  part: 'architecture',
  name: 'Invariance',
  title: 'A function is graph-permutation invariant if and only if it is a composition of two sums',
  about:
    'A function that labels the nodes of a graph is graph-permutation invariant if permuting the nodes permutes the labels. ' +
    'Every function of the form below is invariant, and on nodes with distinct features every invariant function has this form: $\\varphi$, $\\alpha$, $\\rho$ are constructed from the function. ' +
    'A property checker searches for violations on inputs with many ties, and shrinks them to counterexamples of two or three nodes.',
  formula:
    'F(z)_k = \\rho\\Bigl(z_k,\\ \\sum_i \\alpha\\bigl(z_i,\\ \\sum_{j\\ne i} \\varphi(z_i, z_{ij}, z_j)\\bigr)\\Bigr)',
  symbols: [
    { tex: 'z_i, z_{ij}', text: 'features of a node and of an ordered pair' },
    {
      tex: '\\varphi, \\alpha, \\rho',
      text: 'any functions: φ of pairs, α of nodes, ρ of a node and the pooled vector',
    },
  ],
  source,
  params: {
    trials: count(50, 5000, 'random inputs of each size 1, 2, 3, 5 and 8 for each function', {
      min: 4,
    }),
    graphs: count(
      20,
      2000,
      'random graphs of each size from 2 to 6 nodes on which the construction is checked',
    ),
    layers: count(
      100,
      10_000,
      'random layers of the theorem’s form, evaluated on the path of three nodes',
    ),
    letters: choice({
      default: 'different',
      values: ['different', 'repeated'],
      help: 'node features for the construction, which requires different features at all nodes',
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

export type Params = ParamsOf<typeof invariance>
