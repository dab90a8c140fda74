import { expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import { attentionForgetsCounts, attentionHasForm } from './claims.js'

it('attention has the form unless one label differs by more than rounding', () => {
  expect(verdictOn(attentionHasForm, [1e-15]).status).toBe('holds')
  expect(verdictOn(attentionHasForm, [1e-15, 1e-9]).status).toBe('violated')
  expect(verdictOn(attentionHasForm, []).status).toBe('inconclusive')
})

it('counts are forgotten by all but the sum, or the claim is violated', () => {
  const [sum, mean] = [
    { pool: 'sum', values: [1, 2, 3] },
    { pool: 'mean', values: [1, 1, 1] },
  ]
  expect(verdictOn(attentionForgetsCounts, [sum, mean]).status).toBe('holds')
  expect(verdictOn(attentionForgetsCounts, [sum, { ...mean, values: [1, 1, 2] }]).status).toBe(
    'violated',
  )
  expect(verdictOn(attentionForgetsCounts, [{ ...sum, values: [1, 1, 1] }, mean]).status).toBe(
    'violated',
  )
  expect(verdictOn(attentionForgetsCounts, [mean]).status).toBe('inconclusive')
})
