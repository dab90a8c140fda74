import { expect, it } from 'vitest'
import { readSafetensors, SafetensorsError, writeSafetensors, type StoredTensor } from './index.js'

const text = (s: string) => [...new TextEncoder().encode(s)]
const u64 = (n: number) => [n, 0, 0, 0, 0, 0, 0, 0]
/** A file with that header and as many bytes of data, the header's length corrected. */
const file = (header: unknown, data: number) => {
  const json = text(typeof header === 'string' ? header : JSON.stringify(header))
  return new Uint8Array([...u64(json.length), ...json, ...new Array<number>(data).fill(1)])
}

it('writes the bytes that the reference implementation publishes in its tests', () => {
  expect([...writeSafetensors({})]).toEqual([...u64(8), ...text('{}      ')])
  expect([...writeSafetensors({}, { framework: 'pt' })]).toEqual([
    ...u64(40),
    ...text('{"__metadata__":{"framework":"pt"}}     '),
  ])
  const data = new Float32Array([0, 1, 2, 3, 4, 5])
  const numbers = [
    0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64,
  ]
  expect([...writeSafetensors({ 'attn.0': { dtype: 'F32', shape: [1, 2, 3], data } })]).toEqual([
    ...u64(64),
    ...text('{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}'),
    ...numbers,
  ])
  expect([...writeSafetensors({ attn0: { dtype: 'F32', shape: [1, 1, 2, 3], data } })]).toEqual([
    ...u64(72),
    ...text('{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}       '),
    ...numbers,
  ])
})

it('reads the unpadded files of older writers', () => {
  const old = file('{"test":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}', 16)
  expect(readSafetensors(old).tensors).toEqual({
    test: { dtype: 'I32', shape: [2, 2], data: new Int32Array(4).fill(0x01010101) },
  })
})

const everything: Record<string, StoredTensor> = {
  b: { dtype: 'F64', shape: [2], data: new Float64Array([Math.PI, -0]) },
  a: { dtype: 'F32', shape: [1, 3], data: new Float32Array([1, NaN, Infinity]) },
  '10': { dtype: 'I32', shape: [], data: new Int32Array([-5]) },
  '2': { dtype: 'U8', shape: [3], data: new Uint8Array([1, 2, 255]) },
  __proto: { dtype: 'I64', shape: [1], data: new BigInt64Array([-(2n ** 62n)]) },
  empty: { dtype: 'F32', shape: [0, 4], data: new Float32Array(0) },
  'ünïcode "/\n': { dtype: 'BOOL', shape: [2], data: new Uint8Array([0, 1]) },
  half: { dtype: 'F16', shape: [1], data: new Uint16Array([0x3c00]) },
  i8: { dtype: 'I8', shape: [1], data: new Int8Array([-1]) },
  i16: { dtype: 'I16', shape: [1], data: new Int16Array([-1]) },
  u32: { dtype: 'U32', shape: [1], data: new Uint32Array([2 ** 32 - 1]) },
}

it('gives back what it wrote, from a view that starts anywhere', () => {
  const bytes = writeSafetensors(everything, { note: 'ü', '1': 'x' })
  const shifted = new Uint8Array(bytes.length + 3)
  shifted.set(bytes, 3)
  const read = readSafetensors(shifted.subarray(3))
  expect(read.tensors).toEqual(everything)
  expect(read.metadata).toEqual({ note: 'ü', '1': 'x' })
})

it('writes the same bytes in whatever order the tensors come, wider types first', () => {
  const reversed = Object.fromEntries(Object.entries(everything).reverse())
  const bytes = writeSafetensors(everything)
  expect(writeSafetensors(reversed)).toEqual(bytes)
  const header = new TextDecoder().decode(bytes.subarray(8))
  const order = ['__proto', 'b', 'a', 'empty', 'u32', '10', 'half', 'i16', 'i8', '2'].map((name) =>
    header.indexOf(`"${name}":`),
  )
  expect(order).toEqual([...order].sort((a, b) => a - b))
  expect(order[0]).toBe(1)
})

