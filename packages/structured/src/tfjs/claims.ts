import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { atLeast, interval, least } from '../by-interval.js'

const task = 'counting the neighbors of the own class on random graphs'

/** The difference between two computations of the same scores. */
export interface ScoresCompared {
  /** the largest difference */
  readonly difference: number
  /** the largest fraction of the rounding error bound, label by label */
  readonly used: number
}

export const tfjsForward = claim(
  'structured/tfjs-forward',
  'The scores of the trained TensorFlow.js model equal the float64 reference up to float32 rounding',
  'float64',
  { ours: 'error bound of float32 sums, by the network with absolute weights' },
  ({ difference, used }: ScoresCompared) => ({
    statement: `max difference ${readable(difference, 3)}, ${readable(used, 3)} of the float32 error bound`,
    measured: used,
    relation: '<=',
    bound: 1,
  }),
)

export const tfjsEquivariant = claim(
  'structured/tfjs-equivariant',
  'Permuting the nodes of a graph permutes the predictions of the TensorFlow.js model',
  'float64',
  { talk: 'Graph-permutation invariance', ours: 'twice the error bound of float32 sums' },
  ({ difference, used }: ScoresCompared) => ({
    statement: `max change ${readable(difference, 3)}, ${readable(used, 3)} of the error bound of reordered float32 sums`,
    measured: used,
    relation: '<=',
    bound: 1,
  }),
)

export const tfjsSaved = claim(
  'structured/tfjs-saved',
  'A TensorFlow.js model makes bit-identical predictions after it is saved and loaded',
  'float64',
  { ours: 'weights travel as float32' },
  ({ predictions, changed }: { readonly predictions: number; readonly changed: number }) => ({
    statement: `${readable(changed)} of ${readable(predictions)} predictions change`,
    measured: changed,
    relation: '==',
    bound: 0,
  }),
)

/** Tolerated loss of accuracy, and the test accuracy that the reference must reach. */
const [MARGIN, LEARNED] = [0.02, 0.8]

export const tfjsTrains = claim(
  'structured/tfjs-trains',
  'Training with model.fit in float32 reaches the test accuracy of training in float64',
  'statistical',
  { ours: task },
  ({
    gains,
    reference,
  }: {
    /** accuracy of model.fit less that of float64 on the same test graphs, for each initialization */
    readonly gains: readonly MeanWithError[]
    /** the lowest test accuracy of training in float64 */
    readonly reference: number
  }) => ({
    statement: `difference in test accuracy at least ${interval(least(gains))} (limit −${MARGIN})`,
    ...atLeast(gains, -MARGIN),
    hypotheses: [
      hypothesis('both start from the same weights and use the same batches', 'by construction'),
      hypothesis(
        `training in float64 reaches test accuracy ${LEARNED}`,
        reference >= LEARNED,
        reference,
      ),
    ],
  }),
)
