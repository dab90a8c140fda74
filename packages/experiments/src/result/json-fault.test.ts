import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonFault, mostValues } from './json-fault.js'

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
])('%j breaks at %i', (text, at) => {
  expect(jsonFault(text)).toEqual({ at, kind: 'syntax' })
})

it.each([
  ['{"a":1,"b":{"a":2},"a":3}', 'repeated', 19],
  ['{"ab":1,"\\u0061b":2}', 'repeated', 8],
  ['{"a":{"__proto__":1}}', 'reserved', 6],
  ['[{"constr\\u0075ctor":1}]', 'reserved', 2],
  ['{"toString":1}', 'reserved', 1],
  ['[1,-1e999]', 'infinite', 3],
  [`[${'9'.repeat(400)}]`, 'infinite', 1],
  [`${'['.repeat(65)}0`, 'depth', 64],
] as const)('%.30j is JSON that is refused: %s', (text, kind, at) => {
  expect(jsonFault(text)).toEqual({ at, kind })
})

it.each(['{"a":[true,null,{}],"b":-0.5e+3}', '[{"a":1},{"a":1.7e308}]', '["__proto__"]'])(
  '%s is fine',
  (text) => {
    expect(jsonFault(text)).toBeUndefined()
  },
)

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
        if (fault === undefined || fault.kind === 'syntax')
          expect(fault === undefined).toBe(parses(text))
        // what stands before the fault is not at fault: it only ends too early
        const end = fault?.at ?? 0
        if (end > 0) expect([undefined, end]).toContain(jsonFault(text.slice(0, end))?.at)
      },
    ),
    { numRuns: 1000 },
  )
})

it('counts values', () => {
  const text = `[${'0,'.repeat(mostValues)}0]`
  expect(jsonFault(text)).toEqual({ at: 2 * mostValues - 1, kind: 'count' })
})

it('walks through long strings', () => {
  expect(jsonFault(`["${'x'.repeat(1e7)}"`)).toEqual({ at: 1e7 + 3, kind: 'syntax' })
})
