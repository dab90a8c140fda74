import { expect, it } from 'vitest'
import { counted } from './counted.js'

it('has a plural for all but one', () => {
  expect([0, 1, 2, 1200].map((n) => counted(n, 'network'))).toEqual([
    '0 networks',
    '1 network',
    '2 networks',
    '1,200 networks',
  ])
})
