import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rect } from '../drawing/index.js'
import type { AnnotatedScene } from '../load/index.js'
import { arrowsOf } from './arrows.js'
import { placeSceneLabels } from './place-labels.js'
import { scenePicture } from './scene-picture.js'

const vocabulary = {
  classes: ['none', 'dog', 'cat & "mouse" <tail>'],
  predicates: ['none', 'chases', 'near'],
}
const scene: AnnotatedScene = {
  id: 'a.jpg',
  width: 400,
  height: 300,
  boxes: [
    [10, 20, 100, 200],
    [150, 40, 300, 250],
    [390, 290, 500, 400],
    [5, 5, 5, 5],
    [-9, -9, -1, -1],
  ],
  classes: [1, 2, 1, 2, 1],
  relations: [
    [0, 1, 1],
    [0, 1, 2],
    [0, 1, 2],
    [1, 0, 2],
    [0, 3, 1],
  ],
}

const occurrences = (svg: string, what: RegExp): number => [...svg.matchAll(what)].length

/** Whether tags close in the order in which they open. */
function wellFormed(svg: string): boolean {
  const open: string[] = []
  for (const [, close, name, alone] of svg.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)) {
    if (close !== '' ? open.pop() !== name : false) return false
    if (close === '' && alone === '') open.push(name)
  }
  return open.length === 0
}

describe('scenePicture', () => {
  it('has a box with its name for each object, one arrow for each ordered pair with all its predicates', () => {
    const svg = scenePicture(scene, vocabulary, { title: 'truth' })
    expect(wellFormed(svg)).toBe(true)
    expect(occurrences(svg, /marker-end/g)).toBe(3)
    expect(occurrences(svg, />dog<\/text>/g)).toBe(3)
    expect(occurrences(svg, />cat &amp; &quot;mouse&quot; &lt;tail&gt;<\/text>/g)).toBe(2)
    expect(occurrences(svg, />chases, near<\/text>/g)).toBe(1)
    expect(occurrences(svg, />truth<\/text>/g)).toBe(1)
    // the empty box and the one that is outside the image
    expect(occurrences(svg, /<circle/g)).toBe(2)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
    expect(scenePicture(scene, vocabulary, { title: 'truth' })).toBe(svg)
  })

  it('draws the relations that are given instead, and an image without any objects', () => {
    expect(
      occurrences(scenePicture(scene, vocabulary, { relations: [[1, 2, 1]] }), /marker-end/g),
    ).toBe(1)
    const none = scenePicture({ id: 1, width: 1, height: 1, boxes: [], classes: [] }, vocabulary)
    expect(wellFormed(none)).toBe(true)
  })

  it('is well formed and inside its frame whatever the boxes and names are', () => {
    const corner = fc.integer({ min: -500, max: 500 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(corner, corner, fc.nat(500), fc.nat(500)), {
          minLength: 2,
          maxLength: 5,
        }),
        fc.string({ unit: 'binary' }),
        (corners, name) => {
          const boxes = corners.map(([x, y, w, h]) => [x, y, x + w, y + h] as const)
          const svg = scenePicture(
            {
              id: 1,
              width: 300,
              height: 20,
              boxes,
              classes: boxes.map(() => 1),
              relations: [[0, 1, 1]],
            },
            { classes: ['none', name], predicates: ['none', name] },
          )
          expect(svg).not.toMatch(/NaN|undefined|Infinity/)
          expect(wellFormed(svg)).toBe(true)
          for (const [, x] of svg.matchAll(/<rect x="([^"]*)"/g))
            expect(Number(x)).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  it('keeps arrows inside the picture, where boxes stand at its border, too', () => {
    const corner = fc.tuple(fc.nat(380), fc.nat(280))
    const at = (...corners: readonly (readonly [number, number])[]): void => {
      const boxes = corners.map(([x, y]) => [x, y, x + 20, y + 20] as const)
      const relations = [
        [0, 1, 1],
        [1, 0, 1],
      ] as const
      const picture = scenePicture(
        { id: 1, width: 400, height: 300, boxes, classes: [1, 1], relations },
        vocabulary,
      )
      const paths = [...picture.matchAll(/<path d="M([^"Q]*)Q([^"]*)" stroke/g)]
      expect(paths).toHaveLength(2)
      for (const [, start, rest] of paths) {
        const numbers = `${start} ${rest}`.split(' ').map(Number)
        expect(numbers).toHaveLength(6)
        numbers.forEach((x, k) => {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(k % 2 === 0 ? 720 : 540)
        })
      }
    }
    at([20, 280], [300, 280])
    at([380, 10], [380, 200])
    fc.assert(
      fc.property(corner, corner, (a, b) => {
        at(a, b)
      }),
    )
  })

  it('refuses classes that are missing or have no name', () => {
    const bare = { id: 1, width: 4, height: 4, boxes: scene.boxes }
    expect(() => scenePicture(bare, vocabulary)).toThrow(/must have classes, got image 1 without/)
    expect(() => scenePicture({ ...bare, classes: [1, 1, 1, 1, 3] }, vocabulary)).toThrow(
      /from 1 to 2.*got 3/,
    )
  })

  it('keeps labels apart where there is room', () => {
    const label = { words: 'dog', x: 50, y: 60, kind: 'object', shade: '#000' } as const
    const placed = placeSceneLabels([label, label, label, label], {
      width: 200,
      height: 200,
      font: 13,
    })
    for (const a of placed)
      for (const b of placed)
        expect(
          a === b ||
            a.left + a.width <= b.left ||
            b.left + b.width <= a.left ||
            a.top + a.height <= b.top ||
            b.top + b.height <= a.top,
        ).toBe(true)
  })
})

it('keeps names of relations off the heads of arrows', () => {
  const room = { width: 400, height: 300, font: 13 }
  const tags = placeSceneLabels(
    [
      { words: 'dog', x: 40, y: 100, kind: 'object', shade: '#000' },
      { words: 'ball', x: 240, y: 100, kind: 'object', shade: '#000' },
    ],
    room,
  )
  const [{ head, at }] = arrowsOf([[0, 1, 1]], tags, room)
  // the tip is next to the tag of the object, on the side of the subject
  expect(head.left + head.width).toBeLessThanOrEqual(tags[1].left + tags[1].width)
  expect(Math.abs(head.left + head.width - tags[1].left)).toBeLessThan(20)
  const label = { words: 'on', kind: 'relation', shade: '#000' } as const
  const clear = (others: readonly Rect[]): boolean => {
    const [name] = placeSceneLabels([{ ...label, x: head.left - 4, y: head.top + 6 }], room, others)
    const apart = (a: number, long: number, b: number, long2: number): boolean =>
      a + long <= b || b + long2 <= a
    return (
      apart(name.left, name.width, head.left, head.width) ||
      apart(name.top, name.height, head.top, head.height)
    )
  }
  expect(clear(tags)).toBe(false)
  expect(clear([...tags, head])).toBe(true)
  expect(at[0]).toBeGreaterThan(tags[0].left)
})
