import { expect, it } from 'vitest'
import { decideAttentionCounts, decideAttentionForm } from './attention.js'

it('attention has the form unless one label differs by more than rounding', () => {
  expect(decideAttentionForm([1e-15]).status).toBe('holds')
  expect(decideAttentionForm([1e-15, 1e-9]).status).toBe('violated')
  expect(decideAttentionForm([]).status).toBe('inconclusive')
})

it('counts are forgotten by all but the sum, or the claim is violated', () => {
  const [sum, mean] = [
    { pool: 'sum', values: [1, 2, 3] },
    { pool: 'mean', values: [1, 1, 1] },
  ]
  expect(decideAttentionCounts([sum, mean]).status).toBe('holds')
  expect(decideAttentionCounts([sum, { ...mean, values: [1, 1, 2] }]).status).toBe('violated')
  expect(decideAttentionCounts([{ ...sum, values: [1, 1, 1] }, mean]).status).toBe('violated')
  expect(decideAttentionCounts([mean]).status).toBe('inconclusive')
})
