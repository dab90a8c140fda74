import fc from 'fast-check'
import { expect, it } from 'vitest'
import { leftOf, settle, textWidth, wrap, type Label } from './labels.js'

const frame = { left: 40, top: 28, width: 200, height: 120 }
const label = (text: string, x: number, y: number, anchor: Label['anchor'] = 'start'): Label => ({
  text,
  x,
  y,
  anchor,
  bold: false,
  color: '#000000',
})

it('leaves labels alone that have room', () => {
  const free = [label('a', 60, 60), label('b', 60, 80), label('c', 150, 60, 'end')]
  expect(settle(free, { frame, width: 300 })).toEqual(free)
})

it('moves the later of two labels at one place up or down by a line', () => {
  const [a, b, c] = settle(
    [label('k = 1', 245, 60), label('k = 2', 245, 62), label('k = 3', 245, 61)],
    { frame, width: 300 },
  )
  expect([a.y, b.y, c.y]).toEqual([60, 46, 74])
})

it('moves labels into the frame, or the panel if they start at its edge', () => {
  const [a, b, c] = settle(
    [label('minimum', 235, 60, 'middle'), label('bound', 290, 100), label('top', 100, 0)],
    { frame, width: 300 },
  )
  expect(leftOf(a) + textWidth('minimum')).toBeCloseTo(238)
  expect(leftOf(b) + textWidth('bound')).toBeCloseTo(298)
  expect(c.y).toBe(31)
})

it('keeps any few labels apart and inside', () => {
  const arbitrary = fc.record({
    text: fc.constantFrom('k', 'k = 10', 'our bound', 'w* global minimum'),
    x: fc.integer({ min: 0, max: 300 }),
    y: fc.integer({ min: 0, max: 200 }),
    anchor: fc.constantFrom('start' as const, 'middle' as const, 'end' as const),
  })
  fc.assert(
    fc.property(fc.array(arbitrary, { maxLength: 3 }), (given) => {
      const placed = settle(
        given.map((g) => label(g.text, g.x, g.y, g.anchor)),
        { frame, width: 300 },
      )
      placed.forEach((a, i) => {
        expect(leftOf(a)).toBeGreaterThanOrEqual(2 - 1e-9)
        expect(leftOf(a) + textWidth(a.text)).toBeLessThanOrEqual(298 + 1e-9)
        for (const b of placed.slice(i + 1)) {
          const apart =
            leftOf(a) + textWidth(a.text) <= leftOf(b) || leftOf(b) + textWidth(b.text) <= leftOf(a)
          expect(apart || Math.abs(a.y - b.y) > 13).toBe(true)
        }
      })
    }),
  )
})

it('wraps between words', () => {
  expect(wrap('updates until the loss is zero', 100)).toEqual(['updates until the', 'loss is zero'])
  expect(wrap('incomprehensibilities', 20)).toEqual(['incomprehensibilities'])
  expect(wrap('', 20)).toEqual([''])
})
