import { readFile } from 'node:fs/promises'
import { loadSvmlight } from '@nonconvex/overparam/tabular'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import golden from '../../../cli/test/fit-golden.json' with { type: 'json' }
import { analyze, MOST_BYTES } from './analyze.js'
import { digestsOf } from './digests.fixture.js'
import { dataParams, type DataParams } from './params.js'
import { projectionOf } from './principal.js'

const run = (content: Blob | string, input: Partial<DataParams> = {}, name = 'my.csv', seed = 1) =>
  analyze({ name, content }, { params: dataParams.parse(input), seed }, () => undefined)

const flowers = () => readFile(new URL('../../../cli/examples/flowers.csv', import.meta.url))

test('the document and the weights are those of the command line, byte for byte', async () => {
  const { k, bias, seed, positive } = golden.options
  const bytes = await flowers()
  const input = { k, bias, positive: positive[0] ?? '' }
  const answer = await run(new Blob([bytes]), input, golden.file, seed)
  expect(digestsOf(answer.document, answer.weights)).toEqual({
    document: golden.document,
    arrays: golden.arrays,
  })
  expect(answer.projected).toHaveLength(180)
  // packed, it has another digest as a file, and the same examples
  const packed = await run(new Blob([gzipSync(bytes)]), input, `${golden.file}.gz`, seed)
  expect(packed.fit.runs).toEqual(answer.fit.runs)
})

test.for([
  ['empty', '', /^my\.csv: expected examples/],
  ['missing cell', 'a,b,label\n1,,x\n2,3,y\n', /^my\.csv: line 2, column 2 \("b"\): expected/],
  ['open quote', 'a,b,label\n1,"2,x\n2,3,y\n', /line 2, column 2.*quote/],
  ['ragged', 'a,b,label\n1,2,x\n2,y\n', /line 3: expected 3 cells/],
  ['three labels', 'a,label\n1,x\n2,y\n3,<b>z</b>\n', /line 4.*<b>z<\/b>.*positive/],
  ['one label', 'a,label\n1,x\n2,x\n', /expected two labels/],
  ['binary', '\0\0\u0008\u0003', /binary/],
  ['no text', new Blob([Uint8Array.of(97, 44, 255, 10)]), /UTF-8/],
] as const)('%s: place and remedy', async ([, content, message]) => {
  await expect(run(content)).rejects.toThrow(message)
})

test('a file that is too large is refused before it is read', async () => {
  const large = { size: 200e6, slice: () => large } as unknown as Blob
  await expect(run(large)).rejects.toThrow(/at most 64 MB.*got 200 MB.*command line/)
  expect(MOST_BYTES).toBeLessThan(100e6)
})

test('quotes, svmlight by its text, a label column by name', async () => {
  const quoted = await run('"a","the ""kind"""\n"1",x\n2,"y"\n3,y\n', { label: 'the "kind"' })
  expect(quoted.labelColumn).toBe('the "kind"')
  const sparse = await run('+1 1:1 3:2\n-1 2:1\n+1 1:2\n', {}, 'pasted text')
  expect([sparse.format, sparse.fit.separation.kind]).toEqual(['svmlight', 'separable'])
  expect(JSON.parse(sparse.document)).toMatchObject({ features: ['1', '2', '3'] })
})

test('the picture has the two directions of the largest variance, of a matrix and of sparse rows', () => {
  const rows = [
    [3, 1, 0],
    [-2, 0, 1],
    [0, 5, 0],
    [1, -4, 2],
    [7, 0, 0],
  ]
  const n = rows.length
  const data = Float64Array.from(rows.flat())
  const mean = [0, 1, 2].map((c) => rows.reduce((sum, row) => sum + (row[c] ?? 0) / n, 0))
  const covariance = Float64Array.from({ length: 9 }, (_, i) =>
    rows.reduce((sum, row) => {
      const [a, b] = [Math.floor(i / 3), i % 3]
      return sum + ((row[a] ?? 0) - (mean[a] ?? 0)) * ((row[b] ?? 0) - (mean[b] ?? 0))
    }, 0),
  )
  const { values } = eigenSymmetric({ rows: 3, cols: 3, data: covariance })
  const variances = Array.from(values).sort((a, b) => b - a)
  const { x, y, explained } = projectionOf({ rows: n, cols: 3, data })
  const squares = (v: Float64Array) => v.reduce((sum, value) => sum + value * value, 0)
  expect(squares(x)).toBeCloseTo(variances[0] ?? 0, 6)
  expect(squares(y)).toBeCloseTo(variances[1] ?? 0, 6)
  const total = variances.reduce((sum, value) => sum + value, 0)
  expect(explained).toBeCloseTo(((variances[0] ?? 0) + (variances[1] ?? 0)) / total, 9)
  const text = rows.map((row, i) => `${i % 2} ${row.map((v, c) => `${c + 1}:${v}`).join(' ')}`)
  const sparse = projectionOf(loadSvmlight(text.join('\n')).x)
  expect(squares(sparse.x)).toBeCloseTo(variances[0] ?? 0, 6)
})
