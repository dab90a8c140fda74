import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  demoDetections,
  demoObjects,
  demoPartner,
  demoScene,
  demoScenes,
  demoVocabulary,
} from './index.js'
import { scenePicture } from '../picture/index.js'
import { exchangeHeader, exchangeLine, readExchange } from '../load/index.js'
import type { Box } from '../recall/boxes.js'
import { fits } from './geometry.js'
import { sceneKinds } from './grammar.js'

const { classes: names, predicates } = demoVocabulary
const scenes = [...demoScenes(stream(1), 1500)]
const source = stream(5)

/** Whether a share of successes is what it should be, within four standard errors. */
function expectShare(found: number, of: number, p: number, what: string): void {
  expect(of, what).toBeGreaterThan(50)
  const error = Math.sqrt((p * (1 - p)) / of)
  expect(Math.abs(found / of - p), `${what}: ${found} of ${of}, ${p}`).toBeLessThan(4 * error)
}

describe('the names', () => {
  it('are 32 classes, twenty of them in pairs, and eleven predicates', () => {
    expect([names.length, predicates.length]).toEqual([33, 12])
    expect([new Set(names).size, new Set(predicates).size]).toEqual([33, 12])
    const twins = names.map((_, c) => demoPartner(c))
    expect(twins.filter((c) => c > 0)).toHaveLength(20)
    twins.forEach((c, i) => {
      if (c > 0) expect([demoPartner(c), c]).toEqual([i, i % 2 === 1 ? i + 1 : i - 1])
    })
    expect(demoPartner(names.indexOf('kite'))).toBe(names.indexOf('bird'))
    expect(demoPartner(names.indexOf('man'))).toBe(0)
  })

  it('are all used, confusable ones in other kinds of scene or with other predicates', () => {
    const used = scenes.flatMap((scene) => scene.classes)
    const said = scenes.flatMap(({ actual }) => actual.map(([, , p]) => p))
    expect(new Set(used).size).toBe(32)
    expect(new Set(said).size).toBe(11)
    const context = (c: number): string[] =>
      sceneKinds.flatMap(({ name, rules }) =>
        rules
          .filter(({ subject, object }) => subject === c || object === c)
          .map(
            ({ subject, predicate, object }) =>
              `${name} ${subject === c} ${predicate} ${subject === c ? object : subject}`,
          ),
      )
    for (let c = 1; c <= 20; c++) {
      const other = new Set(context(demoPartner(c)))
      const own = context(c)
      expect(own.length, names[c]).toBeGreaterThan(0)
      expect(
        own.filter((each) => other.has(each)),
        names[c],
      ).toEqual([])
    }
  })
})

