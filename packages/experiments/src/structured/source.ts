import type { Source } from '@nonconvex/optim/claims'

/** Where the theorems of this part come from. */
export const source: Source = {
  talk: 'An architecture for scene graphs: graph-permutation invariance',
  paper:
    'Herzig, Raboh, Chechik, Berant, Globerson (2018), Mapping images to scene graphs with permutation-invariant structured prediction, arXiv 1802.05451',
}
