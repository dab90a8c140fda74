import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '@nonconvex/optim/claims'
import { blocksBound } from '@nonconvex/overparam/generalization'
import { clopperPearson } from '@nonconvex/optim/statistics'
import { norm2 } from '@nonconvex/tensor'
import { readSafetensors, type StoredTensor } from '@nonconvex/tensor/safetensors'
import { describe, expect, it } from 'vitest'
import { modelText } from '@nonconvex/experiments/model'
import { modelFiles, sha256, weightsFile, writtenModel } from '../src/models/model-folder.js'
import type { ClassesRecord } from '../src/models/training-record.js'
import { fit, folder } from './fit-files.js'
import { cli, type Outcome } from './harness.js'
import { idx } from './own-files.js'

/** Three clusters around the origin, each of which a line separates from the others. */
const names = ['$a$', '<b>b</b>', 'c\u001b]0;x']
const angle = (c: number, i: number): number => (2 * Math.PI * c) / 3 + ((i % 7) - 3) / 12
const rowsOf = (from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => {
    const i = from + n
    const size = 1 + (i % 5) / 8
    const [x, y] = [Math.cos(angle(i % 3, i)) * size, Math.sin(angle(i % 3, i)) * size]
    return `${x.toFixed(4)},${y.toFixed(4)},${names[i % 3]}`
  })
const csv = (rows: readonly string[]): string => ['x,y,kind', ...rows, ''].join('\n')

type Stored = { readonly [name: string]: StoredTensor }

interface Model {
  readonly fitted: Outcome
  readonly document: ClassesRecord & { readonly weights: string; readonly kind: string }
  readonly files: ReadonlyMap<string, string | Uint8Array>
  readonly tensors: Stored
}

/** Fits in a folder of its own; what is written is kept. */
async function made(content: string, ...more: string[]): Promise<Model> {
  const { path, put } = folder()
  const file = put('data.csv', content)
  const fitted = await fit(file, '--out', path('model'), ...more)
  expect(fitted.err).not.toContain('nonconvex:')
  const at = (name: string) => readFileSync(path(join('model', name)))
  const weights = at('weights.safetensors')
  const { tensors } = readSafetensors(weights)
  return {
    fitted,
    document: JSON.parse(String(at('model.json'))) as Model['document'],
    files: new Map([
      ['weights.safetensors', weights],
      ['index.html', at('index.html')],
      ['model.json', at('model.json')],
    ]),
    tensors: tensors as Stored,
  }
}

/** The same files in a folder of this test, some of them replaced. */
function written(files: ReadonlyMap<string, string | Uint8Array>): string {
  const { path, put } = folder()
  for (const [name, content] of files) put(name, content)
  return path('.')
}

const train = csv(rowsOf(0, 60))
/** Points that no network has seen, and one of a label that no network has. */
const fresh = csv([...rowsOf(1000, 30).map((row) => row.replace(/(\d),/, '$15,')), '1,1,new'])

