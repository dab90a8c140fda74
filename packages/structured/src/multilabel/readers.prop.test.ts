import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut } from '../../test/pieces.ts'
import { readArff } from './arff.js'
import { readLabelColumns } from './csv.js'
import { denseFeatures, labelsOf, MultilabelDataError, type MultilabelData } from './data.js'
import { labelList } from './label-list.js'
import { readLabelSets, readPredictedColumns } from './predictions.js'
import { readSparseLines } from './sparse-lines.js'

/** Examples as they are written to a file. */
interface Written {
  readonly features: readonly string[]
  readonly labels: readonly string[]
  readonly x: readonly (readonly number[])[]
  readonly y: readonly (readonly boolean[])[]
}

// characters that mean something in one of the formats, and others
const name = fc.string({
  unit: fc.constantFrom(...'ab1é ,\'"\\%{}:#=_'),
  minLength: 1,
  maxLength: 6,
})
const real = fc.oneof(
  fc.constantFrom(0, 1, -0.5, 1e-300),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 })

const written = (names: fc.Arbitrary<string>): fc.Arbitrary<Written> =>
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })).chain(([d, L]) =>
    fc
      .record({
        names: fc.uniqueArray(names, { minLength: d + L, maxLength: d + L }),
        x: fc.array(fc.array(real, { minLength: d, maxLength: d }), { minLength: 1, maxLength: 5 }),
        flags: fc.infiniteStream(fc.boolean()),
      })
      .map(({ names: all, x, flags }) => ({
        features: all.slice(0, d),
        labels: all.slice(d),
        x,
        y: x.map(() => Array.from({ length: L }, () => flags.next().value === true)),
      })),
  )

const trimmed = name.map((one) => one.trim()).filter((one) => one !== '')

function expectRead(data: MultilabelData, { features, labels, x, y }: Written): void {
  expect([data.features, data.labels, data.rows]).toEqual([features, labels, x.length])
  const d = features.length
  // 0 and −0 are the same
  expect([...denseFeatures(data).data].map((value) => value + 0)).toEqual(
    x.flat().map((value) => value + 0),
  )
  expect(denseFeatures(data)).toMatchObject({ rows: x.length, cols: d })
  y.forEach((row, r) => {
    expect([...labelsOf(data, r)]).toEqual(row.flatMap((is, l) => (is ? [l] : [])))
  })
}

const inCsv = (one: string): string => `"${one.replaceAll('"', '""')}"`
const csvOf = ({ features, labels, x, y }: Written): string =>
  [[...features, ...labels].map(inCsv), ...x.map((row, r) => [...row, ...y[r].map(Number)])].join(
    '\n',
  )

const inArff = (one: string): string => `'${one.replaceAll(/['\\]/g, (c) => `\\${c}`)}'`
const arffOf = ({ features, labels, x, y }: Written, sparse: boolean): string =>
  [
    '@relation r',
    ...features.map((one) => `@attribute ${inArff(one)} numeric`),
    ...labels.map((one) => `@attribute ${inArff(one)} {0,1}`),
    '@data',
    ...x.map((row, r) => {
      const values = [...row, ...y[r].map(Number)]
      return sparse
        ? `{${values.flatMap((value, i) => (value === 0 ? [] : [`${i} ${value}`])).join(', ')}}`
        : values.join(',')
    }),
  ].join('\n')

