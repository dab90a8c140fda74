import { expect, test } from 'vitest'
import { sample } from '../state/sample.fixture.js'
import { commandOf } from './command.js'

test('the command says what differs from the defaults, and the seed', () => {
  const params = sample.params.parse({ k: 100, ks: [1, 2] })
  expect(commandOf(sample, params, 7)).toBe(
    'nonconvex run sample/all-kinds --set k=100 ks=1,2 --seed 7',
  )
  expect(commandOf(sample, sample.params.parse({}), 1)).toBe(
    'nonconvex run sample/all-kinds --seed 1',
  )
})
