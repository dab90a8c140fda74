import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { all, cut, refusal } from '../../test/pieces.ts'
import { boxOddity, type AnnotatedScene } from './annotated-scene.js'
import { exchangeHeader, exchangeLine, readExchange } from './exchange.js'

const header = {
  dataset: 'fixture',
  split: 'train',
  classes: ['__background__', 'dog', 'cat'],
  predicates: ['__none__', 'near', 'on'],
}

const read = async (text: string, lengths: readonly number[] = []) => {
  const source = await readExchange(cut(text, lengths))
  return { header: source.header, scenes: await all(source.scenes) }
}
const written = (scenes: readonly AnnotatedScene[]): string =>
  [exchangeHeader(header), ...scenes.map((scene) => exchangeLine(scene, header))].join('\n')

// −0 is written as 0
const real = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((x) => (Object.is(x, -0) ? 0 : x))
const scenes: fc.Arbitrary<AnnotatedScene> = fc.integer({ min: 0, max: 4 }).chain((n) => {
  const each = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: n, maxLength: n })
  const place = fc.nat(Math.max(0, n - 1))
  const rows = <T>(row: fc.Arbitrary<T>, pair: (row: T) => readonly [number, number]) =>
    n < 2
      ? fc.constant([])
      : fc.array(
          row.filter((one) => pair(one)[0] !== pair(one)[1]),
          { maxLength: 5 },
        )
  const three = fc.tuple(real, real, real)
  return fc.record(
    {
      id: fc.oneof(fc.string(), fc.integer()),
      width: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      height: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      boxes: each(
        fc
          .tuple(real, real, real, real)
          .map(
            ([a, b, c, d]) =>
              [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)] as const,
          ),
      ),
      classes: each(fc.integer({ min: 1, max: 2 })),
      relations: rows(fc.tuple(place, place, fc.integer({ min: 1, max: 2 })), ([s, o]) => [s, o]),
      objectLogits: each(three),
      relationLogits: rows(fc.tuple(place, place, three), ([s, o]) => [s, o]).map((all) =>
        all.filter(([s, o], i) => all.findIndex(([a, b]) => a === s && b === o) === i),
      ),
      scores: each(real),
      relationScores: rows(
        fc.tuple(place, place, fc.integer({ min: 1, max: 2 }), real),
        ([s, o]) => [s, o],
      ),
    },
    { requiredKeys: ['id', 'width', 'height', 'boxes'] },
  )
})

