import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readSafetensors } from '@nonconvex/tensor/safetensors'
import { describe, expect, it } from 'vitest'
import { fit, folder, good } from './fit-files.js'
import golden from './fit-golden.json' with { type: 'json' }
import { cli } from './harness.js'
import { documentDigest } from '../src/models/model-folder.js'
import { idx } from './own-files.js'

describe('a file that cannot be used ends with status 2, its place and a remedy, and nothing is written', () => {
  const cases: readonly (readonly [
    name: string,
    content: string | Uint8Array,
    message: string,
    more?: readonly string[],
  ])[] = [
    ['empty.csv', '', ': '],
    ['header.csv', 'a,kind\n', ': '],
    ['one.csv', 'a,kind\n1,x\n2,x\n', ': '],
    ['missing.csv', 'a,b,kind\n1,2,x\n1,,y\n', ', line 3, column 2 ("b"): '],
    ['word.tsv', 'a\tkind\n1\tx\nred\ty\n', ', line 3, column 1 ("a"): '],
    ['ragged.csv', 'a,b,kind\n1,2,x\n1,y\n', ', line 3: '],
    ['quote.csv', 'a,kind\n"1,x\n2,y\n', ', line 2, column 1: '],
    ['numbers.csv', '1,2\n3,4\n', ', line 1: '],
    ['column.csv', good, ', line 1: ', ['--label', 'sort']],
    ['label.csv', good, ': ', ['--positive', 'z']],
    ['bytes.csv', Uint8Array.of(97, 44, 107, 10, 0xff, 0xfe, 10), ', line 2: '],
    ['tiny.csv', 'a,kind\n1e-200,x\n1,y\n', ', line 2: '],
    ['bad.svm', '1 1:1\n-1 2:x\n', ', line 2, column 2: '],
    ['wide.svm', '1 999999999:1\n-1 2:1\n', ', line 1: '],
    ['cut.csv.gz', gzipSync(good).subarray(0, 30), ': '],
  ]
  it.each(cases.map(([name, ...rest]) => ({ name, rest })))('$name', async ({ name, rest }) => {
    const [content, message, more = []] = rest
    const { path, put } = folder()
    const file = put(name, content)
    const { status, out, err, codes } = await fit(file, ...more, '--out', path('model'))
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(['data-invalid', 'encoding-invalid', 'gzip-invalid']).toContain(codes.join())
    expect(err).toContain(`nonconvex: ${file}${message}`)
    expect(existsSync(path('model'))).toBe(false)
  })

  it('no header: refused with what to say, and no example is lost once it is said', async () => {
    const { path, put } = folder()
    const file = put('bare.csv', '1,2,x\n3,1,y\n2,2,x\n4,1,y\n')
    const refused = await fit(file)
    expect(refused).toMatchObject({ status: 2, out: '' })
    expect(refused.err).toContain(`${file}, line 1: `)
    const model = path('model')
    expect(refused.err).toContain('--no-header')
    const bare = await fit(file, '--no-header', '--bias', '1', '--out', model)
    expect(bare.status).toBe(0)
    expect(bare.out).toMatch(/examples n +4 /)
    expect(readFileSync(path('model/index.html'), 'utf8')).toContain('--no-header')
    const { out } = await cli(['predict', model, put('new.csv', '9,1\n1,9\n')])
    expect(out.split('\n').map((line) => line.split(',')[0])).toEqual(['line', '1', '2', ''])
    const evaluated = await cli(['evaluate', model, file, '--json'])
    expect(JSON.parse(evaluated.out)).toMatchObject({ examples: 4, trainedOn: true })
    const named = put('named.csv', '1,2,k\n1,2,x\n3,1,y\n')
    expect((await fit(named)).status).toBe(2)
    expect((await fit(named, '--header')).out).toMatch(/examples n +2 /)
  })

  it('test examples without a feature: it is missed for the training file, not for a model', async () => {
    const { put } = folder()
    const file = put('good.csv', good)
    const test = put('at.csv', 'c,kind\n1,x\n2,y\n')
    const { status, err } = await fit(file, '--test', test)
    expect(status).toBe(2)
    expect(err).toContain(`${test}, line 1: `)
  })

  it('files of the MNIST kind: a wrong magic number, sizes that do not fit, labels that are not there', async () => {
    const { path, put } = folder()
    const images = put('x-images-idx3-ubyte', idx(0x804, [2, 1, 2], Uint8Array.of(1, 2, 3, 4)))
    const none = await fit(images)
    expect(none).toMatchObject({ status: 2, out: '' })
    expect(none.err).toContain(path('x-labels-idx1-ubyte'))
    const labels = put('x-labels-idx1-ubyte', idx(0x801, [2], Uint8Array.of(3, 5)))
    const wrong = await fit(images)
    expect(wrong).toMatchObject({ status: 2 })
    expect(wrong.err).toContain(`${images}: `)
    put('x-images-idx3-ubyte', idx(0x803, [3, 1, 2], Uint8Array.of(1, 2, 3, 4, 5, 6)))
    const other = put('other-labels', idx(0x804, [3], Uint8Array.of(3, 5, 3)))
    const theirs = await fit(images, '--labels', other)
    expect(theirs).toMatchObject({ status: 2, out: '' })
    expect(theirs.err).toContain(`nonconvex: ${other}: `)
    const right = put('right-labels', idx(0x801, [3], Uint8Array.of(3, 5, 3)))
    expect((await fit(images, '--labels', right, '--out', path('digits'))).status).toBe(0)
    const used = await cli(['evaluate', path('digits'), images, '--labels', other])
    expect(used.err).toContain(`nonconvex: ${other}: `)
    expect((await fit(images)).err).toMatch(/ 3 .*got 2/)
    put('x-images-idx3-ubyte', idx(0x803, [3, 1, 2], Uint8Array.of(1, 2, 3, 4)))
    expect((await fit(images)).codes).toEqual(['data-invalid'])
    put('x-labels-idx1-ubyte', idx(0x801, [20], new Uint8Array(20)))
    expect((await fit(labels, '--format', 'idx', '--labels', labels)).codes).toEqual([
      'data-invalid',
    ])
  })

  it('a file that is not there, a folder, and options outside their range', async () => {
    const { path, put } = folder()
    const file = put('good.csv', good)
    for (const [args, message] of [
      [[path('none.csv')], path('none.csv')],
      [[path('.'), '--format', 'csv'], path('.')],
      [[file, '--k', '0'], 'Expected a whole number from 1'],
      [[file, '--delta', '1'], 'Expected a number between 0 and 1.'],
      [[file, '--bias', 'x'], 'Expected a number.'],
      [[file, '--scale', '0'], 'Expected a number above 0.'],
      [[file, '--max-steps', '1.5'], 'Expected a whole number from 1'],
      [[file, '--labl', 'kind'], '(Did you mean --label?)'],
    ] as const) {
      const { status, out, err } = await cli(['fit', 'separable', ...args])
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(err).toContain(message)
    }
  })
})