describe('synthetic scenes', () => {
  it('have 3 to 12 objects, boxes of whole pixels inside the image and not under 4 of them', () => {
    const counts = new Set(scenes.map(({ boxes }) => boxes.length))
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([
      demoObjects.least,
      demoObjects.most,
    ])
    for (const { boxes, width, height, classes } of scenes) {
      expect(classes).toHaveLength(boxes.length)
      for (const [x1, y1, x2, y2] of boxes) {
        expect([x1, y1, x2, y2].every(Number.isInteger)).toBe(true)
        expect(x1 >= 0 && y1 >= 0 && x2 <= width && y2 <= height).toBe(true)
        expect(x2 - x1 >= 4 && y2 - y1 >= 4).toBe(true)
      }
    }
  })

  it('have relations whose boxes lie as the predicate wants, written anew from its definition', () => {
    const w = ([a, , b]: Box) => b - a
    const h = ([, a, , b]: Box) => b - a
    const [x, y] = [(b: Box) => (b[0] + b[2]) / 2, (b: Box) => (b[1] + b[3]) / 2]
    const both = (a: Box, b: Box) => Math.min(a[2], b[2]) - Math.max(a[0], b[0])
    const meet = (a: Box, b: Box) => both(a, b) > 0 && Math.min(a[3], b[3]) > Math.max(a[1], b[1])
    const contains = (a: Box, b: Box) =>
      a[0] <= b[0] && a[1] <= b[1] && a[2] >= b[2] && a[3] >= b[3]
    const rests = (s: Box, o: Box) =>
      s[3] >= o[1] && s[3] <= y(o) && Math.abs(x(s) - x(o)) <= 0.2 * Math.max(w(s), w(o))
    const over = (s: Box, o: Box) => s[3] <= y(o) && both(s, o) > Math.min(w(s), w(o)) / 2
    const rules: { readonly [name: string]: (s: Box, o: Box) => boolean } = {
      on: rests,
      'sitting on': rests,
      riding: rests,
      above: over,
      under: (s, o) => over(o, s),
      wearing: (s, o) => contains(s, o) && o[3] - s[1] <= 0.35 * h(s),
      has: contains,
      holding: (s, o) =>
        meet(s, o) &&
        Math.abs(y(o) - y(s)) <= 0.2 * h(s) &&
        [s[0], s[2]].some((side) => Math.abs(x(o) - side) <= w(s) / 4),
      near: (s, o) =>
        both(s, o) > -0.5 * Math.max(w(s), w(o)) &&
        Math.abs(s[3] - o[3]) <= 0.15 * Math.max(h(s), h(o)),
      'in front of': (s, o) => meet(s, o) && s[3] > o[3],
      behind: (s, o) => meet(s, o) && s[3] < o[3],
    }
    const seen = new Set<number>()
    for (const { boxes, actual } of scenes)
      for (const [s, o, p] of actual) {
        seen.add(p)
        expect(rules[predicates[p]](boxes[s], boxes[o]), predicates[p]).toBe(true)
        expect(fits(p, boxes[s], boxes[o])).toBe(true)
      }
    expect(seen.size).toBe(11)
  })

  it('have one predicate a pair, by a rule of their kind, or near or above where no rule joins the two', () => {
    for (const { kind, classes, actual } of scenes) {
      const rules = sceneKinds.find(({ name }) => name === kind)?.rules ?? []
      const pairs = actual.map(([s, o]) => `${s} ${o}`)
      expect(new Set(pairs).size).toBe(pairs.length)
      for (const [s, o, p] of actual) {
        expect(s).not.toBe(o)
        const ruled = rules.some(
          ({ subject, predicate, object }) =>
            subject === classes[s] && predicate === p && object === classes[o],
        )
        expect(ruled || ['near', 'above'].includes(predicates[p])).toBe(true)
      }
    }
  })

  it('are drawn with the weights of the grammar', () => {
    const total = sceneKinds.reduce((sum, { weight }) => sum + weight, 0)
    expect(total).toBeCloseTo(1, 14)
    for (const { name, weight, standing } of sceneKinds) {
      const own = scenes.filter(({ kind }) => kind === name)
      expectShare(own.length, scenes.length, weight, name)
      // the first object always stands alone
      const all = standing.reduce((sum, each) => sum + each.weight, 0)
      for (const { label, weight: share } of standing)
        expectShare(
          own.filter(({ classes }) => classes[0] === label).length,
          own.length,
          share / all,
          `${name}: ${names[label]}`,
        )
    }
  })

  it('have relations left out with the probability that is asked for', () => {
    const written = scenes.flatMap(({ relations }) => relations).length
    const actual = scenes.flatMap((scene) => scene.actual).length
    expectShare(written, actual, 0.7, 'written down')
    for (const scene of scenes.slice(0, 100))
      expect(scene.actual).toEqual(expect.arrayContaining([...scene.relations]))
    expect(demoScene(source, { kept: 1 }).relations).toEqual(demoScene(source).actual)
    expect(demoScene(source, { kept: 0 }).relations).toEqual([])
  })

  it('are the same for the same seed, and one after the other the same whatever their number', () => {
    expect([...demoScenes(stream(1), 20)]).toEqual(scenes.slice(0, 20))
    expect(demoScene(stream(1).child('scene', 3)).boxes).toEqual(scenes[3].boxes)
    expect(demoScene(stream(2)).boxes).not.toEqual(demoScene(stream(3)).boxes)
    expect([...demoScenes(stream(1), 0)]).toEqual([])
    expect(scenes[0].id).toBe(`${scenes[0].kind}-1`)
    expect(demoScene(source, { id: 7 }).id).toBe(7)
  })

  it('go through a file of the exchange format and come back as they were, without a number that is none', async () => {
    const header = { dataset: 'demo', split: 'test', ...demoVocabulary }
    const some = scenes.slice(0, 60)
    const text = [exchangeHeader(header), ...some.map((scene) => exchangeLine(scene, header))]
    const read = await readExchange([text.join('\n')])
    expect(read.header).toEqual(header)
    let at = 0
    for await (const scene of read.scenes) {
      const { kind, actual, ...rest } = some[at++]
      expect([kind, actual.length >= 0]).toEqual([expect.any(String), true])
      expect(scene).toEqual(rest)
    }
    expect(at).toBe(60)
  })

  it('are drawn', () => {
    const svg = scenePicture(scenes[0], demoVocabulary)
    expect(svg).toContain(`>${names[scenes[0].classes[0]]}</text>`)
    expect(svg).not.toMatch(/NaN|undefined/)
  })

  it('refuse options out of their range', () => {
    expect(() => demoScene(source, { innerMargin: -1 })).toThrow(
      /demoScene: expected innerMargin to be finite and ≥ 0, got -1/,
    )
    expect(() => demoScene(source, { pairMargin: NaN })).toThrow(/pairMargin .*, got NaN/)
    expect(() => demoScene(source, { kept: 1.5 })).toThrow(/expected kept in \[0, 1\], got 1.5/)
    expect(() => demoScenes(source, 2.5)).toThrow(/demoScenes: expected count to be an integer ≥ 0/)
    expect(() => demoScenes(source, 1, { relationMargin: Infinity })).toThrow(/relationMargin/)
    expect(() => demoDetections(source, { miss: -0.1 })).toThrow(/demoDetections: expected miss in/)
    expect(() => demoDetections(source, { jitter: -1 })).toThrow(
      /expected jitter to be finite and ≥ 0/,
    )
  })
})
