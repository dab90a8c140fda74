import { withWork } from '../define/definition.js'
import type { Experiment } from '../define/experiment.js'
import { baum } from './baum/experiment.js'
import { escape } from './escape/experiment.js'
import { gdRate } from './gd-rate/experiment.js'
import { hardness } from './hardness/experiment.js'
import { integral } from './integral/experiment.js'
import { landscape } from './landscape/experiment.js'
import { leaky } from './leaky/experiment.js'
import { noOverlap } from './no-overlap/experiment.js'
import { overlapAtlas } from './overlap-atlas/experiment.js'
import { overlapMinimum } from './overlap-minimum/experiment.js'
import { overlapRestarts } from './overlap-restarts/experiment.js'
import { randomInit } from './random-init/experiment.js'
import { sgdExperiment } from './sgd/experiment.js'

/** The experiments on networks with Gaussian inputs. */
export const gaussianExperiments: readonly Experiment[] = [
  integral,
  noOverlap,
  landscape,
  gdRate,
  escape,
  randomInit,
  sgdExperiment,
  withWork(leaky, () => import('./leaky/work.js')),
  overlapMinimum,
  withWork(overlapRestarts, () => import('./overlap-restarts/work.js')),
  withWork(overlapAtlas, () => import('./overlap-atlas/work.js')),
  withWork(hardness, () => import('./hardness/work.js')),
  withWork(baum, () => import('./baum/work.js')),
]
