import { withWork } from '../define/definition.js'
import type { Experiment } from '../define/experiment.js'
import { baum } from './baum/experiment.js'
import { du } from './du/experiment.js'
import { escape } from './escape/experiment.js'
import { gdRate } from './gd-rate/experiment.js'
import { hardness } from './hardness/experiment.js'
import { integral } from './integral/experiment.js'
import { landscape } from './landscape/experiment.js'
import { leaky } from './leaky/experiment.js'
import { linearNets } from './linear-nets/experiment.js'
import { momentum } from './momentum/experiment.js'
import { noOverlap } from './no-overlap/experiment.js'
import { overlapAtlas } from './overlap-atlas/experiment.js'
import { overlapMinimum } from './overlap-minimum/experiment.js'
import { overlapRestarts } from './overlap-restarts/experiment.js'
import { randomInit } from './random-init/experiment.js'
import { safranShamir } from './safran-shamir/experiment.js'
import { sgd } from './sgd/experiment.js'
import { tightness } from './tightness/experiment.js'
import { zhong } from './zhong/experiment.js'

/** The experiments on networks with Gaussian inputs. */
export const gaussianExperiments: readonly Experiment[] = [
  withWork(integral, () => import('./integral/work.js')),
  withWork(noOverlap, () => import('./no-overlap/work.js')),
  withWork(landscape, () => import('./landscape/work.js')),
  withWork(gdRate, () => import('./gd-rate/work.js')),
  withWork(tightness, () => import('./tightness/work.js')),
  withWork(momentum, () => import('./momentum/work.js')),
  withWork(escape, () => import('./escape/work.js')),
  withWork(randomInit, () => import('./random-init/work.js')),
  withWork(sgd, () => import('./sgd/work.js')),
  withWork(leaky, () => import('./leaky/work.js')),
  withWork(du, () => import('./du/work.js')),
  withWork(safranShamir, () => import('./safran-shamir/work.js')),
  withWork(zhong, () => import('./zhong/work.js')),
  withWork(linearNets, () => import('./linear-nets/work.js')),
  withWork(overlapMinimum, () => import('./overlap-minimum/work.js')),
  withWork(overlapRestarts, () => import('./overlap-restarts/work.js')),
  withWork(overlapAtlas, () => import('./overlap-atlas/work.js')),
  withWork(hardness, () => import('./hardness/work.js')),
  withWork(baum, () => import('./baum/work.js')),
]
