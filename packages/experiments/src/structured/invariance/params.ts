import type { Cell } from '../../define/experiment.js'
import { choice, integer } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'
import { names } from './names.js'

export interface InvarianceParams {
  readonly trials: number
  readonly graphs: number
  readonly layers: number
  readonly letters: 'different' | 'repeated'
}

export interface InvarianceCell extends Cell {
  readonly part: 'form' | 'violator' | 'built' | 'path'
  /** of the function, in its list */
  readonly name: string
}

export const invarianceParams: ParamSchema<InvarianceParams> = object({
  trials: integer({
    default: 50,
    min: 4,
    max: 5000,
    scale: 'log',
    help: 'inputs of each of the sizes 1, 2, 3, 5, 8 that a function is tried on',
  }),
  graphs: integer({
    default: 20,
    min: 1,
    max: 2000,
    scale: 'log',
    help: 'random graphs of each size from 2 to 6 on which the construction is compared',
  }),
  layers: integer({
    default: 100,
    min: 1,
    max: 10_000,
    scale: 'log',
    help: 'random layers of the literal form on the path of three nodes',
  }),
  letters: choice({
    default: 'different',
    values: ['different', 'repeated'],
    help: 'features of the nodes of a graph in the construction; it needs different ones',
  }),
})

export function invarianceCells(): InvarianceCell[] {
  const cells = (part: keyof typeof names): InvarianceCell[] =>
    names[part].map((name) => ({ key: `${part}/${name}`, part, name }))
  return [
    ...cells('form'),
    ...cells('violator'),
    ...cells('built'),
    { key: 'path', part: 'path', name: 'path' },
  ]
}
