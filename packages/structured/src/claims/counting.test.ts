import { expect, it } from 'vitest'
import { decideCounting, decideFewerGraphs, decideLiteralCeiling } from './counting.js'

const at = (
  graphs: number,
  accuracy: number,
): { graphs: number; accuracy: number; error: number } => ({
  graphs,
  accuracy,
  error: 0.01,
})

it('counting is learnt if the network with the most graphs is right, with enough of them', () => {
  expect(decideCounting([at(100, 0.5), at(1000, 0.98)]).status).toBe('holds')
  expect(decideCounting([at(1000, 0.9)]).status).toBe('violated')
  expect(decideCounting([at(1000, 0.9), at(1000, 0.99)]).status).toBe('violated')
  expect(decideCounting([at(100, 0.99)]).status).toBe('inapplicable')
})

it('the ceiling is broken by one network above it', () => {
  expect(decideLiteralCeiling([at(10, 0.3), at(1000, 0.81)], 0.81).status).toBe('holds')
  expect(decideLiteralCeiling([at(10, 0.3), at(1000, 0.82)], 0.81).status).toBe('violated')
  expect(decideLiteralCeiling([], 0.81).status).toBe('inconclusive')
})

it('a tenth of the graphs is compared with all of them', () => {
  expect(decideFewerGraphs([at(100, 0.9)], [at(1000, 0.4)]).status).toBe('holds')
  expect(decideFewerGraphs([at(100, 0.42)], [at(1000, 0.4)]).status).toBe('violated')
  expect(decideFewerGraphs([at(100, 0.9)], [at(300, 0.4)]).status).toBe('inapplicable')
})
