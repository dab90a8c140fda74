import { expect, it } from 'vitest'
import * as check from './index.js'
import { ArgumentError, ShapeError, type ArgumentCode } from './errors.js'

function refusal(call: () => unknown): ArgumentError {
  try {
    call()
  } catch (error) {
    if (error instanceof ArgumentError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const rows2 = { rows: 2, cols: 3, data: new Float64Array([0, 0, 0, 0, 0, NaN]) }

it.each<[ArgumentCode, string, () => unknown, string]>([
  [
    'not-finite',
    'x',
    () => check.checkFinite('f', 'x', NaN),
    'f: expected x to be finite, got NaN',
  ],
  [
    'out-of-range',
    'x',
    () => check.checkPositive('f', 'x', 0),
    'f: expected x to be positive and finite, got 0',
  ],
  ['not-finite', 'x', () => check.checkPositive('f', 'x', Infinity), 'got Infinity'],
  [
    'out-of-range',
    'x',
    () => check.checkNonNegative('f', 'x', -1),
    'f: expected x to be finite and ≥ 0, got -1',
  ],
  [
    'out-of-range',
    'p',
    () => check.checkProbability('f', 'p', 1.5),
    'f: expected p in [0, 1], got 1.5',
  ],
  [
    'out-of-range',
    'p',
    () => check.checkProperFraction('f', 'p', 1),
    'f: expected p in (0, 1), got 1',
  ],
  [
    'out-of-range',
    't',
    () => check.checkBetween('f', 't', 4, 0, Math.PI, '[0, π]'),
    'f: expected t in [0, π], got 4',
  ],
  [
    'not-integer',
    'n',
    () => check.checkCount('f', 'n', 1.5),
    'f: expected n to be an integer ≥ 1, got 1.5',
  ],
  [
    'out-of-range',
    'n',
    () => check.checkCount('f', 'n', 0),
    'f: expected n to be an integer ≥ 1, got 0',
  ],
  [
    'out-of-range',
    'n',
    () => check.checkInteger('f', 'n', 2 ** 53),
    'f: expected n to be an integer, got 9007199254740992',
  ],
  [
    'out-of-range',
    'n',
    () => check.checkInteger('f', 'n', 5, 0, 4),
    'f: expected n to be an integer in [0, 4], got 5',
  ],
  [
    'not-listed',
    'how',
    () => check.checkListed('f', 'how', 'c', ['a', 'b']),
    "f: expected how to be 'a' or 'b', got 'c'",
  ],
  [
    'not-finite',
    'u[2]',
    () => {
      check.checkFiniteVector('f', 'u', [1, 2, NaN])
    },
    'f: expected u[2] to be finite, got NaN',
  ],
  [
    'not-finite',
    'u[0]',
    () => {
      check.checkFiniteVector('f', 'u', Float64Array.of(-Infinity))
    },
    'got -Infinity',
  ],
  [
    'not-finite',
    'a[1, 2]',
    () => {
      check.checkFiniteMatrix('f', 'a', rows2)
    },
    'f: expected a[1, 2] to be finite, got NaN',
  ],
  [
    'shape',
    'b',
    () => {
      check.checkSameLength('f', 'a', [1, 2], 'b', [1])
    },
    'f: expected b to have the length of a, 2, got 1',
  ],
  [
    'shape',
    'w',
    () => {
      check.checkVector('f', 'w', [1, 2], 3, 'd')
    },
    'f: expected w to have length d = 3, got 2',
  ],
  [
    'shape',
    'a.data',
    () => {
      check.checkMatrix('f', 'a', { rows: 2, cols: 3, data: [1] })
    },
    'f: expected a.data to have length 2 × 3 = 6, got 1',
  ],
  [
    'shape',
    'a.rows and a.cols',
    () => {
      check.checkMatrix('f', 'a', { rows: -1, cols: 0.5, data: [] })
    },
    'got -1 and 0.5',
  ],
  [
    'shape',
    'a',
    () => {
      check.checkFiniteSquare('f', 'a', rows2)
    },
    'f: expected a to be square, got 2 × 3',
  ],
  [
    'empty',
    'all',
    () => {
      check.checkNotEmpty('f', 'all', [])
    },
    'f: expected all not to be empty, got length 0',
  ],
  [
    'zero-vector',
    'w',
    () => {
      check.checkNotZero('f', 'w', [0, -0], 'no gradient there')
    },
    'f: expected w not to be zero (no gradient there), got the zero vector',
  ],
  [
    'duplicate',
    'ids',
    () => {
      check.checkDistinct('f', 'ids', ['a', 'b', 'a'])
    },
    'f: expected ids not to repeat an entry, got a twice',
  ],
])('refuses with code %s the argument %s', (code, argument, call, message) => {
  const error = refusal(call)
  expect(error).toMatchObject({ code, argument })
  expect(error.message).toContain(message)
  expect(error instanceof ShapeError).toBe(code === 'shape')
  expect(error).toBeInstanceOf(RangeError)
})

it('returns the number that it accepts, and accepts the ends', () => {
  expect(check.checkPositive('f', 'x', 5e-324)).toBe(5e-324)
  expect([0, 1].map((p) => check.checkProbability('f', 'p', p))).toEqual([0, 1])
  expect([0, 4].map((n) => check.checkInteger('f', 'n', n, 0, 4))).toEqual([0, 4])
  expect(check.checkListed('f', 'how', 'b', ['a', 'b'])).toBe('b')
  expect(() => {
    check.checkFiniteVector('f', 'u', [])
    check.checkNotZero('f', 'u', [0, 1e-320])
    check.checkDistinct('f', 'u', [1, 2])
  }).not.toThrow()
})

it.each([1, 3, 4, 1023, 1024, 1025, 5000])(
  'finds the first of %i entries that is not finite',
  (n) => {
    const values = new Float64Array(n).map((_, i) => (i % 2 === 0 ? 1e308 : -1e308))
    expect(check.firstNotFinite(values)).toBe(-1)
    for (const at of [0, n >> 1, n - 1])
      for (const wrong of [NaN, Infinity, -Infinity]) {
        const broken = values.slice()
        broken[n - 1] = wrong
        broken[at] = wrong
        expect(check.firstNotFinite(broken)).toBe(at)
        expect(check.firstNotFinite([...broken])).toBe(at)
      }
  },
)

it('carries a remedy and a name of its class', () => {
  const error = check.argumentError('invalid', 'f', 'x', 'to fit', 3, 'take less')
  expect(error.message).toBe('f: expected x to fit, got 3; take less')
  expect([error.name, new ShapeError('f').name]).toEqual(['ArgumentError', 'ShapeError'])
  expect([new ArgumentError('f').code, new ShapeError('f').code]).toEqual(['invalid', 'shape'])
})
