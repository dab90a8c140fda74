import { halfSpaceSample, type LabeledPoints } from '@nonconvex/gaussian-theory/baum'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import type { baum, Params } from './experiment.js'

export type HalfSpaces = { readonly u: readonly number[]; readonly v: readonly number[] }

/** Runs [from, to) on one distribution of n inputs. */
export type Runs = Omit<CellsOf<typeof baum>['runs'], 'key'>

/** The part of a cell's context that the experiment uses. */
export type Context = Pick<MeasureContext<Params>, 'params' | 'stream' | 'signal'>

/** Random directions; for lifted inputs, whose third coordinate is constant, the first two axes. */
export function pairsOf({ kind, n, from, to }: Runs, { stream }: Context): HalfSpaces[] {
  return Array.from({ length: to - from }, (_, i) => {
    if (kind.startsWith('lifted')) return { u: [1, 0, 0], v: [0, 1, 0] }
    const draws = stream.child('run', from + i)
    const unit = (name: string): number[] => Array.from(draws.child(name).unitVector(n))
    return { u: unit('u'), v: unit('v') }
  })
}

export function sampler(
  { kind, from }: Runs,
  i: number,
  { u, v }: HalfSpaces,
  { stream, signal }: Context,
): (name: string, count: number) => LabeledPoints {
  signal.throwIfAborted()
  const draws = stream.child('run', from + i)
  return (name, count) => halfSpaceSample({ u, v, kind, count, stream: draws.child(name) })
}
