import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { stream, type Stream } from '../index.js'

// The first numbers of named streams. They may change only in a major version: results of others
// depend on them.

const draw = (s: Stream, kind: 'uniform' | 'normal') => Array.from({ length: 4 }, () => s[kind]())
const sha256 = (x: Float64Array) =>
  createHash('sha256').update(new Uint8Array(x.buffer)).digest('hex')

const frozen: readonly {
  open: () => Stream
  uniform: number[]
  normal: number[]
  integer: number[]
  permutation: number[]
  sample: number[]
  digest: string
}[] = [
  {
    open: () => stream(0),
    uniform: [0.16937539443269978, 0.9900733585025198, 0.02706902197321359, 0.9743424433006226],
    normal: [0.9566364411889986, -0.02488496839559178, 1.9257304160126438, -0.06435835819204576],
    integer: [169, 990, 27, 974, 792, 853, 47, 44, 72, 200],
    permutation: [9, 2, 3, 7, 5, 4, 6, 0, 8, 1],
    sample: [169375, 990073, 27070, 974342, 792754],
    digest: 'e9ed7eb8dae2fa19d4ed7ef3e15d24fc53c052e20295bbabeccf85907cacf218',
  },
  {
    open: () => stream(1).child('restarts', 17),
    uniform: [0.7324163933525388, 0.27451437869858386, 0.9494282171406131, 0.5805598687893726],
    normal: [-0.730912194984172, 0.5992161456847611, -0.12710608640718957, -1.401315535365067],
    integer: [732, 274, 949, 580, 296, 409, 483, 912, 961, 692],
    permutation: [0, 3, 6, 5, 8, 1, 4, 9, 2, 7],
    sample: [732416, 274515, 949428, 580561, 296459],
    digest: '32b438f1dcb11e9196eb8db1d029a6a51e64ae8d5e2919830bec192ea78de2bf',
  },
  {
    open: () => stream(2 ** 53 - 1).child('a/b'),
    uniform: [0.3289282646523214, 0.9239446840833588, 0.5708630836524672, 0.8415353826001163],
    normal: [0.4428744771455981, -0.19181213109911957, -1.4693932123450886, -0.40827639771133645],
    integer: [328, 923, 570, 841, 368, 287, 516, 77, 615, 111],
    permutation: [9, 7, 0, 6, 1, 2, 5, 4, 8, 3],
    sample: [328928, 923944, 570863, 841535, 368629],
    digest: '82445f3c41e52c0a25a2db057e95e8bf8d5cfc23d919421520b65018101796ad',
  },
]

it.each(frozen)('keeps the numbers of stream %#', ({ open, ...expected }) => {
  expect(draw(open(), 'uniform')).toEqual(expected.uniform)
  expect(draw(open(), 'normal')).toEqual(expected.normal)
  const integers = open()
  expect(Array.from({ length: 10 }, () => integers.integer(1000))).toEqual(expected.integer)
  expect([...open().permutation(10)]).toEqual(expected.permutation)
  expect([...open().sample(1e6, 5)]).toEqual(expected.sample)
  expect(sha256(open().normalInto(new Float64Array(1e5)))).toBe(expected.digest)
})
