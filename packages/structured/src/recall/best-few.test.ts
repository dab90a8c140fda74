import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { BestFew } from './best-few.js'

it('the best few are those of a sort, earlier ones first among equals', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 3 })), fc.nat(12), (scores, limit) => {
      const best = new BestFew(limit)
      scores.forEach((score, order) => {
        if (score > best.least) best.take(score, order)
      })
      const sorted = scores
        .map((score, order) => ({ score, order }))
        .sort((a, b) => b.score - a.score || a.order - b.order)
      expect(best.inOrder()).toEqual(sorted.slice(0, limit))
    }),
    { numRuns: 1000 },
  )
})
