import { checkSetSystem, fanoPlane, plantedInstance } from '@nonconvex/gaussian-theory'
import type { SetSystem } from '@nonconvex/gaussian-theory'
import { power } from '@nonconvex/tensor'
import type { Stream } from '@nonconvex/tensor'
import { didYouMean } from '../../define/nearest.js'
import { jsonFault } from '../../result/json-fault.js'

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
const named: { readonly [name: string]: (shared: Stream) => SetSystem } = {
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

/** The names of set systems. */
export const systemNames: readonly string[] = Object.keys(named)

/** The system that a text says; it has passed `systemFault`. */
export function systemOf(text: string, shared: Stream): SetSystem {
  if (Object.hasOwn(named, text)) return named[text](shared)
  const { n, subsets, k } = JSON.parse(text) as SetSystem
  return { n, subsets, k }
}

/** A short name for tables and figures. */
export const systemTitle = (text: string): string =>
  Object.hasOwn(named, text) ? text : 'given as JSON'

const FORM = '{"n": 3, "subsets": [[0,1],[1,2]], "k": 2}'
const MOST_PARTS = 10
/** Assignments that brute force tries. */
const MOST_ASSIGNMENTS = 2 ** 26

/** What is wrong with a text that should be a name or a set system in JSON, where, and what to do; undefined if nothing is. */
export function systemFault(parameter: string, text: string): string | undefined {
  if (Object.hasOwn(named, text)) return undefined
  const where = `parameter ${parameter}`
  if (!text.startsWith('{'))
    return `${where}: expected one of ${systemNames.join(', ')}, or JSON like ${FORM}, got ${shown(text)}${didYouMean(text, systemNames)}`
  const at = jsonFault(text)
  if (at >= 0)
    return `${where}: not JSON from character ${at + 1} on, at ${shown(text.slice(at, at + 12)) || 'the end'}; expected a set system like ${FORM}`
  return valueFault(where, JSON.parse(text) as { readonly [key: string]: unknown })
}

function valueFault(where: string, value: { readonly [key: string]: unknown }): string | undefined {
  const unknown = Object.keys(value).find((key) => !['n', 'subsets', 'k'].includes(key))
  if (unknown !== undefined)
    return `${where}: unknown key ${shown(unknown)}; expected n, subsets and k, like ${FORM}`
  const missing = ['n', 'subsets', 'k'].find((key) => !Object.hasOwn(value, key))
  if (missing !== undefined) return `${where}: ${missing} is missing; expected ${FORM}`
  const { n, subsets, k } = value
  if (!Array.isArray(subsets) || !subsets.every((subset) => Array.isArray(subset)))
    return `${where}: subsets must be a list of lists of elements, like [[0,1],[1,2]], got ${shown(JSON.stringify(subsets))}`
  const system = { n, subsets, k } as SetSystem
  try {
    checkSetSystem(where, system)
  } catch (error) {
    return `${(error as Error).message}; elements are 0 … n − 1, and every subset has two or more`
  }
  if (system.k > MOST_PARTS)
    return `${where}: k must be at most ${MOST_PARTS} parts, got ${system.k}`
  if (power(system.k, system.n - 1) > MOST_ASSIGNMENTS)
    return `${where}: k^(n−1) must be at most 2^26 so that brute force can try all partitions, got ${system.k}^${system.n - 1}; take fewer elements`
  return undefined
}

const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)