describe('the exchange format', () => {
  it('is read as it was written, however the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(scenes, { maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 30 }),
        async (list, lengths) => {
          expect(await read(written(list), lengths)).toEqual({ header, scenes: list })
        },
      ),
    )
  })

  it('refuses any line that was damaged, or gives a scene without NaN', async () => {
    const line = exchangeLine(
      {
        id: 7,
        width: 10,
        height: 10,
        boxes: [
          [0, 0, 1, 1],
          [2, 2, 3, 3],
        ],
        classes: [1, 2],
        relations: [[0, 1, 1]],
      },
      header,
    )
    await fc.assert(
      fc.asyncProperty(
        fc.nat(line.length - 1),
        fc.nat(6),
        fc.string({ unit: fc.constantFrom(...'0129-e.,[]{}":an'), maxLength: 4 }),
        async (at, gone, instead) => {
          const text = line.slice(0, at) + instead + line.slice(at + gone)
          try {
            const found = await read(`${exchangeHeader(header)}\n${text}`)
            for (const { boxes, width, height, classes = [] } of found.scenes) {
              expect([...boxes.flat(), width, height].every(Number.isFinite)).toBe(true)
              expect(classes.every((c) => c === 1 || c === 2)).toBe(true)
            }
          } catch (error) {
            expect(error).toMatchObject({ name: 'SceneDataError' })
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  const image = {
    id: 'a.jpg',
    width: 4,
    height: 4,
    boxes: [
      [0, 0, 2, 2],
      [1, 1, 4, 4],
    ],
  }
  const refused: [unknown, string][] = [
    [{ ...image, classes: [1, 3] }, 'classes[1]: expected an integer from 1 to 2, got 3'],
    [
      { ...image, classes: [0, 1] },
      'classes[0]: expected an integer from 1 to 2, got 0; 0 stands for none',
    ],
    [{ ...image, classes: [1] }, 'classes: expected 2 entries, one for each box, got 1'],
    [
      { ...image, relations: [[0, 1, 3]] },
      'relations[0][2]: expected an integer from 1 to 2, got 3',
    ],
    [
      { ...image, relations: [[0, 2, 1]] },
      'relations[0][1]: expected an integer from 0 to 1, got 2',
    ],
    [{ ...image, relations: [[1, 1, 1]] }, 'relations[0]: expected two different boxes, got [1,1]'],
    [{ ...image, relations: [[0, 1]] }, 'relations[0]: expected 3 entries, got [0,1]'],
    [
      { ...image, boxes: [[2, 0, 0, 2]] },
      'boxes[0]: expected corners x1 ≤ x2 and y1 ≤ y2, got [2,0,0,2]',
    ],
    [{ ...image, boxes: [[0, 0, 2, null]] }, 'boxes[0][3]: expected a finite number, got null'],
    [{ ...image, width: 0 }, 'width: expected a size above 0, got 0'],
    [
      {
        ...image,
        objectLogits: [
          [1, 2, 3],
          [1, 2],
        ],
      },
      'objectLogits[1]: expected 3 numbers, got [1,2]',
    ],
    [
      { ...image, relationLogits: [[0, 1, [1, 2, 'x']]] },
      'relationLogits[0][2][2]: expected a finite number, got "x"',
    ],
    [
      { ...image, relationScores: [[0, 1, 0, 1]] },
      'relationScores[0][2]: expected an integer from 1 to 2, got 0; 0 stands for none',
    ],
  ]
  it.each(refused)('refuses %j', async (value, problem) => {
    expect(await refusal(read(`${exchangeHeader(header)}\n\n${JSON.stringify(value)}`))).toBe(
      `SceneDataError: line 3, image "a.jpg": ${problem}`,
    )
  })

  it('keeps the task of predictions in the header, and has none where there is none', async () => {
    const predicted = { ...header, task: 'sgcls' }
    expect((await read(exchangeHeader(predicted))).header).toEqual(predicted)
    expect((await read(exchangeHeader(header))).header).not.toHaveProperty('task')
    const wrong = exchangeHeader(predicted).replace('"sgcls"', '7')
    expect(await refusal(read(wrong))).toMatch(/line 1: task: expected a text, got 7/)
  })

  it('keeps what a model of predictions was made from, and refuses what does not say it', async () => {
    const predicted = { ...header, trained: { sha256: 'abc', part: 'val' as const } }
    expect((await read(exchangeHeader(predicted))).header).toEqual(predicted)
    expect((await read(exchangeHeader(header))).header).not.toHaveProperty('trained')
    for (const [from, to, message] of [
      ['"val"', '"valid"', 'trained.part: expected one of train, val, test, all, got "valid"'],
      ['"abc"', '7', 'trained.sha256: expected a text, got 7'],
      ['{"sha256":"abc","part":"val"}', '1', 'trained: expected an object, got 1'],
    ] as const)
      expect(await refusal(read(exchangeHeader(predicted).replace(from, to)))).toBe(
        `SceneDataError: line 1: ${message}`,
      )
  })

  it('refuses a header that is none, and an image cut short', async () => {
    const head = exchangeHeader(header)
    expect(await refusal(read(''))).toMatch(/expected a header line, got an empty file/)
    expect(await refusal(read('{"id":1}'))).toMatch(/line 1: expected a header with "format"/)
    expect(await refusal(read(head.replace('"version":1', '"version":2')))).toMatch(/version 1/)
    expect(await refusal(read(head.replace(/"classes":\[.*?\]/, '"classes":["none"]')))).toMatch(
      /classes: expected names/,
    )
    expect(await refusal(read(`${head}\n{"id":1,"wid`))).toMatch(
      /line 2, image 1: expected one JSON object/,
    )
    expect(await refusal(read(`${head}\n[1]`))).toMatch(/line 2: expected an image, got \[1\]/)
    expect(await refusal(read(`${head}\n{"width":1}`))).toMatch(/id: expected a name or a number/)
  })

  it.each([
    [
      { classes: ['__background__', 'dog', 'cat', 'dog'] },
      'classes[3]: expected each name once, got "dog" again',
    ],
    [{ classes: ['none', 'none'] }, 'classes[1]: expected each name once, got "none" again'],
    [
      { predicates: ['__none__', 'on', 'on'] },
      'predicates[2]: expected each name once, got "on" again',
    ],
  ])(
    'refuses a header in which a name stands twice, read or written: %j',
    async (names, problem) => {
      const text = JSON.stringify({ ...(JSON.parse(exchangeHeader(header)) as object), ...names })
      const rest = `${problem}; rename it, or merge the two`
      expect(await refusal(read(text))).toBe(`SceneDataError: line 1: ${rest}`)
      expect(() => exchangeHeader({ ...header, ...names })).toThrow(rest)
    },
  )

  it('names the image and the number that JSON does not have', async () => {
    const head = exchangeHeader(header)
    for (const [line, message] of [
      [
        '{"id":"a, NaN","boxes":[[0,0,2,NaN]]}',
        'line 2, image "a, NaN": expected one JSON object on each line, got invalid JSON (JSON has no NaN)',
      ],
      [
        '{"id":-7, "boxes":[[0,-Infinity,2,1]]}',
        'line 2, image -7: expected one JSON object on each line, got invalid JSON (JSON has no -Infinity)',
      ],
    ] as const)
      expect(await refusal(read(`${head}\n${line}`))).toBe(`SceneDataError: ${message}`)
    expect(await refusal(read(`${head}\n{"id":"a: [NaN","boxes":[}`))).toMatch(
      /line 2, image "a: \[NaN": .*\(Unexpected token/,
    )
    expect(await refusal(read(`${head}\n{"boxes":[1e999]}`))).toMatch(/line 2: id: expected/)
    const twice =
      '{"id":1,"width":4,"height":4,"boxes":[[0,0,1,1],[0,0,2,2]],"relationLogits":[[0,1,[0,1,2]],[1,0,[0,1,2]],[0,1,[2,1,0]]]}'
    expect(await refusal(read(`${head}\n${twice}`))).toMatch(
      /line 2, image 1: relationLogits\[2\]: expected each pair once, got .*0, 1 again/,
    )
    const huge = '{"id":1,"width":4,"height":4,"boxes":[[0,0,2,1e999]]}'
    expect(await refusal(read(`${head}\n${huge}`))).toMatch(
      /line 2, image 1: boxes\[0\]\[3\]: expected a finite number, got Infinity/,
    )
  })

  it('keeps boxes outside the image or without area, and can say that they are', async () => {
    const odd: AnnotatedScene = {
      id: 1,
      width: 10,
      height: 5,
      boxes: [
        [0, 0, 10, 5],
        [-1, 0, 2, 2],
        [3, 3, 3, 4],
        [8, 1, 12, 2],
      ],
    }
    const { scenes: found } = await read(written([odd]))
    expect(found).toEqual([odd])
    expect(odd.boxes.map((box) => boxOddity(box, odd))).toEqual([
      undefined,
      'outside',
      'empty',
      'outside',
    ])
  })
})
