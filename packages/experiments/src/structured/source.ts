import type { Source } from '@nonconvex/optim/claims'

/** The source of the theorems of this part. */
export const source: Source = {
  talk: 'An architecture for scene graphs: graph-permutation invariance',
  paper:
    'Herzig, Raboh, Chechik, Berant, Globerson (2018), Mapping images to scene graphs with permutation-invariant structured prediction, arXiv 1802.05451',
}

/** The source of the experiments on constraints on labels. */
export const predictAndConstrain = {
  talk: 'Predict and constrain: labels y with f(y) = c, learned end to end',
  paper:
    'Brukhim, Globerson (2018), Predict and constrain: modeling cardinality in deep structured prediction, ICML, arXiv 1802.04721',
} as const satisfies Source
