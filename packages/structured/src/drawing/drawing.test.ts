import { expect, it } from 'vitest'
import { arrowBetween, escapeXml, overlapArea, placeLabels, pointOn, textWidth } from './index.js'

const rect = (left: number, top = 0) => ({ left, top, width: 40, height: 16 })

it('escapes text, and what XML cannot hold', () => {
  expect(escapeXml('a < b & "c" > d')).toBe('a &lt; b &amp; &quot;c&quot; &gt; d')
  expect(escapeXml('\u0000\ud800x\u{1F600}')).toBe('\ufffd\ufffdx\u{1F600}')
})

it('takes the first candidate of the lowest cost, given those before', () => {
  const cost = (place: number, placed: readonly number[]) => (placed.includes(place) ? 1 : 0)
  expect(placeLabels([1, 2, 3, 4], () => [1, 2, 3], cost)).toEqual([1, 2, 3, 1])
  expect(placeLabels(['a'], () => [], cost)).toEqual([])
  // nothing is tried once a place is free
  const tried: number[] = []
  placeLabels(
    ['a'],
    () => [5, 6],
    (place) => tried.push(place) - 1,
  )
  expect(tried).toEqual([5])
})

it('measures overlaps', () => {
  expect(overlapArea(rect(0), rect(30, 10))).toBe(10 * 6)
  expect([overlapArea(rect(0), rect(40)), overlapArea(rect(0), rect(50))]).toEqual([0, 0])
})

it('is wider for wide letters, bold and larger type', () => {
  expect(textWidth('mm', 10)).toBeGreaterThan(textWidth('ii', 10))
  expect(textWidth('ab', 20, true)).toBeCloseTo(2.2 * textWidth('ab', 10), 12)
})

it('draws there and back as two arrows, each between the edges, inside the picture', () => {
  const options = { width: 500, height: 375, bend: () => 60, gaps: [1, 3] } as const
  const [a, b] = [rect(10, 200), rect(300, 150)]
  const [there, back] = [arrowBetween(a, b, options), arrowBetween(b, a, options)]
  expect(there.bend).not.toEqual(back.bend)
  expect([pointOn(there, 0), pointOn(there, 1)]).toEqual([there.from, there.to])
  for (const { from, to, bend } of [there, back]) {
    for (const [x, y] of [from, to])
      for (const { left, top, width, height } of [a, b])
        expect(x > left && x < left + width && y > top && y < top + height).toBe(false)
    expect(Math.min(...bend)).toBeGreaterThanOrEqual(0)
  }
})
