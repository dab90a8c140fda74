import type { Experiment } from './define/experiment.js'
import { InputError } from './define/input-error.js'
import { didYouMean } from './define/nearest.js'
import { gaussianExperiments } from './gaussian/index.js'
import { overparamExperiments } from './overparam/index.js'
import { structuredExperiments } from './structured/index.js'

/** Every experiment, in the order in which the report shows them. */
export const experiments: readonly Experiment[] = [
  ...gaussianExperiments,
  ...overparamExperiments,
  ...structuredExperiments,
]

/**
 * The experiment of this id.
 *
 * @param id - '<part>/<name>', as `experiments` lists them
 * @param among - where to look; default all experiments
 * @throws InputError with the nearest id, or all of them where none is near
 *
 * @example
 * import { findExperiment } from '@nonconvex/experiments'
 * console.log(findExperiment('gaussian/no-overlap').title) // → The population loss has a closed form
 */
export function findExperiment(id: string, among: readonly Experiment[] = experiments): Experiment {
  const found = among.find((experiment) => experiment.id === id)
  if (found) return found
  const ids = among.map((experiment) => experiment.id)
  const known = ids.length > 0 ? ids.join(', ') : 'none'
  throw new InputError(
    `unknown experiment ${JSON.stringify(id.slice(0, 100))}${didYouMean(id, ids) || `; known: ${known}`}`,
    undefined,
    'experiment-unknown',
  )
}
