import { checkSetSystem, type SetSystem } from '@nonconvex/gaussian-theory/data'
import { didYouMean } from '../../define/nearest.js'
import { jsonFault } from '../../result/json-fault.js'

export const systemNames = [
  'fano',
  'fano-less',
  'fano-three',
  'triangle',
  'path',
  'k4-three',
  'k4-four',
  'planted-10',
  'planted-12',
  'planted-14',
] as const

export type SystemName = (typeof systemNames)[number]

export const isSystemName = (text: string): text is SystemName =>
  (systemNames as readonly string[]).includes(text)

const FORM = '{"n": 3, "subsets": [[0,1],[1,2]], "k": 2}'
const MOST_PARTS = 10
/** Assignments that brute force tries. */
const MOST_ASSIGNMENTS = 2 ** 26

/**
 * The fault of a text that is neither a name nor a set system in JSON; undefined if there is none.
 */
export function systemFault(parameter: string, text: string): string | undefined {
  if (isSystemName(text)) return undefined
  const where = `parameter ${parameter}`
  if (!text.startsWith('{'))
    return `${where}: expected one of ${systemNames.join(', ')}, or JSON like ${FORM}, got ${shown(text)}${didYouMean(text, systemNames)}`
  const fault = jsonFault(text)
  if (fault !== undefined)
    return `${where}: not JSON from character ${fault.at + 1} on, at ${shown(text.slice(fault.at, fault.at + 12)) || 'the end'}; expected a set system like ${FORM}`
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
  if (!isWithin(MOST_ASSIGNMENTS, system.k, system.n - 1))
    return `${where}: k^(n−1) must be at most 2^26 so that brute force can try all partitions, got ${system.k}^${system.n - 1}; take fewer elements`
  return undefined
}

/** k^n ≤ most, for integers k ≥ 2 and n ≥ 0. */
function isWithin(most: number, k: number, n: number): boolean {
  let product = 1
  for (let i = 0; i < n && product <= most; i++) product *= k
  return product <= most
}

const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)