describe('a file that is unusual, but can be used', () => {
  it('byte order mark, CRLF, quoted cells, gzip, semicolons: all the same model', async () => {
    const { put, path } = folder()
    // the bytes of the file differ, as it says which document it belongs to, and so which data
    const parameters = async (name: string, content: string | Uint8Array): Promise<unknown> => {
      const model = path(`model of ${name}`)
      const { status } = await fit(put(name, content), '--bias', '1', '--out', model)
      expect(status).toBe(0)
      const { tensors, metadata } = readSafetensors(
        readFileSync(join(model, 'weights.safetensors')),
      )
      return { tensors, arrays: metadata['arrays'] }
    }
    const plain = await parameters('plain.csv', good)
    expect(await parameters('bom.csv', `\uFEFF${good.replaceAll('\n', '\r\n')}`)).toEqual(plain)
    expect(await parameters('quoted.csv', good.replace('3,1,y', '"3","1","y"'))).toEqual(plain)
    expect(await parameters('semicolon.csv', good.replaceAll(',', ';'))).toEqual(plain)
    expect(await parameters('good.csv.gz', gzipSync(good))).toEqual(plain)
    expect(await parameters('good.tsv', good.replaceAll(',', '\t'))).toEqual(plain)
    expect(await parameters('noending', good)).toEqual(plain)
    const sparse = 'x 1:1 2:2\ny 1:3 2:1\nx 1:2 2:2\ny 1:4 2:1\n'
    expect(await parameters('good.svm', sparse)).toEqual(plain)
    expect(await parameters('sparse-by-look', sparse)).toEqual(plain)
  })

  it('contradictory rows are named by their lines, repeated rows and constant columns are told', async () => {
    const { put } = folder()
    const twins = await fit(
      put('twins.csv', 'a,b,kind\n1,5,x\n2,5,y\n\n1,5,y\n2,5,y\n'),
      '--bias',
      '1',
    )
    expect(twins.status).toBe(0)
    expect(twins.out).toContain('lines 2 (x) and 5 (y) contradict each other')
    expect(twins.out).toMatch(/⊖ inapplicable {2}/)
    expect(twins.out.replace(/\s+/g, ' ')).toContain('line 6 ')
    expect(twins.out).toMatch(/constant features +1 +b/)
    expect((await fit(put('same.csv', 'a,b,kind\n1,1,x\n1,1,y\n1,1,x\n'))).out).toContain(
      'lines 2 (x) and 3 (y) contradict each other',
    )
    const beyond = put('beyond.csv', 'a,kind\n1,x\n2,x\n3,y\n4,y\n')
    expect((await fit(beyond)).out).toMatch(/not separable through the origin: .*--bias 1/s)
    expect((await fit(beyond, '--bias', '1')).out).toContain('The examples are separable')
    const twice = await fit(put('twice.csv', 'a,kind\n1,x\n1,y\n'), '--bias', '1')
    expect(twice.out).toContain('not separable with the bias 1')
    expect(twice.out).not.toContain('--bias 1')
    const zero = await fit(put('zero.csv', 'a,b,kind\n1,5,x\n0,0,y\n'))
    expect(zero.out).toContain('(--bias 1)')
    expect((await fit(put('zero2.csv', 'a,b,kind\n1,5,x\n0,0,y\n'), '--bias', '1')).out).toContain(
      'The examples are separable',
    )
  })

  it('one feature may be 10^12 times as large as another: what is separable is called so, and the budget says why it is small', async () => {
    const { put } = folder()
    const rows = [...Array(40).keys()].map(
      (i) => `${1_700_000_000_000 + 3_600_000 * i},${i % 3 ? -1 : 1},${i % 3 ? 'cold' : 'hot'}`,
    )
    const found = await fit(put('stamp.csv', ['time,degrees,label', ...rows].join('\n')))
    expect(found.status).toBe(0)
    expect(found.out).toContain('The examples are separable: γ/R')
    expect(found.out).toMatch(/separable through the origin +– +yes, /)
    expect(found.err).toMatch(
      /k = 3: the theorem allows B = \S+ updates, out of reach; stopping after 4,000 steps, .*--max-steps/,
    )
    const near = await fit(put('near.csv', 'a,b,kind\n1,0,x\n1,0.0000000001,y\n'))
    expect(near.out).toContain('The examples are separable: γ/R')
  })

  it('rows that cancel up to rounding are not said to prove anything', async () => {
    const { put } = folder()
    const file = put('long.csv', 'a,b,kind\n1,1,x\n1,1.0000000000000002,y\n')
    const { out } = await fit(file, '--max-steps', '50')
    expect(out).toContain('The examples are not separable as far as float64 shows')
    expect(out).toContain('lines 2 (x) and 3 (y) cancel up to rounding')
    // the title is wrapped, with the rigor at the end of its first line
    expect(out).toMatch(/no unit vector has a\s+(?:float64\s+)?margin above 10⁻⁹ R/)
    expect(out).toContain('2 rows that cancel up to rounding')
    expect(out).not.toContain('no separator through the origin exists')
    expect(out).not.toContain('contradict')
  })

  it('data without a separator are trained up to the cap, which is said; --strict refuses them', async () => {
    const { path, put } = folder()
    const file = put('xor.csv', 'a,b,kind\n0,0,x\n1,1,x\n0,1,y\n1,0,y\n')
    const found = await fit(file, '--bias', '1', '--max-steps', '77', '--out', path('model'))
    expect(found).toMatchObject({ status: 0 })
    expect(found.out).toContain('4 rows contradict each other, exactly')
    expect(found.out).toContain('in 77 SGD steps, the limit of --max-steps')
    const free = await fit(file, '--bias', '1')
    expect(free.out).toMatch(/SGD steps, the limit that the data chose \(--max-steps /)
    // a hint on what to save is for readers, not for programs that read the document
    expect(free.err).toContain('--out MODEL')
    expect((await fit(file, '--bias', '1', '--json')).err).not.toContain('--out')
    expect(existsSync(path('model/weights.safetensors'))).toBe(true)
    expect((await fit(file, '--bias', '1', '--strict')).status).toBe(1)
  })

  it('standardised on itself: no compression bound is printed, and the reason is', async () => {
    const { put } = folder()
    const { out } = await fit(put('good.csv', good), '--standardise', '--bias', '1')
    expect(out).toMatch(/Compression[^\n]* or yN<1 +– +inapplicable /)
    expect(out).toMatch(/No certificate is below 1/)
    expect(out).not.toContain('bit for bit')
  })
})

it('a model has the document and the arrays that the viewer makes of the same file and options', async () => {
  const { file, options } = golden
  const { k, bias, seed, positive } = options
  const data = new URL(`../examples/${file}`, import.meta.url).pathname
  const model = folder().path('model')
  const flags = ['--k', String(k), '--bias', String(bias), '--seed', String(seed)]
  await cli(['fit', 'separable', data, ...flags, '--positive', positive[0], '--out', model])
  const document = JSON.parse(readFileSync(join(model, 'model.json'), 'utf8')) as {
    readonly training: object
  }
  // whatever its version and the words of its claims
  const training = { ...document.training, verdicts: null, guarantees: null }
  const { metadata } = readSafetensors(readFileSync(join(model, 'weights.safetensors')))
  const found = {
    document: documentDigest({ ...document, versions: null, training }),
    arrays: metadata['arrays'],
  }
  expect(found).toEqual({
    document: golden.document,
    arrays: golden.arrays,
  })
})
