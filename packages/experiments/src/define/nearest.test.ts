import { expect, it } from 'vitest'
import { didYouMean, nearest } from './nearest.js'

const ids = ['gaussian/no-overlap', 'gaussian/landscape', 'overparam/updates', 'k', 'eta']

it.each([
  ['gaussian/no-overlpa', 'gaussian/no-overlap'],
  ['Gaussian/Landscape', 'gaussian/landscape'],
  ['updates', 'overparam/updates'],
  ['landscape', 'gaussian/landscape'],
  ['kk', 'k'],
  ['eat', 'eta'],
  ['K', 'k'],
])('%s is near %s', (name, known) => {
  expect(nearest(name, ids)).toBe(known)
})

it('finds nothing where nothing is near', () => {
  expect(nearest('xyz', ids)).toBeUndefined()
  expect(nearest('anything', [])).toBeUndefined()
  expect(didYouMean('xyz', ids)).toBe('')
  expect(didYouMean('eat', ids)).toBe('; did you mean eta?')
})
