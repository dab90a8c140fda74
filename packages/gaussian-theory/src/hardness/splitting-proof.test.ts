import { verdictOn } from '@nonconvex/optim/claims'
import { expect, it } from 'vitest'
import { fanoPlane, gapAssertions, gapAttained, zeroLoss, zeroLossAssertions } from './index.js'

const fano = fanoPlane()
const less = { ...fano, subsets: fano.subsets.slice(1) }
const gap = (system = fano, checked = gapAssertions(system)) =>
  verdictOn(gapAttained, { system, checked }).status

it('proves that Γ is attained on the Fano plane, and applies to no system with a splitting', () => {
  expect([gap(), gap(less)]).toEqual(['holds', 'inapplicable'])
})

it('is violated where the weights have another loss, and open without weights', () => {
  const [none, loss] = gapAssertions(fano)
  expect(gap(fano, [none, { ...loss, outcome: 'refuted' }])).toBe('violated')
  expect(gap(fano, [none])).toBe('inconclusive')
})

it('proves zero loss where there is a splitting', () => {
  const zero = (system: typeof fano) =>
    verdictOn(zeroLoss, { system, checked: zeroLossAssertions(system) }).status
  expect([zero(less), zero(fano)]).toEqual(['holds', 'inapplicable'])
})
