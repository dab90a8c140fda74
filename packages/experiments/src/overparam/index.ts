import type { Experiment } from '../define/experiment.js'

/** The experiments on over-parameterised networks. */
export const overparamExperiments: readonly Experiment[] = []
