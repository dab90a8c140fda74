import type { Source } from '@nonconvex/optim/claims'

/** The source of the theorems of this part. */
export const source: Source = {
  talk: 'An architecture for scene graphs: graph-permutation invariance',
  paper:
    'Herzig, Raboh, Chechik, Berant, Globerson (2018), Mapping images to scene graphs with permutation-invariant structured prediction, arXiv 1802.05451',
}
