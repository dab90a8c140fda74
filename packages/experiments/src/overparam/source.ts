import type { Source } from '@nonconvex/optim/claims'

/** The sources of the theorems of this part. */
export const source: Source = {
  talk: 'Overparameterized networks on separable data',
  paper:
    'Brutzkus, Globerson, Malach, Shalev-Shwartz (2018), SGD learns over-parameterized networks that provably generalize on linearly separable data, arXiv 1710.10174',
}
