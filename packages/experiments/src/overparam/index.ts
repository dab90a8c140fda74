import { withWork } from '../define/definition.js'
import type { Experiment } from '../define/experiment.js'
import { compressionLimits } from './compression-limits/experiment.js'
import { generalization } from './generalization/experiment.js'
import { inductiveBias } from './inductive-bias/experiment.js'
import { memorize } from './memorize/experiment.js'
import { mnist } from './mnist/experiment.js'
import { perceptron } from './perceptron/experiment.js'
import { reluFailure } from './relu-failure/experiment.js'
import { reluPositive } from './relu-positive/experiment.js'
import { tightness } from './tightness/experiment.js'
import { updates } from './updates/experiment.js'
import { width } from './width/experiment.js'

/** The experiments on overparameterized networks. */
export const overparamExperiments: readonly Experiment[] = [
  withWork(updates, () => import('./updates/work.js')),
  withWork(tightness, () => import('./tightness/work.js')),
  withWork(generalization, () => import('./generalization/work.js')),
  withWork(compressionLimits, () => import('./compression-limits/work.js')),
  withWork(mnist, () => import('./mnist/work.js')),
  withWork(width, () => import('./width/work.js')),
  withWork(memorize, () => import('./memorize/work.js')),
  withWork(reluFailure, () => import('./relu-failure/work.js')),
  withWork(reluPositive, () => import('./relu-positive/work.js')),
  withWork(inductiveBias, () => import('./inductive-bias/work.js')),
  withWork(perceptron, () => import('./perceptron/work.js')),
]
