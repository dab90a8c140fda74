import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { demoScene, editedDemoScene } from './index.js'
import { fits, seenBetween } from './geometry.js'
import { predicateOf } from './names.js'

const seeds = Array.from({ length: 60 }, (_, i) => i)

/** Puts the box at the upper left, as it is. */
const toCorner = ([x1, y1, x2, y2]: readonly [number, number, number, number]) =>
  [0, 0, x2 - x1, y2 - y1] as const

describe('editedDemoScene', () => {
  it('is demoScene where nothing is changed', () => {
    for (const seed of seeds)
      expect(editedDemoScene(stream(seed), {})).toEqual(demoScene(stream(seed)))
  })

  it('has the relations that the boxes show, and keeps the scores of pairs that stay as they are', () => {
    let [ended, begun] = [0, 0]
    for (const seed of seeds) {
      const before = demoScene(stream(seed))
      const boxes = new Map([[0, toCorner(before.boxes[0])]])
      const after = editedDemoScene(stream(seed), { boxes })
      expect(after.boxes).toEqual([toCorner(before.boxes[0]), ...before.boxes.slice(1)])
      expect(after.objectLogits).toEqual(before.objectLogits)
      for (const [s, o, p] of after.actual) {
        const [subject, object] = [after.boxes[s], after.boxes[o]]
        const shown = seenBetween(subject, object)
        expect(fits(p, subject, object) || (shown !== undefined && predicateOf(shown) === p)).toBe(
          true,
        )
      }
      const of = (scene: typeof before, s: number, o: number) =>
        scene.actual.find((each) => each[0] === s && each[1] === o)?.[2] ?? 0
      after.relationLogits.forEach(([s, o, row], i) => {
        const [was, is] = [of(before, s, o), of(after, s, o)]
        if (s !== 0 && o !== 0) expect(is).toBe(was)
        expect(JSON.stringify(row) === JSON.stringify(before.relationLogits[i]?.[2])).toBe(
          was === is,
        )
        if (was > 0 && is === 0) ended++
        if (was === 0 && is > 0) begun++
      })
    }
    expect(ended).toBeGreaterThan(20)
    expect(begun).toBeGreaterThan(0)
  })

  it('takes objects away with their pairs, and leaves the others', () => {
    for (const seed of seeds) {
      const before = demoScene(stream(seed))
      const n = before.boxes.length
      const after = editedDemoScene(stream(seed), { without: new Set([1]) })
      const old = (i: number) => (i < 1 ? i : i + 1)
      expect(after.classes).toEqual(before.classes.filter((_, i) => i !== 1))
      expect(after.relationLogits).toHaveLength((n - 1) * (n - 2))
      for (const [s, o, row] of after.relationLogits)
        expect(before.relationLogits).toContainEqual([old(s), old(o), row])
      expect(after.relations.map(([s, o, p]) => [old(s), old(o), p])).toEqual(
        before.relations.filter(([s, o]) => s !== 1 && o !== 1),
      )
    }
  })

  it('refuses objects that are not there, boxes outside, and an empty scene', () => {
    const edit = (boxes: [number, [number, number, number, number]][], without: number[] = []) =>
      editedDemoScene(stream(7), { boxes: new Map(boxes), without: new Set(without) })
    expect(() => edit([[99, [0, 0, 9, 9]]])).toThrow('object')
    expect(() => edit([[0, [-1, 0, 9, 9]]])).toThrow('640 × 480')
    expect(() => edit([[0, [0, 0, 0, 9]]])).toThrow('area')
    expect(() => edit([[0, [0, 0, NaN, 9]]])).toThrow('finite')
    const n = demoScene(stream(7)).boxes.length
    expect(() => edit([], [...Array(n).keys()])).toThrow('at least one')
  })
})
