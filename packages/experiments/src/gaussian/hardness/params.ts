import { fanoPlane, plantedInstance } from '@nonconvex/gaussian-theory'
import type { SetSystem } from '@nonconvex/gaussian-theory'
import type { Stream } from '@nonconvex/tensor'
import type { Cell } from '../../define/experiment.js'
import { choice, integer } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'
import { blocks } from '../partial.js'

/** The set systems to choose from. */
type SystemName = 'fano' | 'fano-less' | 'fano-three' | 'triangle' | 'path' | 'planted'

export interface HardnessParams {
  readonly instance: SystemName
  readonly blocked: SystemName
  readonly starts: number
  readonly steps: number
  readonly instances: number
}

/**
 * Starts [from, to) on the instance, on the one that should not split, or on Gaussian inputs of the size of the first;
 * or random instances.
 */
export interface HardnessCell extends Cell {
  readonly part: 'hard' | 'blocked' | 'gaussian' | 'reduction'
  readonly from: number
  readonly to: number
}

const names = ['fano', 'fano-less', 'fano-three', 'triangle', 'path', 'planted'] as const

export const hardnessParams: ParamSchema<HardnessParams> = object({
  instance: choice({
    default: 'fano-less',
    values: names,
    help: 'set system to be split: the Fano plane, the same less a line, in three parts; a triangle; a path; twenty planted triples',
  }),
  blocked: choice({
    default: 'fano',
    values: names,
    help: 'set system for the gap, which needs one that cannot be split: fano or triangle',
  }),
  starts: integer({ default: 300, min: 1, max: 5000, scale: 'log', help: 'random starts' }),
  steps: integer({ default: 20_000, min: 1, max: 1_000_000, scale: 'log', help: 'step budget' }),
  instances: integer({
    default: 200,
    min: 1,
    max: 2000,
    scale: 'log',
    help: 'random set systems on which reduction and brute force are compared',
  }),
})

/** A set system by its name. The planted one is drawn from the experiment's stream. */
export function systemOf(name: SystemName, shared: Stream): SetSystem {
  const edges = [
    [0, 1],
    [1, 2],
    [0, 2],
  ]
  switch (name) {
    case 'fano':
      return fanoPlane()
    case 'fano-less':
      return fanoPlane(2, 6)
    case 'fano-three':
      return fanoPlane(3)
    case 'triangle':
      return { n: 3, subsets: edges, k: 2 }
    case 'path':
      return { n: 3, subsets: edges.slice(0, 2), k: 2 }
    case 'planted':
      return plantedInstance({ n: 10, subsets: 20, stream: shared.child('planted') })
  }
}

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
