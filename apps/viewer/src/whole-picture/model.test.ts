import { personOnBoard } from '@nonconvex/structured/pairwise'
import { expect, test } from 'vitest'
import { namesOf, seen } from './model.js'
import { parts, wholePictureParams, type WholePictureParams } from './params.js'

const defaults = (): WholePictureParams => wholePictureParams.parse({})

test('the defaults are the picture of the library', () => {
  const params = defaults()
  expect(parts.map(([part, count]) => [part, count])).toEqual(
    personOnBoard.parts.map((part, i) => [part, personOnBoard.labels[i]]),
  )
  expect(parts.map(([part]) => params[part])).toEqual(personOnBoard.unary)
})

test('the whole differs from its parts, with the probabilities of the theory', () => {
  const { local, ranked, rankOfLocal, alone, whole } = seen(defaults())
  expect(namesOf(local)).toEqual(['man', 'skateboard', 'sand'])
  expect(namesOf(ranked[0].y)).toEqual(['man', 'surfboard', 'wave'])
  expect(ranked.length).toBe(12)
  expect(ranked[0].p).toBeCloseTo(0.253966465773, 11)
  expect(ranked[0].score).toBeCloseTo(3, 12)
  expect(ranked[rankOfLocal].p).toBeCloseTo(0.051274945127, 11)
  expect(ranked[rankOfLocal].score).toBeCloseTo(1.4, 12)
  for (const p of [...alone, ...whole]) expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
})

test('without context the whole is its parts', () => {
  const { local, ranked, rankOfLocal, alone, whole } = seen({ ...defaults(), context: 0 })
  expect([ranked[0].y, rankOfLocal]).toEqual([local, 0])
  whole.forEach((p, i) => p.forEach((x, a) => expect(x).toBeCloseTo(alone[i][a], 12)))
})

test('the best labeling changes where it says, and not before', () => {
  const params = defaults()
  const { flips, ranked } = seen(params)
  let flipped = 0
  parts.forEach(([part], i) =>
    params[part].forEach((score, a) => {
      const at = flips[i][a] ?? NaN
      const toward = Math.sign(at - score)
      const bestAt = (value: number) =>
        seen({ ...params, [part]: params[part].map((x, b) => (b === a ? value : x)) }).ranked[0].y
      expect(bestAt(at - 1e-9 * toward)).toEqual(ranked[0].y)
      expect(bestAt(at + 1e-9 * toward)).not.toEqual(ranked[0].y)
      flipped++
    }),
  )
  expect(flipped).toBe(7)
  expect(flips[1][0]).toBeCloseTo(0.9, 12)
})
