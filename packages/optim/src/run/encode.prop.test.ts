import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode, type Encoded } from '../index.js'

const through = <T>(x: T): T => decode(JSON.parse(JSON.stringify(encode(x))) as Encoded<T>)

const kinds = [
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  BigInt64Array,
  BigUint64Array,
] as const

describe('encode and decode', () => {
  it('keep any plain data, through text', () => {
    const data = fc.anything({ withTypedArray: true, withBigInt: true, withNullPrototype: false })
    fc.assert(
      fc.property(data, (x) => {
        expect(through(x)).toStrictEqual(x)
      }),
      { numRuns: 1000 },
    )
  })

  it('keep the bits of every kind of typed array, also of a view into a larger buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 200 }), (bytes) => {
        for (const Kind of kinds) {
          const size = Kind.BYTES_PER_ELEMENT
          const whole = bytes.slice(0, bytes.length - (bytes.length % size))
          const view = new Kind(whole.buffer, size)
          const back = through(view)
          expect(back.constructor).toBe(Kind)
          // as bytes, so that payloads of NaN count
          expect(new Uint8Array(back.buffer)).toStrictEqual(whole.slice(size))
        }
      }),
    )
  })

  it('keep what JSON loses', () => {
    const x = [NaN, Infinity, -Infinity, -0, undefined, 10n, { '~': 'number', text: 'mine' }]
    expect(through(x)).toStrictEqual(x)
    expect(Object.is((through(x) as number[])[3], -0)).toBe(true)
  })

  it('keep an array of more bytes than a call has room for arguments', () => {
    const long = Float64Array.from({ length: 20_003 }, (_, i) => Math.sqrt(i))
    const back = through(long)
    expect(back).toHaveLength(20_003)
    expect(back.every((x, i) => x === long[i])).toBe(true)
  })

  it('write plain data as it is, and a typed array as base64 of its bytes', () => {
    const plain = { a: [1, 'x', null, true] }
    expect(encode(plain)).toStrictEqual(plain)
    expect(encode({ w: Float64Array.of(1) })).toStrictEqual({
      w: { '~': 'float64', base64: 'AAAAAAAA8D8=' },
    })
  })

  it.each([
    [{ f: () => 1 }, 'state.f, got a function'],
    [[Symbol('s')], 'state[0], got a symbol'],
    [new Map(), 'state, got an instance of Map'],
    [{ a: [new Date(0)] }, 'state.a[0], got an instance of Date'],
  ])('refuse what is not plain data, case %#', (x, message) => {
    expect(() => encode(x)).toThrow(RangeError)
    expect(() => encode(x)).toThrow(message)
  })

  it('refuse a tag that encode does not write', () => {
    expect(() => decode({ '~': 'float128', base64: '' })).toThrow('got "float128"')
    expect(() => decode({ '~': 'toString', base64: '' })).toThrow(RangeError)
  })
})
