import { blocks } from '../../define/blocks.js'
import type { Cell } from '../../define/experiment.js'
import { integer, real, text } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'
import { systemFault, systemNames } from './system-fault.js'

export interface HardnessParams {
  /** a name, or JSON */
  readonly instance: string
  readonly blocked: string
  readonly starts: number
  readonly eta: number
  readonly steps: number
  readonly instances: number
}

/**
 * Starts [from, to) on the instance, on the one that should not split, or on Gaussian inputs of the
 * size of the first; or random instances.
 */
export interface HardnessCell extends Cell {
  readonly part: 'hard' | 'blocked' | 'gaussian' | 'reduction'
  readonly from: number
  readonly to: number
}

const system = {
  // both systems, with every bracket and quote encoded, must fit into an address of 4000 characters
  maxLength: 600,
  form: 'the name of a set system, or JSON {"n": …, "subsets": [[…], …], "k": …}',
  suggestions: systemNames,
}

const fields = {
  instance: text({
    default: 'fano-less',
    ...system,
    help: `set system to be split: ${systemNames.join(', ')}, or JSON with n elements, lists of them as subsets, and k parts`,
  }),
  blocked: text({
    default: 'fano',
    ...system,
    help: 'set system for the gap, which needs one that cannot be split: fano, triangle, k4-three, or JSON',
  }),
  starts: integer({ default: 300, min: 1, max: 5000, scale: 'log', help: 'random starts' }),
  eta: real({
    default: 0.5,
    min: 1e-3,
    max: 10,
    scale: 'log',
    symbol: '\\eta',
    help: 'step size of descent on set systems; one that is far too long turns every window off',
  }),
  steps: integer({ default: 20_000, min: 1, max: 1_000_000, scale: 'log', help: 'step budget' }),
  instances: integer({
    default: 200,
    min: 1,
    max: 2000,
    scale: 'log',
    help: 'random set systems on which reduction and brute force are compared',
  }),
}

export const hardnessParams: ParamSchema<HardnessParams> = object(fields, (values) =>
  (['instance', 'blocked'] as const).flatMap((where) => {
    const message = systemFault(where, values[where])
    return message === undefined ? [] : [{ where, message }]
  }),
)

const BLOCK = 50

export function hardnessCells({ starts, instances }: HardnessParams): HardnessCell[] {
  const of = (part: HardnessCell['part'], total: number): HardnessCell[] =>
    blocks(total, BLOCK).map(({ from, to }) => ({
      key: `${part}=${from}-${to - 1}`,
      part,
      from,
      to,
    }))
  return [
    ...of('reduction', instances),
    ...of('hard', starts),
    ...of('blocked', starts),
    ...of('gaussian', starts),
  ]
}
