import { describe, expect, it } from 'vitest'
import { claim, decimalBelow, proofIn, proofOf, verdictOn, weakest } from './index.js'

describe('a decimal below a number', () => {
  it.each([1, 0.1, 0.0291598, 9.9999999, 1e-300, 123456.789, Math.PI])('%f', (x) => {
    for (const digits of [1, 4, 6, 12])
      for (const y of [x, -x]) {
        const below = Number(decimalBelow(y, digits))
        expect(below).toBeLessThan(y)
        expect((y - below) / x).toBeLessThan(1.001 * 10 ** (1 - digits))
      }
  })

  it('is 0 for 0', () => {
    expect(decimalBelow(0, 3)).toBe('0')
  })
})

describe('the certificate of a claim on several cases', () => {
  const small = claim('demo/small', 'Numbers are small', 'proof', {}, (x: number) => ({
    statement: `x = ${x}`,
    measured: x,
    relation: '<=',
    bound: 10,
    witness: proofOf([{ kind: 'small', x: String(x) }]),
  }))
  const of = (...xs: number[]) => weakest(xs.map((x) => verdictOn(small, x)))

  it('has the assertions of all of them, where the claim holds', () => {
    expect(proofIn(of(1, 3, 2).witness)?.assertions.map(({ x }) => x)).toEqual(['1', '3', '2'])
    expect(of(1, 3, 2).measured).toBe(3)
    expect(proofIn(of(1, 30).witness)?.assertions.map(({ x }) => x)).toEqual(['30'])
  })

  it('is another than any other witness, and is never empty', () => {
    for (const witness of [undefined, null, 3, [], { schema: 'other' }])
      expect(proofIn(witness)).toBeUndefined()
    expect(() => proofOf([])).toThrow('proofOf')
  })
})
