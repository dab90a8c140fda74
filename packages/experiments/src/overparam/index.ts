import type { Experiment } from '../define/experiment.js'
import { generalizationExperiment } from './generalization/generalization.js'
import { inductiveBiasExperiment } from './inductive-bias/inductive-bias.js'
import { mnistExperiment } from './mnist/mnist.js'
import { perceptronExperiment } from './perceptron/perceptron.js'
import { reluFailureExperiment } from './relu-failure/relu-failure.js'
import { reluPositiveExperiment } from './relu-positive/relu-positive.js'
import { updatesExperiment } from './updates/updates.js'

/** The experiments on over-parameterised networks. */
export const overparamExperiments: readonly Experiment[] = [
  updatesExperiment,
  generalizationExperiment,
  mnistExperiment,
  reluFailureExperiment,
  reluPositiveExperiment,
  inductiveBiasExperiment,
  perceptronExperiment,
]
