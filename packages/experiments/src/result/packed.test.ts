import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPacked, pack, unpack } from './packed.js'

describe('pack and unpack', () => {
  it('write little-endian bytes in base64', () => {
    expect(pack(Float64Array.of(1, 2))).toEqual({
      dtype: 'float64',
      shape: [2],
      base64: 'AAAAAAAA8D8AAAAAAAAAQA==',
    })
    expect(pack(Int32Array.of(-2, 1), [2, 1]).base64).toBe('/v///wEAAAA=')
    expect(pack(Uint8Array.of(255)).base64).toBe('/w==')
    expect(pack(new Float64Array(0)).base64).toBe('')
  })

  it('keep every bit and the type', () => {
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true, noDefaultInfinity: true }), (values) => {
        expect(unpack(pack(values))).toEqual(values)
      }),
    )
    fc.assert(
      fc.property(fc.oneof(fc.int32Array(), fc.uint8Array()), (values) => {
        expect(unpack(pack(values))).toEqual(values)
      }),
    )
    const long = Float64Array.from({ length: 20_000 }, (_, i) => Math.sin(i))
    expect(unpack(pack(long, [100, 200]))).toEqual(long)
  })

  it('refuse shapes that do not fit, numbers that are none, and torn bytes', () => {
    expect(() => pack(Float64Array.of(1), [2])).toThrow('a shape of 1 numbers, got [2]')
    expect(() => pack(Float64Array.of(1), [-1, -1])).toThrow('got [-1, -1]')
    expect(() => pack(Float64Array.of(1, NaN))).toThrow('got NaN at index 1')
    const good = pack(Float64Array.of(1))
    expect(() => unpack({ ...good, shape: [2] })).toThrow('8 bytes for each of [2], got 8 bytes')
    expect(() => unpack({ ...good, base64: '*' })).toThrow('expected base64, got "*"')
    expect(() => unpack({ ...good, base64: 'AAAA' })).toThrow('got 3 bytes')
  })

  it('know each other', () => {
    expect(isPacked(pack(Uint8Array.of(1)))).toBe(true)
    for (const other of [null, 1, [], {}, { ...pack(Uint8Array.of(1)), more: 1 }])
      expect(isPacked(other)).toBe(false)
  })
})
