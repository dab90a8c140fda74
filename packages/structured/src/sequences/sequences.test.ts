import { stream, type Matrix } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { chainCrf } from '../learning/chain-crf.js'
import type { FitOptions } from '../learning/fit.js'
import { SceneDataError } from '../load/scene-data-error.js'
import { readColumns } from './columns.js'
import { entitiesOf, entityF1, sequenceScores, tagScheme, type TagScheme } from './entities.js'
import { featureNumbers, sequenceFeatures, tokenFeatures } from './templates.js'

const tags = (text: string): string[] => text.split(' ')
const file = (...texts: string[]) =>
  texts.map((text, n) => ({ lines: tags(text).map((_, t) => 10 * n + t + 1), tags: tags(text) }))

describe('readColumns', () => {
  it('separates sequences by one or several empty lines, columns by tabs or by spaces', async () => {
    const tabs = await readColumns(['\n\nNew York\tX\tB\n', '\r\n\n  \nx\tY\tO\r\ny\tZ\tO'])
    expect(tabs.separator).toBe('\t')
    expect(tabs.sequences.map(({ tokens }) => tokens)).toEqual([
      [['New York', 'X', 'B']],
      [
        ['x', 'Y', 'O'],
        ['y', 'Z', 'O'],
      ],
    ])
    expect(tabs.sequences.map(({ lines }) => lines)).toEqual([[3], [7, 8]])
    const spaces = await readColumns(['a  b\t'])
    expect([spaces.columns, spaces.separator]).toEqual([2, ' '])
  })

  it.each([
    ['a O\nb\n', 2],
    ['a\tO\n\nb c\tO\t\td\n', 3],
    ['a\tx\tO\nb\t\tO\n', 2],
    ['', undefined],
    ['\n \n', undefined],
  ])('refuses %j at line %s', async (text, line) => {
    const found = await readColumns([text]).catch((error: unknown) => error)
    expect(found).toBeInstanceOf(SceneDataError)
    expect((found as SceneDataError).place.line).toBe(line)
  })
})

describe('tagScheme', () => {
  it.each<[string, TagScheme]>([
    ['B-X I-X O B-X', 'iob2'],
    ['O I-X B-X I-X O I-Y', 'iob1'],
    ['S-X B-X E-X O B-Y I-Y E-Y', 'iobes'],
    ['DET NOUN O', 'none'],
  ])('finds the scheme of %s', (text, scheme) => {
    expect(tagScheme(file(text))).toBe(scheme)
    expect(tagScheme(file(text), scheme)).toBe(scheme)
  })

  it.each<[string, TagScheme | undefined, number]>([
    ['B-X I-Y', 'iob2', 2],
    ['O I-X', 'iob2', 2],
    ['O B-X', 'iob1', 2],
    ['B-X I-X', 'iobes', 2],
    ['B-X O', 'iobes', 2],
    ['O I-X', 'iobes', 2],
    ['B-X S-X', 'iob2', 2],
    ['B-X PER', undefined, 2],
    // neither of IOB2, nor of IOB1
    ['B-X I-X O I-X', undefined, 4],
  ])('names the line of the first tag that breaks it: %s, %s', (text, scheme, line) => {
    const run = () => tagScheme(file(text), scheme)
    expect(run).toThrow(SceneDataError)
    expect(run).toThrow(new RegExp(`^line ${line}: expected .*got .*;`))
  })
})

describe('entities', () => {
  it.each<[string, string]>([
    ['B-X I-X I-Y B-Y O I-X', 'X0-2 Y2-3 Y3-4 X5-6'],
    ['I-X I-X B-X', 'X0-2 X2-3'],
    ['B-X E-X E-X S-X I-X', 'X0-2 X2-3 X3-4 X4-5'],
    ['O O', ''],
  ])('of %s are counted as by conlleval', (text, found) => {
    const shown = entitiesOf(tags(text)).map(({ type, start, end }) => `${type}${start}-${end}`)
    expect(shown.join(' ')).toBe(found)
  })

  it('are right with type, first and last token', () => {
    const truth = tags('B-X I-X O B-Y O B-X')
    const scores = sequenceScores(
      [
        [truth, tags('B-X I-X O B-X O B-X')],
        [truth, tags('B-X O O B-Y I-Y B-X')],
        [truth, truth],
      ],
      'iob2',
    )
    expect(scores).toEqual({
      sequences: 3,
      tokens: 18,
      correct: 15,
      whole: 1,
      entities: [
        { type: 'X', true: 6, predicted: 7, correct: 5 },
        { type: 'Y', true: 3, predicted: 2, correct: 1 },
      ],
    })
    const { precision, recall, f1 } = entityF1(scores.entities)
    expect([precision, recall, f1]).toEqual([6 / 9, 6 / 9, 6 / 9])
    expect(entityF1([])).toEqual({ precision: 0, recall: 0, f1: 0 })
    expect(sequenceScores([[truth, truth]], 'none').entities).toEqual([])
  })
})

describe('features', () => {
  it('are those of the templates, without what training did not have', () => {
    const tokens = [['McDo-42', 'NN'], ['is']]
    expect(tokenFeatures(tokens, 0, ['shape', 'columns', 'suffix'])).toEqual([
      ...['s=XxXx-0', '2=NN', 'x=2', 'x=42', 'x=-42'],
    ])
    expect(tokenFeatures(tokens, 1, ['neighbors'])).toEqual([
      ...['-w=mcdo-42', '-s=XxXx-0', '-2=NN', 'end'],
    ])
    const numbers = featureNumbers([tokens], ['word', 'lower'])
    expect([...numbers.keys()]).toEqual(['w=McDo-42', 'l=mcdo-42', 'w=is', 'l=is'])
    expect(sequenceFeatures([['IS'], ['new']], ['word', 'lower'], numbers)).toEqual({
      rows: 2,
      cols: 4,
      start: Int32Array.of(0, 1, 1),
      index: Int32Array.of(3),
    })
  })

  it('as indicators train the same models as a matrix of 0 and 1', () => {
    const draws = stream(3)
    const sequences = Array.from({ length: 12 }, (_, n) => {
      const x: Matrix = { rows: 5, cols: 6, data: new Float64Array(30) }
      const [start, index] = [new Int32Array(6), [] as number[]]
      for (let t = 0; t < 5; t++) {
        for (let f = 0; f < 6; f++)
          if (draws.uniform() < 0.4) {
            x.data[t * 6 + f] = 1
            index.push(f)
          }
        start[t + 1] = index.length
      }
      const y = Array.from({ length: 5 }, (_, t) => (n + t * x.data[t * 6]) % 3)
      return { y, x, sparse: { rows: 5, cols: 6, start, index: Int32Array.from(index) } }
    })
    const crf = chainCrf({ states: 3, features: 6 })
    for (const objective of ['likelihood', 'pseudo', 'margin', 'perceptron'] as const) {
      const options: FitOptions = { objective, lambda: 0.1, maxIterations: 20 }
      const fit = (sparse: boolean) =>
        crf.fit(
          sequences.map((one) => ({ y: one.y, x: sparse ? one.sparse : one.x })),
          { ...options, stream: stream(1) },
        )
      const [dense, sparse] = [fit(false), fit(true)]
      expect(sparse.w).toEqual(dense.w)
      const { x, sparse: rows } = sequences[0]
      expect(sparse.probabilities(rows)).toEqual(dense.probabilities(x))
    }
    expect(() =>
      crf
        .withWeights(new Float64Array(30))
        .predict({ ...sequences[0].sparse, index: Int32Array.of(6) }),
    ).toThrow('x.start')
  })
})