it('refuses to write what does not fit together', () => {
  const data = new Float32Array(3)
  expect(() => writeSafetensors({ w: { dtype: 'F32', shape: [2, 2], data } })).toThrow(
    'writeSafetensors: tensor "w": expected shape to hold the 3 numbers of data, got [2, 2]',
  )
  expect(() =>
    writeSafetensors({ w: { dtype: 'F64', shape: [3], data } as unknown as StoredTensor }),
  ).toThrow('tensor "w": expected data to be a Float64Array for F64')
  expect(() =>
    writeSafetensors({ w: { dtype: 'F8', shape: [3], data } as unknown as StoredTensor }),
  ).toThrow('expected dtype to be one of')
  expect(() => writeSafetensors({ __metadata__: { dtype: 'F32', shape: [3], data } })).toThrow(
    'reserved',
  )
})

const one = (entry: object) => ({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...entry } })

it.each([
  ['too short for a length', new Uint8Array(7), 'expected at least 8 bytes, got 7'],
  [
    'a header beyond the end',
    new Uint8Array([...u64(9), 123, 125]),
    'expected at least 17 bytes for a header of 9 bytes, got 10',
  ],
  ['a huge header', new Uint8Array([0, 0, 0, 0, 0, 0, 0, 255]), 'to be at most 100000000'],
  ['text that is not JSON', file('{"w":', 0), 'header (bytes 8–12) to be JSON'],
  ['bytes that are not UTF-8', new Uint8Array([...u64(2), 255, 255]), 'to be JSON in UTF-8'],
  ['a list', file('[]', 0), 'header to be a JSON object'],
  [
    'metadata of numbers',
    file({ __metadata__: { a: 1 } }, 0),
    '__metadata__ "a" to be a string, got 1',
  ],
  [
    'metadata that is text',
    file({ __metadata__: 'x' }, 0),
    '__metadata__ to be an object of strings',
  ],
  ['a tensor that is a number', file({ w: 3 }, 0), 'tensor "w": expected an object, got 3'],
  [
    'an unknown dtype',
    file(one({ dtype: 'toString' }), 8),
    'tensor "w": expected dtype to be one of',
  ],
  [
    'a negative shape',
    file(one({ shape: [-2] }), 8),
    'tensor "w": expected shape to be integers ≥ 0, got [-2]',
  ],
  [
    'a shape that overflows',
    file(one({ shape: [2 ** 40, 2 ** 40] }), 8),
    'tensor "w": expected shape to be',
  ],
  ['a shape that is no list', file(one({ shape: 2 }), 8), 'tensor "w": expected shape to be'],
  [
    'offsets beyond the data',
    file(one({}), 7),
    'to be [start, end] within the 7 bytes of data, got [0,8]',
  ],
  ['offsets in reverse', file(one({ data_offsets: [8, 0] }), 8), 'to be [start, end]'],
  ['one offset', file(one({ data_offsets: [0] }), 8), 'to be [start, end]'],
  [
    'a range of the wrong size',
    file(one({ shape: [3] }), 8),
    'tensor "w": expected data_offsets to span 12 bytes, for dtype F32 and shape [3], got 8',
  ],
  [
    'data that belong to nobody',
    file(one({}), 9),
    'expected 8 bytes of data for all tensors, got 9',
  ],
  [
    'a hole before the first',
    file(one({ data_offsets: [4, 12] }), 12),
    'expected its data to start at byte 0, got 4; it leaves a gap',
  ],
  [
    'ranges that overlap',
    file({ ...one({}), v: { dtype: 'F32', shape: [2], data_offsets: [4, 12] } }, 12),
    'tensor "v": expected its data to start at byte 8, got 4; it overlaps',
  ],
])('refuses %s', (_, bytes, message) => {
  expect(() => readSafetensors(bytes)).toThrow(SafetensorsError)
  expect(() => readSafetensors(bytes)).toThrow(message)
})
