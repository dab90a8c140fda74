import type { Cell } from '../../define/experiment.js'
import { integer, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface DemoParams {
  readonly train: number
  readonly test: number
  readonly steps: number
  readonly hidden: number
  readonly seeds: number
  readonly inner: number
  readonly relation: number
}

/** The networks: object by object; joint, with sums; joint, with attention on each feature. */
export const networks: readonly ['single', 'sum', 'attention'] = ['single', 'sum', 'attention']

export interface DemoCell extends Cell {
  /** `rule` is the best rule that looks at single objects and single pairs; it is not trained */
  readonly part: (typeof networks)[number] | 'rule'
}

export const demoParams: ParamSchema<DemoParams> = object({
  train: integer({
    default: 4000,
    min: 50,
    max: 100_000,
    scale: 'log',
    help: 'scenes to learn from',
  }),
  test: integer({ default: 1000, min: 20, max: 20_000, scale: 'log', help: 'fresh scenes' }),
  steps: integer({
    default: 2000,
    min: 10,
    max: 100_000,
    scale: 'log',
    help: 'steps of Adam at most, of 20 scenes each',
  }),
  hidden: integer({
    default: 64,
    min: 2,
    max: 512,
    scale: 'log',
    symbol: 'H',
    help: 'hidden units',
  }),
  seeds: integer({ default: 2, min: 1, max: 50, help: 'networks of each kind' }),
  inner: real({
    default: 0.5,
    min: 0,
    max: 6,
    help: 'how far the detector tells the members of a confusable group apart, in units of its noise',
  }),
  relation: real({
    default: 3,
    min: 0,
    max: 10,
    help: 'how far it tells predicates apart, in units of its noise',
  }),
})

export function demoCells({ seeds }: DemoParams): DemoCell[] {
  const trained = networks.flatMap((part) =>
    Array.from({ length: seeds }, (_, seed) => ({ key: `${part}/seed=${seed}`, part })),
  )
  return [{ key: 'rule', part: 'rule' }, ...trained]
}
