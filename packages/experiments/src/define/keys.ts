import type { Cell } from './experiment.js'

/** A cell with its part and key, as the engine passes it around. */
export interface KeyedCell extends Cell {
  readonly part: string
  readonly cell: object
}

/**
 * The key of a cell, unique in its experiment and part of every stream's name:
 *
 * - a field `key`: that text
 * - no fields: the part's name, 'proofs'
 * - a block `{ from, to }`: 'runs=0-24'
 * - one field named as the part: 'search=3'
 * - otherwise its fields in order, 'point/k=3/leak=0.1', without the part's name if the experiment
 *   has only this part; a block among them is 'k=3/0-24'
 */
export function cellKey(part: string, cell: object, alone: boolean): string {
  const { key, ...fields } = cell as { readonly [name: string]: unknown }
  if (typeof key === 'string') return key
  const { from, to, ...others } = fields
  const block = typeof from === 'number' && typeof to === 'number' ? `${from}-${to - 1}` : undefined
  const named = Object.entries(block === undefined ? fields : others)
  if (named.length === 0) return block === undefined ? part : `${part}=${block}`
  if (block === undefined && named.length === 1 && named[0][0] === part)
    return `${part}=${String(named[0][1])}`
  return [
    ...(alone ? [] : [part]),
    ...named.map(([name, value]) => `${name}=${String(value)}`),
    ...(block === undefined ? [] : [block]),
  ].join('/')
}

/** All cells of a definition, part by part, each with its key. */
export function keyed<P>(
  definition: { readonly cells: { readonly [part: string]: (params: P) => readonly object[] } },
  params: P,
): KeyedCell[] {
  const parts = Object.entries(definition.cells)
  return parts.flatMap(([part, make]) =>
    make(params).map((cell) => ({ key: cellKey(part, cell, parts.length === 1), part, cell })),
  )
}
