import { withWork } from '../define/definition.js'
import type { Experiment } from '../define/experiment.js'
import { attention } from './attention/experiment.js'
import { cardinality } from './cardinality/experiment.js'
import { counting } from './counting/experiment.js'
import { demo } from './demo/experiment.js'
import { invariance } from './invariance/experiment.js'
import { scenes } from './scenes/experiment.js'
import { tfjsTraining } from './tfjs-training/experiment.js'

/** The experiments on graphs that are labelled jointly. */
export const structuredExperiments: readonly Experiment[] = [
  invariance,
  counting,
  scenes,
  demo,
  attention,
  cardinality,
  withWork(tfjsTraining, () => import('./tfjs-training/work.js')),
]
