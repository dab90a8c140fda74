import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonFault } from './json-fault.js'

it.each([
  ['{"a": one}', 6],
  ['[1, 2', 5],
  ['', 0],
  ['  ', 2],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['"a\nb"', 2],
  ['"\\x12345"', 1],
  ['1 2', 2],
  ['[1}', 2],
  ['tru', 3],
  ['-', 1],
  ['"abc', 4],
  ['01', 1],
  ['1e', 1],
  ['{"a":[true,null,{}],"b":-0.5e+3}', -1],
])('%j breaks at %i', (text, at) => {
  expect(jsonFault(text)).toBe(at)
})

it('agrees with JSON.parse on JSON and on what is left when it is edited', () => {
  const parses = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', ',', '"', '}', '0', '\\', ' '),
      (json, from, length, piece) => {
        const at = from % (json.length + 1)
        const text = json.slice(0, at) + piece + json.slice(at + length)
        const fault = jsonFault(text)
        expect(fault === -1).toBe(parses(text))
        // what stands before the fault is not at fault: it only ends too early
        if (fault > 0) expect([-1, fault]).toContain(jsonFault(text.slice(0, fault)))
      },
    ),
    { numRuns: 1000 },
  )
})

it('walks through deep nesting and long strings', () => {
  expect(jsonFault('['.repeat(1e6))).toBe(1e6)
  expect(jsonFault(`["${'x'.repeat(1e7)}"`)).toBe(1e7 + 3)
})
