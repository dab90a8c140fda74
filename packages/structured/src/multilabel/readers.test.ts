import { describe, expect, it } from 'vitest'
import { denseFeatures, labelsOf, MultilabelDataError, type MultilabelData } from './data.js'
import { labelList } from './label-list.js'
import { readArff } from './arff.js'
import { readLabelColumns } from './csv.js'
import { readLabelSets, readPredictedColumns } from './predictions.js'
import { readSparseLines } from './sparse-lines.js'

const head = `% a comment
@RELATION 'set: -C 2, with commas, and a correlation'

@attribute TAG_m\\'usica {0,1}
@Attribute "second, label" {1,0}
@attribute 1998 {0,1}
@attribute correlation real
@attribute 'it\\'s' {red,'dark blue',green}
@attribute side {left,right}
@data
`
const all = (data: MultilabelData) => ({
  x: Array.from({ length: data.rows }, (_, r) => [
    ...denseFeatures(data).data.subarray(r * data.features.length, (r + 1) * data.features.length),
  ]),
  y: Array.from({ length: data.rows }, (_, r) => [...labelsOf(data, r)]),
})

/** The same text in pieces of one, three or all characters gives the same. */
const pieces = (text: string, n: number): string[] =>
  text.match(new RegExp(`[^]{1,${n}}`, 'g')) ?? []

async function fault(reading: Promise<unknown>): Promise<MultilabelDataError> {
  try {
    await reading
  } catch (error) {
    if (error instanceof MultilabelDataError) return error
    throw error
  }
  throw new Error('it was read')
}

describe('readArff', () => {
  it('reads dense and sparse rows, quotes, nominal values and the labels of MEKA', async () => {
    const text = `${head}1,0,1,2.5,'dark blue',right\n{0 1, 3 -1, 5 right}\n{1 0}\n`
    for (const n of [1, 3, 10_000]) {
      const data = await readArff(pieces(text, n))
      expect(data.labels).toEqual([`TAG_m\\'usica`, 'second, label'])
      expect(data.features).toEqual([
        '1998',
        'correlation',
        "it's=red",
        "it's=dark blue",
        "it's=green",
        'side=right',
      ])
      // absent from a sparse row: 0 for a number, the first value of others, which is 1 for a label
      expect(all(data)).toEqual({
        x: [
          [1, 2.5, 0, 1, 0, 1],
          [0, -1, 1, 0, 0, 1],
          [0, 0, 1, 0, 0, 0],
        ],
        y: [[0], [0, 1], []],
      })
    }
  })

  it('finds labels by name in any order, the last ones, and keeps the order of the file', async () => {
    const text =
      '@relation r\n@attribute x numeric\n@attribute b {0,1}\n@attribute a {0,1}\n@data\n{2 1}\n'
    for (const labels of [['a', 'b'], -2])
      expect((await readArff([text], { labels })).labels).toEqual(['b', 'a'])
  })

  const bad: [string, string, number, string?][] = [
    ['row', '1,0,1,2,red\n', 11],
    ['nominal', '1,0,1,2,pink,left\n', 11],
    ['nominal', '2,0,1,2,red,left\n', 11],
    ['missing', '1,0,1,?,red,left\n', 11],
    ['number', '1,0,1,x,red,left\n', 11],
    ['number', '1,0,1,NaN,red,left\n', 11],
    ['row', "1,0,1,2,'red,left\n", 11],
    ['index', '{6 1}\n', 11],
    ['index', '{-1 1}\n', 11],
    ['index', '{3 1, 3 2}\n', 11],
    ['index', '{3 1, 0 1}\n', 11],
    ['index', '{3}\n', 11],
    ['row', '{3 1\n', 11],
    ['empty', '', 0],
    ['header', '', 5, '@attribute x numeric\n@attribute x {0,1}\n'],
    ['header', '', 4, '@attribute when date\n'],
    ['header', '', 4, '@attribut x numeric\n'],
    ['labels', '', 4, '@attribute x numeric\n@data\n'],
  ]
  it.each(bad)('refuses %s: %j', async (code, rows, line, attributes) => {
    const text = attributes === undefined ? head + rows : `\n@relation r\n\n${attributes}@data\n`
    const reading = attributes?.includes('@data') === true ? { labels: 2 } : {}
    const found = await fault(readArff([text], reading))
    expect(found.fault).toBe(code)
    if (code !== 'labels') expect(found.line).toBe(line)
  })

  it('refuses labels that are no attributes, or not of two values, naming the file', async () => {
    const found = await fault(readArff([head], { labels: ['none'] }))
    expect([found.fault, found.part]).toEqual(['labels', 'xml'])
    expect((await fault(readArff([head], { labels: ["it's"] }))).line).toBe(8)
    expect((await fault(readArff([head.replace('-C', '')]))).fault).toBe('labels')
    expect((await fault(readArff(['@relation r\n']))).fault).toBe('header')
  })
})

