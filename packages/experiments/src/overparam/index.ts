import type { Experiment } from '../define/experiment.js'
import { mnistExperiment } from './mnist/mnist.js'
import { updatesExperiment } from './updates/updates.js'

/** The experiments on over-parameterised networks. */
export const overparamExperiments: readonly Experiment[] = [updatesExperiment, mnistExperiment]
