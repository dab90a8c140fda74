import type { Experiment } from '../define/experiment.js'
import { withWork } from '../define/definition.js'
import { attention } from './attention/experiment.js'
import { cardinality } from './cardinality/experiment.js'
import { constrainedScenes } from './constrained-scenes/experiment.js'
import { context } from './context/experiment.js'
import { counting } from './counting/experiment.js'
import { demo } from './demo/experiment.js'
import { inference } from './inference/experiment.js'
import { invariance } from './invariance/experiment.js'
import { mistakes } from './mistakes/experiment.js'
import { multilabel } from './multilabel/experiment.js'
import { predictAndConstrain } from './predict-and-constrain/experiment.js'
import { projections } from './projections/experiment.js'
import { scenes } from './scenes/experiment.js'
import { trainingCertificates } from './training-certificates/experiment.js'
import { tfjsTraining } from './tfjs-training/experiment.js'

/** The experiments on joint labeling of graphs. */
export const structuredExperiments: readonly Experiment[] = [
  withWork(invariance, () => import('./invariance/work.js')),
  withWork(counting, () => import('./counting/work.js')),
  withWork(scenes, () => import('./scenes/work.js')),
  withWork(demo, () => import('./demo/work.js')),
  withWork(attention, () => import('./attention/work.js')),
  withWork(cardinality, () => import('./cardinality/work.js')),
  withWork(projections, () => import('./projections/work.js')),
  withWork(constrainedScenes, () => import('./constrained-scenes/work.js')),
  withWork(multilabel, () => import('./multilabel/work.js')),
  withWork(predictAndConstrain, () => import('./predict-and-constrain/work.js')),
  withWork(context, () => import('./context/work.js')),
  withWork(inference, () => import('./inference/work.js')),
  withWork(mistakes, () => import('./mistakes/work.js')),
  withWork(trainingCertificates, () => import('./training-certificates/work.js')),
  withWork(tfjsTraining, () => import('./tfjs-training/work.js')),
]