describe('examples without labels', () => {
  it('are read where labels are absent, unknown, or no labels', async () => {
    const labels = ['y', 'z']
    const csv = await readLabelColumns(['x,y,w\n1,?,2\n3,,4\n'], labels, { unlabeled: true })
    const attributes = '@attribute x numeric\n@attribute y {0,1}\n@attribute w numeric\n@data\n'
    const text = `@relation r\n${attributes}1,?,2\n{0 3, 2 4}\n`
    const arff = await readArff([text], { labels, unlabeled: true })
    for (const data of [csv, arff]) {
      expect([data.features, data.labels]).toEqual([['x', 'w'], labels])
      expect(all(data)).toEqual({
        x: [
          [1, 2],
          [3, 4],
        ],
        y: [[], []],
      })
    }
  })
})

describe('labelList', () => {
  it('reads nested labels, entities and comments', () => {
    const xml = `<?xml version="1.0"?>\n<labels xmlns="x">\n<!-- <label name="no"/> --><label name='a &lt; "b"'>
      <label name="c&#228;&#xE9; &no; &#;"/></label></labels>`
    expect(labelList(xml)).toEqual(['a < "b"', 'cäé &no; &#;'])
  })

  it.each([
    ['<list/>', 1],
    ['<labels></labels>', 1],
    ['<labels>\n<label/></labels>', 2],
    ['<labels>\n<label name="&#abc;"/></labels>', 2],
    ['<labels>\n<label name="&#x110000;"/></labels>', 2],
    ['<labels><label name="a"/>\n\n<label name="a"/></labels>', 3],
  ])('refuses %j', (xml, line) => {
    expect(() => labelList(xml)).toThrow(MultilabelDataError)
    expect(() => labelList(xml)).toThrow(`line ${line}: `)
  })
})

describe('readSparseLines', () => {
  it('reads svmlight from 0 and from 1, with rows of no label, and XMC', async () => {
    const one = await readSparseLines(['10,9 1:2 3:-1 # note\n 2:4\n9\n'])
    expect(one.labels).toEqual(['9', '10'])
    expect(all(one)).toEqual({
      x: [
        [2, 0, -1],
        [0, 4, 0],
        [0, 0, 0],
      ],
      y: [[0, 1], [], [0]],
    })
    expect((await readSparseLines(['a 0:1\n'])).features).toEqual(['0'])
    const xmc = await readSparseLines(['2 4 3\n2,0 3:1\n 0:5\n'], { header: 'xmc' })
    expect([xmc.features.length, xmc.labels]).toEqual([4, ['0', '1', '2']])
    expect(all(xmc).y).toEqual([[0, 2], []])
    const known = await readSparseLines(['b 1:1\n'], { labels: ['c', 'b'], features: 3, base: 1 })
    expect([known.labels, all(known).y]).toEqual([['c', 'b'], [[1]]])
  })

  it.each([
    ['index', '1 2:1 2:1\n', 1],
    ['index', '1 2:1 1:1\n', 1],
    ['index', '1 1:1\n1 x:1\n', 2],
    ['index', '1 -1:1\n', 1],
    ['number', '1 1:nan\n', 1],
    ['labels', '1,1 1:1\n', 1],
    ['labels', '1,,2 1:1\n', 1],
    ['labels', '1:1\n', 0],
    ['row', '1\n2\n', 0],
    ['empty', '# nothing\n', 0],
  ] as const)('refuses %s: %j', async (code, text, line) => {
    const found = await fault(
      readSparseLines([text], { ...(code === 'empty' && { labels: ['1'] }) }),
    )
    expect([found.fault, found.line]).toEqual([code, line])
  })

  it.each([
    ['header', '1 2\n', 1],
    ['row', '2 3 3\n1 1:1\n', 0],
    ['labels', '1 3 3\n3 1:1\n', 2],
    ['index', '1 3 3\n1 3:1\n', 2],
  ] as const)('refuses %s of XMC: %j', async (code, text, line) => {
    const found = await fault(readSparseLines([text], { header: 'xmc' }))
    expect([found.fault, found.line]).toEqual([code, line])
  })
})

