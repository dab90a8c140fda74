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
