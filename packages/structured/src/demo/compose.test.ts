import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { attachments, pick } from './compose.js'
import { fits, imageSize, inImage, proposed } from './geometry.js'
import { sceneKinds, single, statureOf } from './grammar.js'
import { classOf, demoVocabulary, predicateOf, type ClassName } from './names.js'

const beach = sceneKinds[4]
const offered = (names: readonly ClassName[], ruled: readonly [number, number, number][] = []) =>
  attachments(beach, names.map(classOf), ruled, new Set()).map(({ rule, there, role, weight }) => [
    there,
    demoVocabulary.predicates[rule.predicate],
    `${role} ${demoVocabulary.classes[rule[role]]}`,
    weight,
  ])

describe('what can be attached', () => {
  it('is every rule in which the object plays a part, with its weight', () => {
    expect(offered(['man'])).toEqual([
      [0, 'riding', 'object surfboard', 3],
      [0, 'holding', 'object kite', 1.5],
      [0, 'wearing', 'object hat', 1.5],
      [0, 'on', 'object sand', 1.5],
      [0, 'in front of', 'object wave', 1.5],
      [0, 'behind', 'subject wave', 1],
      [0, 'near', 'subject dog', 0.5],
    ])
  })

  it('is no second beach, no second place for a man who has one, and nobody to hold what is there', () => {
    expect(single.map((c) => demoVocabulary.classes[c])).toContain('sand')
    const busy = offered(['man', 'sand'], [[0, 1, predicateOf('on')]])
    expect(busy.filter(([there]) => there === 0).map(([, predicate]) => predicate)).toEqual([
      'holding',
      'wearing',
      'in front of',
      'behind',
      'near',
    ])
    expect(busy.filter(([there]) => there === 1).map(([, , what]) => what)).toEqual([
      'subject surfboard',
      'subject ball',
      'subject man',
      'subject woman',
      'subject kite',
      'subject bird',
    ])
    expect(offered(['hat'])).toEqual([])
  })

  it('is drawn in proportion to the weights', () => {
    const all = attachments(beach, [classOf('man')], [], new Set())
    const total = all.reduce((sum, { weight }) => sum + weight, 0)
    const source = stream(3)
    const n = 20_000
    const counts = new Map(all.map((each) => [each, 0]))
    for (let t = 0; t < n; t++) {
      const found = pick(source, all)
      if (found) counts.set(found, (counts.get(found) ?? 0) + 1)
    }
    for (const [{ weight }, count] of counts) {
      const p = weight / total
      expect(Math.abs(count / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n))
    }
    expect(pick(source, [])).toBeUndefined()
  })
})

describe('the geometry', () => {
  it('proposes boxes of which many fit, for every rule of the grammar and both of its ends', () => {
    const source = stream(4)
    const there = [250, 160, 390, 330] as const
    for (const { rules } of sceneKinds)
      for (const { subject, predicate, object } of rules)
        for (const role of ['subject', 'object'] as const) {
          const name = demoVocabulary.predicates[predicate]
          if (role === 'subject' && ['wearing', 'holding', 'has'].includes(name)) continue
          const [w, h] = statureOf[role === 'subject' ? subject : object]?.size ?? [0, 0]
          let count = 0
          for (let t = 0; t < 200; t++) {
            const size = [w * imageSize.height, h * imageSize.height] as const
            const box = inImage(proposed(predicate, role, there, size, source))
            if (!box) continue
            count += Number(
              role === 'subject' ? fits(predicate, box, there) : fits(predicate, there, box),
            )
          }
          // twelve tries are enough then
          expect(count / 200, `${role} of ${name}`).toBeGreaterThan(0.3)
        }
  })

  it('cuts boxes to the image, and drops what is too small then', () => {
    expect(inImage([-20, -3.4, 30.4, 500])).toEqual([0, 0, 30, 480])
    expect(inImage([637, 10, 900, 50])).toBeUndefined()
    expect(inImage([636, 10, 900, 50])).toEqual([636, 10, 640, 50])
    expect(inImage([10, -50, 40, 3.4])).toBeUndefined()
  })
})
