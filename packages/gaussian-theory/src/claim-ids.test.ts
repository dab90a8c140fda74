import { expect, it } from 'vitest'
import * as all from './index.js'

const claims = Object.values(all).filter(
  (each): each is Extract<typeof each, { readonly evidence: unknown; readonly id: string }> =>
    typeof each === 'object' && 'evidence' in each,
)

it('has a stable id and a source for every claim', () => {
  expect(claims.length).toBeGreaterThan(20)
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length)
  for (const { id, source } of claims) {
    expect(id).toMatch(/^gaussian\/[a-z-]+$/)
    expect(Object.keys(source).length).toBeGreaterThan(0)
  }
})
