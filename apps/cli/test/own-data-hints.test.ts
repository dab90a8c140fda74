import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fit, folder, good } from './fit-files.js'
import { cli } from './harness.js'

/** An svmlight file of so many features, two of which occur. */
const wide = (features: number): string => `1 1:2 ${features}:3\n-1 2:1\n`

describe('memory is bounded before anything is allocated', () => {
  it('a feature beyond all names, weights beyond the limit, a width beyond any data', async () => {
    const { put } = folder()
    const far = await fit(put('far.svm', wide(10_000_000)))
    expect(far).toMatchObject({ status: 2, out: '', codes: ['data-invalid'] })
    expect(far.err).toMatch(/line 1: .* 2097152, got 10000000/)
    const file = put('wide.svm', wide(300_000))
    const weights = await cli(['fit', 'separable', file, '--k', '200'])
    expect(weights).toMatchObject({ status: 2, out: '', codes: ['data-invalid'] })
    expect(weights.err).toMatch(/67108864 weights .* k can be 111 at most\n {2}--k N/)
    const units = await cli(['fit', 'separable', file, '--k', '1000000000'])
    expect(units).toMatchObject({ status: 2, out: '' })
    expect(units.err).toContain('from 1 to 2097152')
  })

  it('what takes much memory in all is announced, though each array is small', async () => {
    const { put } = folder()
    const { err } = await cli(['fit', 'separable', put('wide.svm', wide(100_000)), '--k', '35'])
    expect(err).toMatch(/largest array takes 0\.056 GB, all together about 0\.4 GB/)
  })

  it('sparse rows are trained, saved and used as such', async () => {
    const { path, put } = folder()
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i % 2} ${1 + (i % 2)}:1 ${100 + 1500 * i}:${(i % 7) + 1} 100000:1`,
    )
    const file = put('sparse.svm', rows.join('\n'))
    const made = await fit(file, '--k', '1', '--bias', '1', '--out', path('m'), '--scale', '0.1')
    expect(made).toMatchObject({ status: 0 })
    expect(made.out).toContain('separable')
    const { out } = await cli(['evaluate', path('m'), file, '--json'])
    expect(JSON.parse(out)).toMatchObject({ examples: 60, errors: 0, seen: { examples: 60 } })
    expect((await fit(file, '--standardise', '--k', '1')).err).toMatch(/sparse rows/)
  })
})

describe('messages about a file', () => {
  it('a scale beyond float64, in the words of the command', async () => {
    const { put } = folder()
    const file = put('good.csv', good)
    for (const scale of ['1e300', '1e-300']) {
      const { status, err } = await fit(file, '--scale', scale)
      expect(status).toBe(2)
      expect(err).toMatch(/good\.csv: expected a scale .*\n?.*got 1e/)
      expect(err).not.toMatch(/wStarNorm|updateBounds/)
    }
  })

  it('hints name flags that the command has', async () => {
    const { path, put } = folder()
    const svm = await fit(put('bad.svm', '1 1:1\n-1 2:x\n'))
    expect(svm.err).not.toContain('--drop')
    const labels = await fit(put('good.csv', good), '--drop', 'kind')
    expect(labels).toMatchObject({ status: 2 })
    expect(labels.err).toContain('column 3 ("kind")')
    const list = await fit(path('good.csv'), '--drop', 'a,b')
    expect(list).toMatchObject({ status: 2 })
    expect(list.err).toContain('--drop once for each column')
    await fit(path('good.csv'), '--out', path('m'))
    const bare = await cli(['predict', path('m'), put('bare.csv', '1,2,x\n3,1,y\n')])
    expect(bare).toMatchObject({ status: 2 })
    expect(bare.err).not.toMatch(/none|--no-header/)
    const empty = await cli(['predict', path('m'), put('empty.csv', 'a,b\n1,\n')])
    expect(empty.err).toMatch(/empty cell; fill in the missing value, or drop the row\n$/)
    const latin = put('latin.csv', Buffer.from('a,b,kind\n1,2,x\n3,1,caf\xe9\n', 'latin1'))
    expect((await fit(latin)).err).toContain(`${latin}, line 3: `)
  })

  it('features go by their names, whatever the format', async () => {
    const { path, put } = folder()
    const [named, numbered] = [
      put('named.csv', good),
      put('numbered.csv', '2,1,kind\n1,2,x\n3,1,y\n2,2,x\n4,1,y\n'),
    ]
    await fit(named, '--out', path('named'))
    const svm = put('new.svm', '1 1:2 2:1 7:1\n')
    const refused = await cli(['predict', path('named'), svm])
    expect(refused).toMatchObject({ status: 2, out: '', codes: ['data-invalid'] })
    expect(refused.err).toContain('"a", "b"')
    await fit(numbered, '--header', '--out', path('numbered'))
    const mapped = await cli(['predict', path('numbered'), svm])
    const same = await cli(['predict', path('numbered'), put('new.csv', '1,2\n2,1\n'), '--quiet'])
    expect(mapped.codes).toEqual(['features-unknown'])
    expect(mapped.out.split('\n')[1].split(',')[2]).toBe(same.out.split('\n')[1].split(',')[2])
    expect((await fit(named, '--test', put('test.svm', 'x 1:2\ny 2:1\n'))).status).toBe(2)
  })

  it('labels that were never seen are named, and count as the rest', async () => {
    const { path, put } = folder()
    const file = put('three.csv', 'a,b,kind\n1,2,x\n3,1,y\n2,2,x\n4,1,z\n')
    await fit(file, '--positive', 'x', '--out', path('m'))
    const test = put('test.csv', 'a,b,kind\n1,2,X\n5,1,y\n1,9,x\n')
    const { err, codes, status } = await cli(['evaluate', path('m'), test])
    expect({ status, codes }).toEqual({ status: 0, codes: ['labels-unknown'] })
    expect(err).toContain('"X" on line 2')
    expect((await fit(file, '--positive', 'x', '--test', test)).codes).toContain('labels-unknown')
    expect(readFileSync(path('m/model.json'), 'utf8')).toContain('"rest": true')
  })
})
