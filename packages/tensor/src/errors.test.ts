import { expect, it } from 'vitest'
import {
  finiteMatrix,
  finiteSquare,
  finiteVector,
  sameLength,
  ShapeError,
  wellFormed,
} from './errors.js'

it('names function, argument, place and value of a number that is not finite', () => {
  expect(() => finiteVector('f', 'u', [1, 2, NaN])).toThrow(
    new RangeError('f: u[2] must be finite, got NaN'),
  )
  expect(() => finiteVector('f', 'u', new Float64Array([-Infinity]))).toThrow('got -Infinity')
  expect(() =>
    finiteMatrix('f', 'a', { rows: 2, cols: 3, data: new Float64Array([0, 0, 0, 0, 0, NaN]) }),
  ).toThrow(new RangeError('f: a[1, 2] must be finite, got NaN'))
  expect(() => finiteVector('f', 'u', [])).not.toThrow()
})

it('names both lengths when they differ', () => {
  expect(() => sameLength('f', 'a', [1, 2], 'b', [1])).toThrow(
    new ShapeError('f: b must have the length of a, 2, got 1'),
  )
})

it('checks a matrix made by hand', () => {
  const data = new Float64Array(5)
  expect(() => wellFormed('f', 'a', { rows: 2, cols: 3, data })).toThrow(
    new ShapeError('f: a.data must have length 2 × 3 = 6, got 5'),
  )
  expect(() => wellFormed('f', 'a', { rows: -1, cols: 0.5, data })).toThrow(ShapeError)
  expect(() => finiteSquare('f', 'a', { rows: 1, cols: 5, data })).toThrow(
    'f: a must be square, got 1 × 5',
  )
})

it('is told apart by name and class', () => {
  const error = new ShapeError('x')
  expect(error.name).toBe('ShapeError')
  expect(error).toBeInstanceOf(Error)
  expect(error).not.toBeInstanceOf(RangeError)
})
