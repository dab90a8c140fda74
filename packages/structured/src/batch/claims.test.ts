import { expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import {
  countingExact,
  countingInvariant,
  denseGuesses,
  fewerGraphs,
  countingCeiling,
  lstmReadsOrder,
} from './claims.js'

const SEEN = 10_000

const at = (
  graphs: number,
  accuracy: number,
): { graphs: number; accuracy: number; error: number } => ({
  graphs,
  accuracy,
  error: 0.01,
})

it('counting is learned if the network with the most graphs is right, with enough of them', () => {
  expect(
    verdictOn(countingExact, { local: [at(100, 0.5), at(1000, 0.991)], seen: SEEN }).status,
  ).toBe('holds')
  expect(verdictOn(countingExact, { local: [at(1000, 0.971)], seen: SEEN }).status).toBe(
    'inconclusive',
  )
  expect(verdictOn(countingExact, { local: [at(1000, 0.96)], seen: SEEN }).status).toBe(
    'inconclusive',
  )
  expect(verdictOn(countingExact, { local: [at(1000, 0.9)], seen: SEEN }).status).toBe('violated')
  expect(
    verdictOn(countingExact, { local: [at(1000, 0.9), at(1000, 0.99)], seen: SEEN }).status,
  ).toBe('violated')
  expect(verdictOn(countingExact, { local: [at(100, 0.99)], seen: SEEN }).status).toBe(
    'inapplicable',
  )
  expect(verdictOn(countingExact, { local: [at(1000, 0.5)], seen: SEEN - 1 }).status).toBe(
    'inapplicable',
  )
})

it('the ceiling is broken by one network above it', () => {
  expect(
    verdictOn(countingCeiling, { literal: [at(10, 0.3), at(1000, 0.81)], ceiling: 0.81 }).status,
  ).toBe('holds')
  expect(
    verdictOn(countingCeiling, { literal: [at(10, 0.3), at(1000, 0.82)], ceiling: 0.81 }).status,
  ).toBe('violated')
  expect(verdictOn(countingCeiling, { literal: [], ceiling: 0.81 }).status).toBe('inconclusive')
})

it('a tenth of the graphs is compared with all of them', () => {
  expect(
    verdictOn(fewerGraphs, { local: [at(100, 0.9)], dense: [at(1000, 0.4)], seen: SEEN }).status,
  ).toBe('holds')
  expect(
    verdictOn(fewerGraphs, { local: [at(100, 0.42)], dense: [at(1000, 0.4)], seen: SEEN }).status,
  ).toBe('inconclusive')
  expect(
    verdictOn(fewerGraphs, { local: [at(100, 0.36)], dense: [at(1000, 0.4)], seen: SEEN }).status,
  ).toBe('violated')
  expect(
    verdictOn(fewerGraphs, { local: [at(100, 0.9)], dense: [at(300, 0.4)], seen: SEEN }).status,
  ).toBe('inapplicable')
  expect(
    verdictOn(fewerGraphs, { local: [at(100, 0.1)], dense: [at(1000, 0.4)], seen: SEEN - 1 })
      .status,
  ).toBe('inapplicable')
})

it('the fully connected network is asked at a thousand graphs', () => {
  expect(verdictOn(denseGuesses, [at(100, 0.7), at(1000, 0.58)]).status).toBe('holds')
  expect(verdictOn(denseGuesses, [at(1000, 0.599)]).status).toBe('inconclusive')
  expect(verdictOn(denseGuesses, [at(1000, 0.62)]).status).toBe('violated')
  expect(verdictOn(denseGuesses, [at(3000, 0.4)]).status).toBe('inapplicable')
  expect(verdictOn(denseGuesses, []).status).not.toBe('holds')
})

it('an invariant network moves by rounding, one with an LSTM by more, each of them', () => {
  const moved = (...all: number[]): { graphs: number; moved: number }[] =>
    all.map((each) => ({ graphs: 10, moved: each }))
  expect(verdictOn(countingInvariant, moved(0, 9e-5)).status).toBe('holds')
  expect(verdictOn(countingInvariant, moved(0, 1.1e-4)).status).toBe('violated')
  expect(verdictOn(countingInvariant, []).status).toBe('inconclusive')
  expect(verdictOn(lstmReadsOrder, moved(0.1, 1.1e-4)).status).toBe('holds')
  expect(verdictOn(lstmReadsOrder, moved(0.1, 9e-5)).status).toBe('violated')
  expect(verdictOn(lstmReadsOrder, []).status).toBe('inconclusive')
})
