import type { Json } from '@nonconvex/optim/claims'
import { networkDefaults, type NetworkOptions } from '@nonconvex/structured/network'
import type { SceneTask } from '@nonconvex/structured/recall'
import type { FitScenesFlags } from '../command-line/data-commands.js'
import { badInput } from '../exit.js'
import { refuseFlags } from './scene-flags.js'

export type { NetworkOptions }

export const networkModels = ['network', 'per-object'] as const

const names = ['task', ...Object.keys(networkDefaults)] as const

/**
 * The options of a network, or nothing where the model is none; flags that then mean nothing are
 * refused.
 */
export function networkOptions(model: string, flags: FitScenesFlags): NetworkOptions | undefined {
  const kind = networkModels.find((each) => each === model)
  if (kind === undefined) {
    refuseFlags({ ...flags }, [...names, 'resume'], `--model ${networkModels.join(' or ')}`)
    return undefined
  }
  if (kind === 'per-object')
    refuseFlags({ ...flags }, ['steps', 'attention'], '--model network: this one has no context')
  const { hidden, steps, attention, rate, epochs, batch, seed } = { ...networkDefaults, ...flags }
  // rates beyond make every step a jump
  if (rate > 1)
    throw badInput(
      'flag-value',
      `--rate ${rate}: expected a learning rate of at most 1, as in --rate 0.001`,
    )
  return { model: kind, hidden, steps, attention, rate, epochs, batch, seed }
}

/** The same for a document; of the baseline without context only what it has. */
export function optionsJson(
  options: NetworkOptions,
  task: SceneTask,
): { readonly [name: string]: Json } {
  const { model, hidden, steps, attention, rate, epochs, batch, seed } = options
  return {
    model,
    task,
    hidden,
    ...(model === 'network' && { steps, attention }),
    rate,
    epochs,
    batch,
    seed,
  }
}
