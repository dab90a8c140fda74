import fc from 'fast-check'
import { expect, it } from 'vitest'
import { problems } from '../../test/problems.js'
import { boundSetting, forward, hingeLoss, ledger, trainSgd, updateBounds } from '../index.js'

const RUNS = 1000

it(`keeps every line of the proof at every update and every bound, on ${RUNS} random runs`, () => {
  fc.assert(
    fc.property(problems, ({ data, wStar, options }) => {
      const run = trainSgd(data, { ...options, trace: { wStar } })
      expect(run.message).toMatch(/loss is exactly 0/)
      expect(run.trace?.rooms).toHaveLength(7)
      for (const { room } of run.trace?.rooms ?? []) expect(room).toBeGreaterThanOrEqual(0)
      expect(hingeLoss(forward(run.net, data.x), data.y)).toBe(0)

      const start = { ...run.net, weights: options.start }
      const b = updateBounds(boundSetting(start, data, wStar, options.eta))
      for (const bound of [b.paper, b.quad, b.slope, b.disp])
        expect(run.updates).toBeLessThanOrEqual(bound * (1 + 1e-9))
      expect(b.slope).toBeLessThanOrEqual(b.quad * (1 + 1e-9))
      expect(b.quad).toBeLessThanOrEqual(b.paper * (1 + 1e-9))
      expect(b.best).toBe(Math.min(b.paper, b.quad, b.slope, b.disp))
      expect(b.best).toBe(b[b.which])
    }),
    { numRuns: RUNS },
  )
})

it('accounts for the whole of a bound: each entry of the ledger allows the updates made', () => {
  fc.assert(
    fc.property(problems, ({ data, wStar, options }) => {
      const run = trainSgd(data, { ...options, trace: { wStar } })
      fc.pre(run.updates > 0)
      const setting = boundSetting({ ...run.net, weights: options.start }, data, wStar, options.eta)
      const l = ledger(setting, data, wStar, run)
      const assumed = [l.paper, l.quad, l.slope]
      const falling = [...assumed, l.slopesBound, l.marginsBound, l.normsBound, l.separationsBound]
      for (const [i, bound] of falling.entries()) {
        expect(bound).toBeGreaterThanOrEqual(run.updates * (1 - 1e-6))
        if (i > 0) expect(bound).toBeLessThanOrEqual(falling[i - 1] * (1 + 1e-6))
      }
      expect(l.meanSlope).toBeGreaterThanOrEqual(options.alpha * (1 - 1e-9))
      expect(l.meanSlope).toBeLessThanOrEqual(1)
      expect(Math.abs(l.cosine)).toBeLessThanOrEqual(1 + 1e-9)
      // from zero nothing is left over: the last bound times cosine² is the count itself
      if (setting.startS === 0)
        expect(l.separationsBound * l.cosine ** 2).toBeCloseTo(run.updates, 3)
    }),
    { numRuns: 1000 },
  )
})
