import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, digestOf, plain } from './canonical.js'

describe('canonicalJson', () => {
  it('sorts keys by code unit, at every level', () => {
    expect(canonicalJson({ b: [1, { d: null, c: true }], a: 'x', B: 1, ä: 2, a1: 3 })).toBe(
      '{"B":1,"a":"x","a1":3,"b":[1,{"c":true,"d":null}],"ä":2}',
    )
  })

  it('writes numbers as JavaScript does, −0 as 0, and leaves undefined out', () => {
    expect(canonicalJson([-0, 1e21, 0.1, 1e-7])).toBe('[0,1e+21,0.1,1e-7]')
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
  })

  it.each([
    [{ rows: [{ loss: NaN }] }, 'rows[0].loss: expected a finite number, got NaN'],
    [{ a: { b: Infinity } }, 'a.b: expected a finite number, got Infinity'],
    [NaN, 'canonicalJson: expected a finite number, got NaN'],
    [{ w: Float64Array.of(1) }, 'w: expected plain data, got Float64Array; use pack(array)'],
    [{ m: new Map() }, 'm: expected plain data, got Map'],
    [[() => 1], '[0]: expected plain data, got function'],
    [[undefined], '[0]: expected plain data, got undefined'],
    [{ n: 1n }, 'n: expected plain data, got bigint'],
  ])('refuses %s', (value, message) => {
    expect(() => canonicalJson(value)).toThrow(message)
  })

  it('refuses what is nested too deeply, itself included', () => {
    const loop: { self?: unknown } = {}
    loop.self = loop
    expect(() => canonicalJson(loop)).toThrow('at most 64 levels')
  })

  it('reads back as the same data, whose text is the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const copy = plain(value)
        expect(JSON.parse(JSON.stringify(value))).toEqual(copy)
        expect(canonicalJson(copy)).toBe(canonicalJson(value))
      }),
    )
  })
})

describe('digestOf', () => {
  it('is SHA-256 of the text', () => {
    // printf '{"a":1}' | sha256sum
    expect(digestOf({ a: 1 })).toBe(
      '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862',
    )
    // printf '"ä"' | sha256sum
    expect(digestOf('ä')).toBe('1e5f2b0a7756f4b45eed5d71769ae579e023f70efba74bd855057914c7e16d40')
  })

  it('does not see the order of keys', () => {
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }))
  })
})
