import { expect, it } from 'vitest'
import {
  decideCounting,
  decideCountingOrder,
  decideDenseGuesses,
  decideFewerGraphs,
  decideLiteralCeiling,
  decideReadingOrder,
} from './counting.js'

const SEEN = 10_000

const at = (
  graphs: number,
  accuracy: number,
): { graphs: number; accuracy: number; error: number } => ({
  graphs,
  accuracy,
  error: 0.01,
})

it('counting is learnt if the network with the most graphs is right, with enough of them', () => {
  expect(decideCounting([at(100, 0.5), at(1000, 0.991)], SEEN).status).toBe('holds')
  expect(decideCounting([at(1000, 0.971)], SEEN).status).toBe('inconclusive')
  expect(decideCounting([at(1000, 0.96)], SEEN).status).toBe('inconclusive')
  expect(decideCounting([at(1000, 0.9)], SEEN).status).toBe('violated')
  expect(decideCounting([at(1000, 0.9), at(1000, 0.99)], SEEN).status).toBe('violated')
  expect(decideCounting([at(100, 0.99)], SEEN).status).toBe('inapplicable')
  expect(decideCounting([at(1000, 0.5)], SEEN - 1).status).toBe('inapplicable')
})

it('the ceiling is broken by one network above it', () => {
  expect(decideLiteralCeiling([at(10, 0.3), at(1000, 0.81)], 0.81).status).toBe('holds')
  expect(decideLiteralCeiling([at(10, 0.3), at(1000, 0.82)], 0.81).status).toBe('violated')
  expect(decideLiteralCeiling([], 0.81).status).toBe('inconclusive')
})

it('a tenth of the graphs is compared with all of them', () => {
  expect(decideFewerGraphs([at(100, 0.9)], [at(1000, 0.4)], SEEN).status).toBe('holds')
  expect(decideFewerGraphs([at(100, 0.42)], [at(1000, 0.4)], SEEN).status).toBe('inconclusive')
  expect(decideFewerGraphs([at(100, 0.36)], [at(1000, 0.4)], SEEN).status).toBe('violated')
  expect(decideFewerGraphs([at(100, 0.9)], [at(300, 0.4)], SEEN).status).toBe('inapplicable')
  expect(decideFewerGraphs([at(100, 0.1)], [at(1000, 0.4)], SEEN - 1).status).toBe('inapplicable')
})

it('the fully connected network is asked at a thousand graphs', () => {
  expect(decideDenseGuesses([at(100, 0.7), at(1000, 0.58)]).status).toBe('holds')
  expect(decideDenseGuesses([at(1000, 0.599)]).status).toBe('inconclusive')
  expect(decideDenseGuesses([at(1000, 0.62)]).status).toBe('violated')
  expect(decideDenseGuesses([at(3000, 0.4)]).status).toBe('inapplicable')
  expect(decideDenseGuesses([]).status).not.toBe('holds')
})

it('an invariant network moves by rounding, one with an LSTM by more, each of them', () => {
  const moved = (...all: number[]): { graphs: number; moved: number }[] =>
    all.map((each) => ({ graphs: 10, moved: each }))
  expect(decideCountingOrder(moved(0, 9e-5)).status).toBe('holds')
  expect(decideCountingOrder(moved(0, 1.1e-4)).status).toBe('violated')
  expect(decideCountingOrder([]).status).toBe('inconclusive')
  expect(decideReadingOrder(moved(0.1, 1.1e-4)).status).toBe('holds')
  expect(decideReadingOrder(moved(0.1, 9e-5)).status).toBe('violated')
  expect(decideReadingOrder([]).status).toBe('inconclusive')
})