describe('readers of multilabel examples', () => {
  it('read what was written, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(written(trimmed), fc.boolean(), lengths, async (all, sparse, parts) => {
        expectRead(await readLabelColumns(cut(csvOf(all), parts), all.labels), all)
        const { labels } = all
        expectRead(await readArff(cut(arffOf(all, sparse), parts), { labels }), all)
        expectRead(await readArff(cut(arffOf(all, sparse), parts), { labels: -labels.length }), all)
      }),
    )
  })

  it('read sparse lines that were written', async () => {
    await fc.assert(
      fc.asyncProperty(written(trimmed), lengths, async (all, parts) => {
        const [d, L] = [all.features.length, all.labels.length]
        const lines = (base: number): string[] =>
          all.x.map((row, r) => {
            const own = all.y[r].flatMap((is, l) => (is ? [l] : []))
            const values = row.map((value, i) => `${i + base}:${value}`)
            return `${own.join()} ${values.join(' ')}`
          })
        const named = {
          ...all,
          labels: all.labels.map((_, l) => String(l)),
          features: all.features.map((_, i) => String(i)),
        }
        const xmc = [`${all.x.length} ${d} ${L}`, ...lines(0)].join('\n')
        expectRead(await readSparseLines(cut(xmc, parts), { header: 'xmc' }), named)
        const options = { base: 1, features: d, labels: named.labels } as const
        expectRead(await readSparseLines(cut(lines(1).join('\n'), parts), options), {
          ...named,
          features: all.features.map((_, i) => String(i + 1)),
        })
      }),
    )
  })

  it('read predictions that were written', async () => {
    await fc.assert(
      fc.asyncProperty(written(trimmed), lengths, async ({ labels, y }, parts) => {
        const p = y.flat().map(Number)
        const csv = [labels.map(inCsv), ...y.map((row) => row.map(Number))].join('\n')
        const rows = y.length
        const columns = await readPredictedColumns(cut(csv, parts))
        expect(columns).toEqual({ labels, rows, p: Float64Array.from(p), chosen: true })
        const sets = y
          .map((row, r) => ({ example: r + 1, labels: labels.filter((_, l) => row[l]) }))
          .reverse()
        const text = sets.map((set) => JSON.stringify(set)).join('\n')
        expect((await readLabelSets(cut(text, parts), { rows, labels })).p).toEqual(columns.p)
      }),
    )
  })

  it('read or refuse any text, with the line, and never throw anything else', async () => {
    const readers: readonly ((text: string) => unknown)[] = [
      (text) => readArff([text], { labels: -1 }),
      (text) => readArff([text]),
      (text) => readLabelColumns([text], ['b']),
      (text) => readSparseLines([text]),
      (text) => readSparseLines([text], { header: 'xmc' }),
      (text) => readPredictedColumns([text]),
      (text) => readLabelSets([text], { rows: 2, labels: ['a', 'b'] }),
      (text) => labelList(text),
    ]
    const good = [
      "@relation 'r: -C 1'\n@attribute b {0,1}\n@attribute x numeric\n@data\n1,2\n{0 1,1 -3}\n",
      'x,b\n1,0\n2,1\n',
      '1,2 1:2 4:-1\n 2:1\n',
      '2 4 3\n0,2 0:1\n1 3:2\n',
      'a,b\n0.5,1\n0,0\n',
      '{"example": 2, "labels": ["a"]}\n{"example": 1, "labels": []}\n',
      '<labels>\n<label name="a &#228; &amp;"/><label name="b"></label>\n</labels>',
    ]
    const entity = fc.string({ unit: fc.constantFrom(...'&#xX019afF;'), maxLength: 12 })
    const changed = fc
      .tuple(
        fc.constantFrom(...good),
        fc.nat(120),
        fc.nat(8),
        fc.string({ unit: fc.constantFrom(...'@{}<>&#;x,:"\'?-e9 \n\\%\0é'), maxLength: 8 }),
      )
      .map(([text, at, gone, more]) => text.slice(0, at) + more + text.slice(at + gone))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          changed,
          fc.string(),
          entity.map((one) => `<labels><label name='${one}'/></labels>`),
        ),
        async (text) => {
          for (const read of readers) {
            try {
              await read(text)
            } catch (error) {
              expect(error).toBeInstanceOf(MultilabelDataError)
              const { line } = error as MultilabelDataError
              expect(line).toBeGreaterThanOrEqual(0)
              expect(line).toBeLessThanOrEqual(text.split('\n').length)
            }
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})
