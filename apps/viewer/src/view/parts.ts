import { experiments, type Experiment, type Part } from '@nonconvex/experiments'
import type { Explorer } from '../explore/explorer.js'
import { explorers } from '../explore/explorers.js'

/** The three arguments of the talk, in its order. */
const parts: readonly { readonly part: Part; readonly title: string }[] = [
  { part: 'optimization', title: 'Optimization' },
  { part: 'generalization', title: 'Generalization' },
  { part: 'architecture', title: 'Architecture' },
]

/** The experiments of a part, in the order of the registry. */
export function experimentsOf(part: Part): readonly Experiment[] {
  return experiments.filter((experiment) => experiment.part === part)
}

/** The explorers of a part. */
export function explorersOf(part: Part): readonly Explorer[] {
  return explorers.filter((explorer) => explorer.part === part)
}

/** The parts of the talk of which something can be run here. */
export const partsWithExperiments: typeof parts = parts.filter(
  ({ part }) => experimentsOf(part).length > 0,
)