describe('readLabelColumns', () => {
  it.each([
    ['labels', 'x,y\n1,2\n', 2],
    ['labels', 'x,z\n', 1],
    ['header', 'y,x,x\n', 1],
    ['row', 'x,y\n1\n', 2],
    ['number', 'x,y\n,1\n', 2],
    ['row', 'x,y\n"1,1\n', 2],
    ['empty', 'x,y\n', 0],
    ['header', 'y\n1\n', 1],
    ['labels', 'x;y\n1;1\n', 1],
  ] as const)('refuses %s: %j', async (code, text, line) => {
    const found = await fault(readLabelColumns([text], ['y']))
    expect([found.fault, found.line]).toEqual([code, line])
  })
})

describe('readPredictedColumns', () => {
  it.each([
    ['number', 'a,b\n0.5,1.5\n', 2],
    ['number', 'a,b\n0.5,-1\n', 2],
    ['number', 'a,b\n0.5,\n', 2],
    ['row', 'a,b\n0.5\n', 2],
    ['header', 'a,a\n', 1],
    ['empty', 'a,b\n', 0],
    ['empty', '', 0],
  ] as const)('refuses %s: %j', async (code, text, line) => {
    const found = await fault(readPredictedColumns([text]))
    expect([found.fault, found.line]).toEqual([code, line])
  })
})

describe('readLabelSets', () => {
  const options = { rows: 2, labels: ['a', 'b'] }

  it('appends labels that the examples do not have, if it may', async () => {
    const text = '{"example": 2, "labels": ["c", "a"]}\n{"example": 1, "labels": ["c"]}\n'
    const { labels, p } = await readLabelSets([text], { ...options, others: true })
    expect([labels, [...p]]).toEqual([
      ['a', 'b', 'c'],
      [0, 0, 1, 1, 0, 1],
    ])
  })

  it.each([
    ['labels', '{"labels": ["c"]}\n', 1],
    ['labels', '{"labels": ["a", "a"]}\n', 1],
    ['row', '{"labels": ["a"]}\n', 0],
    ['row', '{"labels": []}\n{"labels": []}\n{"labels": []}\n', 3],
    ['row', '{"example": 0, "labels": []}\n', 1],
    ['row', '{"example": 1.5, "labels": []}\n', 1],
    ['row', '{"example": 1, "labels": []}\n{"example": 1, "labels": []}\n', 2],
    ['row', '{"labels": [1]}\n', 1],
    ['row', '["a"]\n', 1],
    ['row', 'a,b\n', 1],
    ['row', '{"schema": "x", "predictions": [\n', 1],
    ['row', '', 0],
  ] as const)('refuses %s: %j', async (code, text, line) => {
    const found = await fault(readLabelSets([text], options))
    expect([found.fault, found.line]).toEqual([code, line])
  })
})