describe('more than two labels', () => {
  let once: Promise<Model> | undefined
  const trained = (): Promise<Model> => (once ??= made(train))

  it('train the network of --positive for each, with the certificates at δ over their number', async () => {
    const { document, tensors, fitted } = await trained()
    expect(document.kind).toBe('one-vs-rest')
    expect(document.labels).toEqual(names)
    expect(document.fits.map(({ separation, delta }) => [separation.kind, delta])).toEqual(
      names.map(() => ['separable', 0.05 / 3]),
    )
    const alone = await made(train, '--positive', names[1], '--delta', String(0.05 / 3))
    expect(tensors['weights.1']).toEqual(alone.tensors['weights'])
    const { data: _, ...own } = document.fits[1]
    expect((alone.document as unknown as { training: object }).training).toMatchObject(own)
    expect(fitted).toMatchObject({ status: 0, codes: [] })
    expect(fitted.out).toMatch(/^\S+\nAll of 3 classes are linearly separable .*: \$a\$ \(γ\/R ≥/)
  })

  it('bound the errors of the largest output by the examples that any network was updated on', async () => {
    const { training, fits } = (await trained()).document
    const { guarantees, distinct, train: errors } = training
    const alone = fits.map(({ runs }) => runs[runs.length - 1].distinct)
    expect(distinct).toBeGreaterThan(Math.max(...alone))
    expect(distinct).toBeLessThanOrEqual(alone.reduce((a, b) => a + b))
    expect(errors).toEqual({ examples: 60, errors: 0, margins: 0 })
    // one more for the longest example, which sets the scale; each network chose one of two budgets
    const bound = blocksBound({ n: 60, distinct: distinct + 1, delta: 0.05 / 8 }).eps
    expect(guarantees.guarantees.find(({ id }) => id === 'blocks')?.bound).toBe(bound)
    expect(guarantees.guarantees.map(({ id }) => id)).not.toContain('sequence')
  })

  it('without a bias, say that separability is through the origin, and name the bias', async () => {
    const row = (kind: string, x: number) => `${x},${kind}`
    const line = ['x,kind', ...[1, 2, 3, 4, 5, 6].map((x) => row('abc'[x % 3], x)), ''].join('\n')
    const said = (await made(line, '--max-steps', '20')).fitted.out
    expect(said).toMatch(
      /0 of 3 .* through the origin; not separable through the origin: .*--bias 1/s,
    )
    const biased = (await made(line, '--max-steps', '20', '--bias', '1')).fitted.out
    expect(biased).not.toMatch(/through the origin|--bias 1\)/)
  })

  it('compare bounds with the error of the most frequent class, and say what the choice costs', async () => {
    const { fitted, document } = await trained()
    const { out } = fitted
    expect(out).toMatch(/This is \w+: always answering the most frequent class errs on 0\.667 /)
    expect(out).toMatch(/the best is chosen among \d certificates .* 0\.\d+ becomes 0\.\d+\./)
    const statuses = document.training.guarantees.guarantees.flatMap(({ bound, status }) =>
      typeof bound === 'number' && bound < 1 ? [[bound < 2 / 3, status]] : [],
    )
    expect(statuses.length).toBeGreaterThan(0)
    for (const [below, status] of statuses) expect(status).toBe(below ? 'informative' : 'weak')
  })

  it('predict the class of the largest normalized output', async () => {
    const { put } = folder()
    const { document, files, tensors } = await trained()
    const at = written(files)
    const predicted = await cli(['predict', at, put('x.csv', fresh), '--json'])
    const { predictions } = JSON.parse(predicted.out) as {
      predictions: { line: number; prediction: string; output: number }[]
    }
    const { k, bias, scale, alpha } = document.parameters
    expect(bias).toBe(0)
    const rows = fresh.trim().split('\n').slice(1)
    expect(predictions).toHaveLength(rows.length)
    rows.forEach((row, i) => {
      const [x, y] = row.split(',').map(Number)
      const outputs = names.map((_, c) => {
        const weights = tensors[`weights.${c}`].data as Float64Array
        const sum = Array.from({ length: 2 * k }, (__, j) => {
          const z = scale * (weights[2 * j] * x + weights[2 * j + 1] * y)
          return (j < k ? 1 : -1) * Math.max(z, alpha * z)
        }).reduce((a, b) => a + b)
        return sum / Math.sqrt(2 * k) / norm2(weights)
      })
      const best = Math.max(...outputs)
      expect(predictions[i].output).toBeCloseTo(best, 12)
      expect(predictions[i].prediction).toBe(names[outputs.indexOf(best)])
    })
    expect(predicted.err).toContain('31 examples: ')
  })

  it('are evaluated: a label that no training example has is an error, and bounded', async () => {
    const { put } = folder()
    const at = written((await trained()).files)
    const test = put('test.csv', fresh)
    const evaluated = await cli(['evaluate', at, test, '--json'])
    expect(evaluated.codes).toEqual(['labels-unknown'])
    const found = JSON.parse(evaluated.out) as {
      examples: number
      errors: number
      errorBound: number
      counts: { examples: number; wrong: number }[]
      confusion: number[][]
    }
    expect(found).toMatchObject({ kind: 'one-vs-rest', examples: 31, errors: 1, labels: names })
    expect(found.counts.map(({ examples, wrong }) => [examples, wrong])).toEqual([
      [10, 0],
      [10, 0],
      [10, 0],
      [1, 1],
    ])
    expect(found.confusion.map((row) => row.reduce((a, b) => a + b))).toEqual([10, 10, 10, 1])
    expect(found.errorBound).toBe(clopperPearson(1, 31, 0.05))
    const shown = await cli(['evaluate', at, test])
    expect(shown.out).toContain('Label, and predicted as')
    expect(shown.out).not.toContain('\u001b')
    const itself = await cli(['evaluate', at, put('train.csv', train), '--json'])
    expect(JSON.parse(itself.out)).toMatchObject({ trainedOn: true, errorBound: null })
  })

  it('have a page that is drawn again, with a section for each and names as they are', async () => {
    const { files } = await trained()
    const page = String(files.get('index.html'))
    expect(page.match(/<h2 id="class-\d"/g)).toHaveLength(3)
    expect(page).toContain('$a$ against the rest')
    expect(page).not.toContain('<b>b</b>')
    expect(await cli(['verify', written(files)])).toMatchObject({ status: 0 })
  })

  it.each([
    ['swapped classes', /("labels": \[\s+)("[^"]+"),(\s+)("[^"]+")/, '$1$4,$3$2'],
    ['an edited certificate', /"delta": 0\.05,/, '"delta": 0.04,'],
  ])('with %s are refused', async (_, from, to) => {
    const { files } = await trained()
    const text = String(files.get('model.json'))
    expect(text).toMatch(from)
    const at = written(new Map([...files, ['model.json', text.replace(from, to)]]))
    const { put } = folder()
    expect((await cli(['verify', at])).status).toBe(1)
    expect(await cli(['predict', at, put('x.csv', train)])).toMatchObject({
      status: 2,
      codes: ['model-changed'],
    })
  })

  /** The files of somebody who makes all digests anew. */
  async function forged(record: object, tensors?: Stored): Promise<string> {
    const { files, tensors: own } = await trained()
    const { schema: _, kind: __, weights: ___, ...fields } = record as Record<string, Json>
    const again = writtenModel('one-vs-rest', fields, (whole) => weightsFile(tensors ?? own, whole))
    return written(modelFiles(again, String(files.get('index.html'))))
  }

  it.each<[string, (record: ClassesRecord) => unknown, string]>([
    ['a smaller union', (r) => ({ training: { ...r.training, distinct: 3 } }), 'training.distinct'],
    [
      'more errors than all networks make',
      (r) => ({ training: { ...r.training, train: { examples: 60, errors: 1, margins: 1 } } }),
      'training.train.errors',
    ],
    [
      'a certificate at all of delta',
      (r) => ({ fits: r.fits.map((one, c) => (c === 1 ? { ...one, delta: 0.05 } : one)) }),
      'fits[1].guarantees',
    ],
    ['a class without its fit', (r) => ({ fits: r.fits.slice(1) }), 'fits: '],
    ['one class twice', (r) => ({ fits: [r.fits[0], r.fits[0], r.fits[2]] }), 'training.updates'],
    [
      'the hash of other data for one class',
      (r) => ({
        fits: r.fits.map((one, c) =>
          c === 1 ? { ...one, data: { ...one.data, sha256: '0'.repeat(64) } } : one,
        ),
      }),
      'training.data: ',
    ],
    ['another number of updates', (r) => ({ training: { ...r.training, updates: 7 } }), 'updates'],
  ])('with %s are found by their own numbers', async (_, change, at) => {
    const { document } = await trained()
    expect((await cli(['verify', await forged(document)])).status).toBe(0)
    const edited = { ...document, ...(change(document) as object) }
    const { status, out } = await cli(['verify', await forged(edited)])
    expect(status).toBe(1)
    expect(out).toContain(at)
  })

  it('without the weights of a class, or with those of one more, make no model', async () => {
    const { put } = folder()
    const data = put('x.csv', train)
    const { document, tensors: own } = await trained()
    const { 'weights.2': last, ...others } = own
    for (const tensors of [others, { ...own, 'weights.3': last }]) {
      const at = await forged(document, tensors)
      expect((await cli(['verify', at])).status).toBe(1)
      expect(await cli(['predict', at, data])).toMatchObject({
        status: 2,
        codes: ['model-invalid'],
      })
    }
  })

  it('whose weights were edited are refused', async () => {
    const { files, document } = await trained()
    const bytes = Uint8Array.from(files.get('weights.safetensors') as Uint8Array)
    bytes[bytes.length - 1] ^= 1
    const at = written(
      new Map<string, string | Uint8Array>([
        ...files,
        ['weights.safetensors', bytes],
        ['model.json', modelText({ ...document, weights: sha256(bytes) })],
      ]),
    )
    expect((await cli(['verify', at])).status).toBe(1)
  })

  it('take --cv, --seeds and --test: folds of every class, errors of the largest output', async () => {
    const { path, put } = folder()
    const file = put('data.csv', train)
    const test = put('test.csv', fresh)
    const flags = ['--cv', '3', '--seeds', '2', '--test', test, '--max-steps', '500']
    const { status, codes, out } = await fit(file, ...flags, '--out', path('m'))
    expect({ status, codes }).toEqual({ status: 0, codes: ['labels-unknown'] })
    const { training, fits } = JSON.parse(
      readFileSync(path('m/model.json'), 'utf8'),
    ) as ClassesRecord
    expect(training.test).toMatchObject({ examples: 31, errors: 1 })
    expect(fits.map(({ runs }) => runs[1].test?.examples)).toEqual([31, 31, 31])
    const { repeats = [] } = training
    expect(repeats.map(({ kind, test: held }) => [kind, held?.examples])).toEqual([
      ...[1, 2, 3].map(() => ['fold', 20]),
      ['seed', 31],
      ['seed', 31],
    ])
    // features are the same of every class
    expect(training.data.constant).toEqual([])
    expect(fits[0].data).not.toHaveProperty('constant')
    const printed = await fit(file, '--max-steps', '500', '--tables', 'csv')
    expect(printed.out).toMatch(/^# Verdicts\nclass,claim,status,.*\n\$a\$,/)
    // the seed of the model is the first of the seeds
    expect(repeats[3]).toMatchObject({ updates: training.updates, test: training.test })
    expect(out).toContain('of these 3 classifiers of 3 networks on new examples')
    expect(await cli(['verify', path('m')])).toMatchObject({ status: 0 })
    expect(await fit(file, '--cv', '21')).toMatchObject({ status: 2, codes: ['flag-value'] })
  })

  it('keep their numbers in svmlight and IDX files', async () => {
    const { path, put } = folder()
    const rows = rowsOf(0, 30).map((row, i) => {
      const [x, y] = row.split(',')
      return `${10 - (i % 3)} 1:${x} 40:${y}`
    })
    const wide = put('wide.svm', rows.join('\n'))
    expect((await fit(wide, '--k', '1', '--out', path('wide'))).status).toBe(0)
    const evaluated = await cli(['evaluate', path('wide'), wide, '--json'])
    expect(JSON.parse(evaluated.out)).toMatchObject({ labels: ['8', '9', '10'], errors: 0 })
    const pixels = Uint8Array.from({ length: 36 }, (_, p) => (p % 4 === (p >> 2) % 3 ? 200 : 0))
    const labels = Uint8Array.from({ length: 9 }, (_, i) => i % 3)
    const images = put('x-images-idx3-ubyte', idx(0x803, [9, 2, 2], pixels))
    put('x-labels-idx1-ubyte', idx(0x801, [9], labels))
    expect((await fit(images, '--out', path('digits'))).status).toBe(0)
    const { out } = await cli(['predict', path('digits'), images])
    expect(out.split('\n').slice(1, 4)).toEqual([
      expect.stringMatching('^1,0,'),
      expect.stringMatching('^2,1,'),
      expect.stringMatching('^3,2,'),
    ])
  })

  it('that are too many, or have one example, are refused or named', async () => {
    const { put } = folder()
    const real = put(
      'real.csv',
      csv(rowsOf(0, 101).map((row, i) => row.replace(/[^,]+$/, `${i}.5`))),
    )
    const refused = await fit(real)
    expect(refused).toMatchObject({ status: 2, out: '', codes: ['data-invalid'] })
    expect(refused.err).toMatch(
      /, line 102: expected at most 100 labels in column "kind".*\n.*--positive/,
    )
    const typo = put('typo.csv', csv([...rowsOf(0, 9), '0,3,A']))
    const { status, codes, err } = await fit(typo, '--max-steps', '50')
    expect({ status, codes }).toEqual({ status: 0, codes: ['labels-rare'] })
    expect(err).toContain('"A"')
    const wide = put('wide.svm', '1 1:1\n2 2:1\n3 400000:1\n')
    const weights = await fit(wide, '--k', '100')
    expect(weights).toMatchObject({ status: 2, out: '' })
    expect(weights.err).toContain('k can be 27 at most')
  })
})
