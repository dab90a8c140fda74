import { expect, test } from 'vitest'
import { sample } from '../state/sample.fixture.js'
import { commandOf } from './command.js'

const command = (input: object, seed = 1) =>
  commandOf(sample, sample.params.parse({ ...input }), seed)

test('the command says what differs from the defaults, and the seed', () => {
  expect(command({})).toBe('nonconvex run sample/all-kinds --seed 1')
  expect(command({ k: 20, ks: [1, 2] }, 7)).toBe(
    'nonconvex run sample/all-kinds --set k=20 --set ks=1,2 --seed 7',
  )
})

test('it names a preset where that is shorter', () => {
  expect(command({ k: 100, eta: 0.5, ks: [3], loss: 'logistic' })).toBe(
    'nonconvex run sample/all-kinds --preset full --set loss=logistic --seed 1',
  )
})
