import { fanoPlane, plantedInstance } from '@nonconvex/gaussian-theory/hardness'
import type { SetSystem } from '@nonconvex/gaussian-theory/data'
import type { Stream } from '@nonconvex/tensor'
import { isSystemName, type SystemName } from './system-fault.js'

const edges = [
  [0, 1],
  [1, 2],
  [0, 2],
]
const k4 = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
]
const planted =
  (n: number, subsets: number) =>
  (shared: Stream): SetSystem =>
    plantedInstance({ n, subsets, stream: shared.child('planted', n) })

/** The set systems that have a name. The planted ones are drawn from the experiment's stream. */
const named: { readonly [name in SystemName]: (shared: Stream) => SetSystem } = {
  fano: () => fanoPlane(),
  'fano-less': () => fanoPlane(2, 6),
  'fano-three': () => fanoPlane(3),
  triangle: () => ({ n: 3, subsets: edges, k: 2 }),
  path: () => ({ n: 3, subsets: edges.slice(0, 2), k: 2 }),
  'k4-three': () => ({ n: 4, subsets: k4, k: 3 }),
  'k4-four': () => ({ n: 4, subsets: k4, k: 4 }),
  'planted-10': planted(10, 20),
  'planted-12': planted(12, 26),
  'planted-14': planted(14, 30),
}

/** The set system that a text describes, after `systemFault`. */
export function systemOf(text: string, shared: Stream): SetSystem {
  if (isSystemName(text)) return named[text](shared)
  const { n, subsets, k } = JSON.parse(text) as SetSystem
  return { n, subsets, k }
}

export const systemTitle = (text: string): string => (isSystemName(text) ? text : 'given as JSON')
