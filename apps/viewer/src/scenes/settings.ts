import { findExperiment } from '@nonconvex/experiments'
import { experiment } from './demo.js'
import type { Settings } from './messages.js'

/** Those of the experiment's quick preset, so that it speaks of these very networks. */
export function settingsOf(seed: number): Settings {
  const demo = findExperiment(experiment)
  const params = demo.params.parse({ ...demo.presets.quick }) as Omit<Settings, 'seed'>
  const { train, test, steps, hidden, inner, relation } = params
  return { seed, train, test, steps, hidden, inner, relation }
}
