import {
  forward,
  type Dataset,
  type Net,
  type SgdOptions,
  type SgdOutcome,
} from '@nonconvex/overparam'
import type { Stream } from '@nonconvex/tensor'
import { pack, type Packed } from '../../result/packed.js'
import { plantedData } from '../runs/planted.js'
import { scaledRun } from '../runs/run-options.js'
import type { ParamsOf } from '../../define/definition.js'
import type { inductiveBias } from './experiment.js'

/** A run in the plane: what the network says before and after, and where its units point. */
export type PlaneMeasured = {
  readonly kind: 'plane'
  readonly updates: number
  /** [n, 3]: x, y and label of the examples */
  readonly examples: Packed
  /** [grid, grid] outputs before and after on [−reach, reach]² */
  readonly before: Packed
  readonly after: Packed
  /** [2k, 2] */
  readonly unitsBefore: Packed
  readonly unitsAfter: Packed
}

export const GRID = 41
export const REACH = 1.2
/** Units of each sign, and examples. */
const K = 8
const N = 40

type Train = (data: Dataset, options: SgdOptions) => SgdOutcome

/** One run on points of the plane with norm 1. */
export function planeOf(
  {
    params: p,
    shared,
  }: { readonly params: ParamsOf<typeof inductiveBias>; readonly shared: Stream },
  train: Train,
): { readonly measured: PlaneMeasured; readonly outcome: SgdOutcome } {
  const stream = shared.child('plane')
  const { data } = plantedData({ n: N, d: 2, gamma: p.gamma }, stream.child('data'))
  const { alpha, eta, epochs } = p
  const options = scaledRun(stream, { k: K, d: 2, alpha, eta, maxSteps: epochs * N })
  const outcome = train(data, options)
  const examples = new Float64Array(3 * N)
  data.y.forEach((label, i) => examples.set([...data.x.data.slice(2 * i, 2 * i + 2), label], 3 * i))
  const { net } = outcome
  return {
    outcome,
    measured: {
      kind: 'plane',
      updates: outcome.updates,
      examples: pack(examples, [N, 3]),
      before: outputs({ ...net, weights: options.start }),
      after: outputs(net),
      unitsBefore: pack(options.start, [2 * K, 2]),
      unitsAfter: pack(net.weights, [2 * K, 2]),
    },
  }
}

/** On the grid, row 0 the lowest. */
function outputs(net: Net): Packed {
  const at = (i: number): number => -REACH + (2 * REACH * i) / (GRID - 1)
  const points = new Float64Array(2 * GRID * GRID)
  for (let i = 0; i < GRID; i++)
    for (let j = 0; j < GRID; j++) points.set([at(j), at(i)], 2 * (i * GRID + j))
  return pack(forward(net, { rows: GRID * GRID, cols: 2, data: points }), [GRID, GRID])
}
