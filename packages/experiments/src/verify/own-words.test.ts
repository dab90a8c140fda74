import { ArgumentError, ShapeError } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { InputError } from '../define/input-error.js'
import { ownWords } from './own-words.js'

/** What an expression throws. */
function thrown(expression: () => unknown): unknown {
  try {
    expression()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

it('keeps what was said on purpose', () => {
  expect(ownWords(new Error('the witness is another'))).toBe('the witness is another')
  expect(ownWords(new InputError('k: too many'))).toBe('k: too many')
  expect(ownWords(new ShapeError('dot: expected [3]'))).toContain('dot')
  expect(ownWords(new ArgumentError('three is too many'))).toBe('three is too many')
  expect(ownWords(new RangeError('rows[0].loss: expected a finite number'))).toContain('rows[0]')
  expect(ownWords('enough')).toBe('enough')
})

it('keeps nothing of what the language says', () => {
  const rows: readonly { readonly loss: number }[] = []
  const none = JSON.parse('{}') as { readonly list: readonly number[] }
  for (const expression of [
    () => rows[0].loss,
    () => none.list.map(String),
    () => Array.from({ length: 2 ** 40 }),
    () => new Float64Array(-1),
    () => 'x'.repeat(-1),
    () => (1).toFixed(1000),
    () => BigInt(0.5),
    () => JSON.parse('{') as unknown,
  ])
    expect(ownWords(thrown(expression)), String(expression)).toBeUndefined()
})
