import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrowBetween, bySize, placeNames, placeTags, pointOn, type Place } from './tag-layout.js'

const room = { width: 500, height: 375, high: 16 }

const boxes = fc.array(
  fc.record({
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 300 }),
    wide: fc.integer({ min: 4, max: 90 }),
    high: fc.integer({ min: 4, max: 70 }),
  }),
  { minLength: 1, maxLength: 12 },
)
const wides = (of: readonly Place[]) => of.map(({ wide }) => 30 + (wide % 40))

test('tags are inside the picture', () => {
  fc.assert(
    fc.property(boxes, (places) => {
      for (const { x, y, wide, high } of placeTags(places, wides(places), room)) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
        expect(x + wide).toBeLessThanOrEqual(room.width)
        expect(y + high).toBeLessThanOrEqual(room.height)
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
      const tags = placeTags(places, wides(places), room)
      expect(placeTags(turned, wides(turned), room).reverse()).toEqual(tags)
    }),
  )
})

test('a tag stands above its box where there is room, and two boxes alike have tags apart', () => {
  const box = { x: 100, y: 100, wide: 60, high: 40 }
  expect(placeTags([box], [40], room)).toEqual([{ x: 100, y: 84, wide: 40, high: 16 }])
  const [a, b] = placeTags([box, box], [40, 40], room)
  expect(Math.abs(a.x - b.x) >= 40 || Math.abs(a.y - b.y) >= 16).toBe(true)
})

test('small boxes come first', () => {
  const of = (wide: number) => ({ x: 0, y: 0, wide, high: 10 })
  expect(bySize([of(30), of(10), of(20)])).toEqual([1, 2, 0])
})

test('there and back are two arrows, and each ends outside both tags', () => {
  const [a, b] = [
    { x: 10, y: 200, wide: 40, high: 16 },
    { x: 300, y: 150, wide: 40, high: 16 },
  ]
  const [there, back] = [arrowBetween(a, b, room), arrowBetween(b, a, room)]
  expect(there.bend).not.toEqual(back.bend)
  expect(pointOn(there, 0)).toEqual(there.from)
  expect(pointOn(there, 1)).toEqual(there.to)
  const inside = ([x, y]: readonly [number, number], { x: left, y: top, wide, high }: Place) =>
    x > left && x < left + wide && y > top && y < top + high
  for (const { from, to } of [there, back])
    for (const tag of [a, b]) expect([inside(from, tag), inside(to, tag)]).toEqual([false, false])
})

test('names of two arrows between the same tags do not lie on each other', () => {
  const arrow = arrowBetween(
    { x: 10, y: 200, wide: 40, high: 16 },
    { x: 300, y: 150, wide: 40, high: 16 },
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
