import type { Rect } from '@nonconvex/structured/drawing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrowOf, bySize, placeNames, placeTags } from './tag-layout.js'

const room = { width: 500, height: 375 }

const boxes = fc.array(
  fc.record({
    left: fc.integer({ min: 0, max: 400 }),
    top: fc.integer({ min: 0, max: 300 }),
    width: fc.integer({ min: 4, max: 90 }),
    height: fc.integer({ min: 4, max: 70 }),
  }),
  { minLength: 1, maxLength: 12 },
)
const widths = (of: readonly Rect[]) => of.map(({ width }) => 30 + (width % 40))

test('tags are inside the picture', () => {
  fc.assert(
    fc.property(boxes, (places) => {
      for (const { left, top, width, height } of placeTags(places, widths(places), room, 16)) {
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
        expect(left + width).toBeLessThanOrEqual(room.width)
        expect(top + height).toBeLessThanOrEqual(room.height)
      }
    }),
  )
})

test('the order of the objects moves no tag', () => {
  // boxes that are all alike have no order among them
  const different = boxes.filter(
    (places) => new Set(places.map((place) => JSON.stringify(place))).size === places.length,
  )
  fc.assert(
    fc.property(different, (places) => {
      const turned = [...places].reverse()
      const tags = placeTags(places, widths(places), room, 16)
      expect(placeTags(turned, widths(turned), room, 16).reverse()).toEqual(tags)
    }),
  )
})

test('a tag stands above its box where there is room, and two boxes alike have tags apart', () => {
  const box = { left: 100, top: 100, width: 60, height: 40 }
  expect(placeTags([box], [40], room, 16)).toEqual([{ left: 100, top: 84, width: 40, height: 16 }])
  const [a, b] = placeTags([box, box], [40, 40], room, 16)
  expect(Math.abs(a.left - b.left) >= 40 || Math.abs(a.top - b.top) >= 16).toBe(true)
})

test('small boxes come first', () => {
  const of = (width: number) => ({ left: 0, top: 0, width, height: 10 })
  expect(bySize([of(30), of(10), of(20)])).toEqual([1, 2, 0])
})

test('names of two arrows between the same tags do not lie on each other', () => {
  const arrow = arrowOf(
    { left: 10, top: 200, width: 40, height: 16 },
    { left: 300, top: 150, width: 40, height: 16 },
    room,
  )
  const [a, b] = placeNames(
    [
      { arrow, text: 'near' },
      { arrow, text: 'on' },
    ],
    [],
  )
  expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(12)
})
