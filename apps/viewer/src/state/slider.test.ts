import type { NumberParam } from '@nonconvex/experiments'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromPosition, sliderSteps, toPosition } from './slider.js'

const k: NumberParam = { kind: 'integer', default: 10, min: 1, max: 1000, scale: 'log', help: '' }
const eta: NumberParam = { kind: 'real', default: 0.1, min: 1e-6, max: 1, scale: 'log', help: '' }
const m: NumberParam = { kind: 'integer', default: 2, min: 2, max: 20, help: '' }
const p: NumberParam = { kind: 'real', default: 0.5, min: 0, max: 1, help: '' }

test('the ends of the slider are the ends of the range', () => {
  for (const param of [k, eta, m, p]) {
    expect(toPosition(param, param.min)).toBe(0)
    expect(toPosition(param, param.max)).toBe(sliderSteps(param))
    expect(fromPosition(param, 0, param.default)).toBe(param.min)
    expect(fromPosition(param, sliderSteps(param), param.default)).toBe(param.max)
  }
})

test('a log scale has the geometric mean in the middle', () => {
  expect(fromPosition(eta, 100, 1)).toBe(1e-3)
})

test('a range of one number has its slider at the start', () => {
  expect(toPosition({ ...m, max: 2 }, 2)).toBe(0)
})

test('every press of a key moves the value, as long as there is room', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(k, eta, m, p),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (param, share) => {
        const from = fromPosition(param, Math.round(share * sliderSteps(param)), NaN)
        const at = toPosition(param, from)
        const up = fromPosition(param, Math.min(at + 1, sliderSteps(param)), from)
        const down = fromPosition(param, Math.max(at - 1, 0), from)
        expect(up > from || at === sliderSteps(param)).toBe(true)
        expect(down < from || at === 0).toBe(true)
        expect(up <= param.max && down >= param.min).toBe(true)
      },
    ),
  )
})
