import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { glob } from './reproduce.js'

describe('glob', () => {
  const table: readonly [string, string, boolean][] = [
    ['gaussian/*', 'gaussian/gd-rate', true],
    ['gaussian/*', 'overparam/mnist', false],
    ['*/mnist', 'overparam/mnist', true],
    ['gaussian/gd-rate', 'gaussian/gd-rate', true],
    ['gaussian/gd-rat?', 'gaussian/gd-rate', true],
    ['gd-rate', 'gaussian/gd-rate', false],
    ['a.c', 'abc', false],
  ]
  for (const [pattern, text, matches] of table)
    it(`${pattern} ${matches ? 'matches' : 'does not match'} ${text}`, () =>
      expect(glob(pattern)(text)).toBe(matches))

  it('takes every other character literally', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[*?\n]/.test(text))
        expect(glob(text)(text)).toBe(true)
      }),
    )
  })
})
