import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allFinite, findNonFinite } from '../index.js'

describe('findNonFinite', () => {
  it.each([
    [1, undefined],
    [NaN, ''],
    [{ w: Float64Array.of(1, 2, NaN) }, 'w[2]'],
    [{ w: Float32Array.of(Infinity) }, 'w[0]'],
    [{ layers: [{ bias: [0, -Infinity] }] }, 'layers[0].bias[1]'],
    [{ ok: 'NaN', none: null, missing: undefined, counts: Int32Array.of(1), n: 3n }, undefined],
    [[], undefined],
    [new Float64Array(0), undefined],
    [Float64Array.of(1e308, 1e308, -0), undefined],
    [Float64Array.of(Infinity, -Infinity), '[0]'],
  ])('finds the place, case %#', (value, place) => {
    expect(findNonFinite(value)).toBe(place)
    expect(allFinite(value)).toBe(place === undefined)
  })

  it('finds the first of any number of them', () => {
    fc.assert(
      fc.property(fc.float64Array(), (w) => {
        const first = w.findIndex((x) => !Number.isFinite(x))
        expect(findNonFinite({ w })).toBe(first === -1 ? undefined : `w[${first}]`)
      }),
    )
  })
})
