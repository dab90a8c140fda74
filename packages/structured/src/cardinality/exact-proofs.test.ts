import { verdictOn } from '@nonconvex/optim/claims'
import { expect, it } from 'vitest'
import {
  decideF1,
  decideProjection,
  decodeF1,
  f1Proved,
  projectBudget,
  projectionProved,
} from './index.js'

const scores = ['0.9', '0.4', '-1', '0.35', '2.5']
const probabilities = ['0.4', '0.4', '0.05']

it('proves the projection, with labels at both ends and between', () => {
  for (const budget of [1, 2, 3]) {
    const checked = decideProjection(scores, budget)
    expect(verdictOn(projectionProved, [checked]).status).toBe('holds')
    expect(checked.assertion).toMatchObject({ kind: 'projection', scores })
  }
})

it('refutes a projection that is off, or that caps another label', () => {
  const shifted: typeof projectBudget = (v, z) => {
    const found = projectBudget(v, z)
    return { ...found, y: found.y.map((y) => (y > 0 && y < 1 ? y + 1e-9 : y)) }
  }
  const capped: typeof projectBudget = (v, z) => ({
    ...projectBudget(v, z),
    y: Float64Array.of(1, 1, 0, 0, 0),
  })
  for (const wrong of [shifted, capped])
    expect(verdictOn(projectionProved, [decideProjection(scores, 2, wrong)]).status).toBe(
      'violated',
    )
})

it('proves expected-F1 decoding, and refutes another set', () => {
  expect(verdictOn(f1Proved, [decideF1(probabilities)]).status).toBe('holds')
  const fewer: typeof decodeF1 = (p) => ({ ...decodeF1(p), labels: Uint8Array.of(1, 0, 0) })
  expect(verdictOn(f1Proved, [decideF1(probabilities, fewer)]).status).toBe('violated')
})
