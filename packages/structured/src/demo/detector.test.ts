import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { demoDetections, demoPartner, demoScene, demoScenes } from './index.js'
import { boxOverlap } from '../recall/index.js'
import { logits, meansOf } from './detector.js'
import { classGroups, predicateGroups } from './names.js'

const source = stream(11)
const many = (count: number, options: object) => [...demoScenes(stream(3), count, options)]

/** Share of objects whose largest score is that of their class, out of these classes. */
function best(all: ReturnType<typeof many>, which: (c: number) => boolean): number {
  const right = all.flatMap(({ classes, objectLogits }) =>
    classes.flatMap((c, i) =>
      which(c) ? [objectLogits[i].every((x, k) => k === c || x < objectLogits[i][c])] : [],
    ),
  )
  return right.filter(Boolean).length / right.length
}

describe('the means of the detector', () => {
  it('are as far apart as the margins say, whatever the size of a group', () => {
    const full = (means: ReturnType<typeof meansOf>): number[][] =>
      means.map((mean) => means.map((_, k) => mean.find(([at]) => at === k)?.[1] ?? 0))
    const far = (a: readonly number[], b: readonly number[]): number =>
      Math.sqrt(a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0))
    for (const groups of [classGroups, predicateGroups]) {
      const means = full(meansOf(groups, 4, 0.5))
      const centers = full(meansOf(groups, 4, 0))
      groups.forEach((group, c) => {
        for (const k of group)
          if (k !== c) expect(far(means[c], means[k])).toBeCloseTo(0.5 * Math.SQRT2, 12)
        groups.forEach((other, k) => {
          if (group.includes(k)) return
          const clear = (group.length === 1 ? 16 : 8) + (other.length === 1 ? 16 : 8)
          expect(far(centers[c], centers[k])).toBeCloseTo(Math.sqrt(clear), 12)
        })
      })
    }
  })

  it('give log-likelihoods: the larger of two is right as often as the normal distribution predicts', () => {
    const means = meansOf(
      [
        [0, 1],
        [0, 1],
      ],
      4,
      1,
    )
    const n = 20_000
    const { data } = logits(new Array<number>(n).fill(0), means, source)
    let right = 0
    for (let i = 0; i < n; i++) right += Number(data[2 * i] > data[2 * i + 1])
    // Φ(√2 / 2), half the distance
    expect(Math.abs(right / n - 0.76025)).toBeLessThan(4 * Math.sqrt((0.76 * 0.24) / n) + 0.001)
  })
})

describe('the margins', () => {
  it('change what the detector says and nothing else, noise kept', () => {
    const [a, b] = [
      demoScene(source),
      demoScene(source, { pairMargin: 9, innerMargin: 2, relationMargin: 1 }),
    ]
    const rest = ({ objectLogits, relationLogits, ...other }: typeof a) => ({
      ...other,
      sizes: [objectLogits.length, relationLogits.map(([s, o]) => [s, o])],
    })
    expect(rest(b)).toEqual(rest(a))
    expect(b.objectLogits).not.toEqual(a.objectLogits)
    // each margin has its own scores
    expect(demoScene(source, { pairMargin: 9 }).relationLogits).toEqual(a.relationLogits)
    expect(demoScene(source, { relationMargin: 9 }).objectLogits).toEqual(a.objectLogits)
    expect(demoScene(source, { kept: 0.1 }).relationLogits).toEqual(a.relationLogits)
  })

  it('decide how well classes are told apart', () => {
    const ambiguous = (c: number): boolean => demoPartner(c) > 0
    const clear = (c: number): boolean => demoPartner(c) === 0
    const [blind, usual, keen] = [0, 0.5, 4].map((innerMargin) => many(300, { innerMargin }))
    expect(best(usual, clear)).toBeGreaterThan(0.85)
    expect(best(usual, ambiguous)).toBeLessThan(0.7)
    expect(best(blind, ambiguous)).toBe(0)
    expect(best(keen, ambiguous)).toBeGreaterThan(0.97)
    expect(best(many(300, { pairMargin: 0, innerMargin: 0 }), clear)).toBe(0)
  })
})

describe('detections', () => {
  it('are those of the scene when nothing is missed, moved or added', () => {
    const { id, width, height, boxes, objectLogits, relationLogits } = demoScene(source)
    expect(demoDetections(source)).toEqual({
      id,
      width,
      height,
      boxes,
      objectLogits,
      relationLogits,
    })
  })

  it('lose, move and gain boxes, each by its own knob', () => {
    let [lost, all, moved, extra] = [0, 0, 0, 0]
    for (let t = 0; t < 200; t++) {
      const from = stream(8).child('scene', t)
      const { boxes, objectLogits } = demoScene(from)
      const missed = demoDetections(from, { miss: 0.3 })
      all += boxes.length
      lost += boxes.length - missed.boxes.length
      const n = missed.boxes.length
      for (const [s, o] of missed.relationLogits ?? []) expect(s < n && o < n && s !== o).toBe(true)
      expect(missed.relationLogits).toHaveLength(n * (n - 1))
      // what is found keeps its scores
      for (const row of missed.objectLogits ?? []) expect(objectLogits).toContainEqual(row)

      const shaken = demoDetections(from, { jitter: 0.1 })
      expect(shaken.objectLogits).toEqual(objectLogits)
      shaken.boxes.forEach((box, i) => {
        moved += Number(boxOverlap(box, boxes[i], false) < 1)
        expect(box[2] - box[0] >= 4 && box[3] - box[1] >= 4).toBe(true)
        expect(box.every((x) => x >= 0 && x <= 640)).toBe(true)
      })
      const more = demoDetections(from, { spurious: 1.5 })
      extra += more.boxes.length - boxes.length
      expect(more.boxes.slice(0, boxes.length)).toEqual(boxes)
      expect(more.relationLogits).toHaveLength(more.boxes.length * (more.boxes.length - 1))
      expect(more.objectLogits?.slice(0, boxes.length)).toEqual(objectLogits)
    }
    expect(Math.abs(lost / all - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / all))
    expect(moved / all).toBeGreaterThan(0.95)
    expect(Math.abs(extra / 200 - 1.5)).toBeLessThan(4 * Math.sqrt(0.25 / 200))
    expect(demoDetections(source, { miss: 1 })).toMatchObject({ boxes: [], relationLogits: [] })
  })

  it('miss more boxes with a larger probability, never others', () => {
    const found = [0.1, 0.4, 0.8].map((miss) => demoDetections(source, { miss }).boxes)
    for (const box of found[2]) expect(found[1]).toContainEqual(box)
    for (const box of found[1]) expect(found[0]).toContainEqual(box)
  })
})
