import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { percentInterval } from '../src/multilabel/scores.js'
import { cli, coded, scratch, type Setting } from './harness.js'

const names = ["TAG_m\\'usica", 'second']
const xml = (labels: readonly string[]): string =>
  `<labels>\n${labels.map((name) => `<label name="${name}"></label>\n`).join('')}</labels>\n`
const arff = (rows: readonly string[]): string =>
  `@relation r \n@attribute x numeric\n@attribute 1998 {0,1}\n@attribute ${names[0]} {0,1}\n@attribute second {0,1}\n@data\n${rows.join('\n')}\n`
/** The first label where x > 0, the second where it is odd. */
const rows = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => {
    const x = ((7 * i) % 11) - 5
    return `${x},${i % 2},${Number(x > 0)},${i % 2}`
  })

const small = ['--hidden', '12', '--epochs', '150', '--rate', '0.02', '--dropout', '0']

/** A folder with data, and a model that was fitted to them. */
async function setting() {
  const folder = scratch()
  const at = (name: string): string => join(folder, name)
  // listed in another order than the attributes
  writeFileSync(at('toy.xml'), xml([...names].reverse()))
  writeFileSync(at('toy-train.arff'), arff(rows(90)))
  writeFileSync(at('toy-test.arff'), arff(rows(33)))
  const fit = (model: string) =>
    cli([
      ...['fit', 'multilabel', at('toy-train.arff'), '--test', at('toy-test.arff')],
      ...['--out', at(model), ...small],
    ])
  const done = await fit('model')
  expect(done.status, coded(done)).toBe(0)
  return { at, fit }
}

interface Scores {
  readonly trainedOn: boolean
  readonly decoders: readonly { readonly decoder: string; readonly f1: { readonly mean: number } }[]
}

describe('fit multilabel', () => {
  it('writes a model that predicts, is evaluated and verified; its page has the scores', async () => {
    const { at } = await setting()
    const predicted = await cli(['predict', at('model'), at('toy-test.arff')])
    const lines = predicted.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { example: number; labels: string[] })
    expect(lines.length).toBe(33)
    expect(lines.find(({ example }) => example === 5)?.labels).toEqual([names[0]])
    const found = await cli(['evaluate', at('model'), at('toy-test.arff'), '--json'])
    const { decoders, trainedOn } = JSON.parse(found.out) as Scores
    expect(trainedOn).toBe(false)
    expect(decoders.map(({ decoder }) => decoder)).toEqual(['threshold', 'mode', 'expected-f1'])
    const page = readFileSync(at('model/index.html'), 'utf8')
    for (const text of ['expected F1', 'Calibration', '--hidden 12']) expect(page).toContain(text)
    expect((await cli(['verify', at('model')])).status).toBe(0)
    const own = await cli(['evaluate', at('model'), at('toy-train.arff')])
    expect(own.codes).toEqual(['trained-on-test'])
  })

  it('learns the count, too, and uses it wherever labels are predicted', async () => {
    const folder = scratch()
    const at = (name: string): string => join(folder, name)
    // one label of three, which x does not tell
    const lines = Array.from({ length: 120 }, (_, i) => `${i % 3} ${1 + (i % 2)}:1\n`)
    writeFileSync(at('one.svm'), lines.join(''))
    const fit = ['fit', 'multilabel', at('one.svm'), '--test', at('one.svm'), '--counted']
    const done = await cli([...fit, '--out', at('model'), ...small])
    expect(done.status, done.err).toBe(0)
    expect(done.out).toContain('likelihood of labels and their count')
    const found = await cli(['evaluate', at('model'), at('one.svm'), '--json'])
    const { decoders } = JSON.parse(found.out) as {
      decoders: readonly { readonly decoder: string; readonly counts: number }[]
    }
    expect(decoders[1]).toMatchObject({ decoder: 'mode', counts: 1 })
    const predicted = await cli(['predict', at('model'), at('one.svm'), '--decoder', 'mode'])
    for (const line of predicted.out.trim().split('\n')) {
      const { labels } = JSON.parse(line) as { labels: string[] }
      expect(labels.length).toBe(1)
    }
    expect((await cli(['verify', at('model')])).status).toBe(0)
  })

  it('shows no interval beyond what scores can be', () => {
    expect(percentInterval({ mean: 0.99, error: 0.01 })).toEqual([
      99,
      expect.closeTo(97.04, 2),
      100,
    ])
    expect(percentInterval({ mean: 0.01, error: 0.01 })[1]).toBe(0)
    expect(percentInterval({ mean: -0.01, error: 0.01 }, -100)[1]).toBeCloseTo(-2.96, 2)
  })

  it('is the same for one seed, and refuses a model that was changed', async () => {
    const { at, fit } = await setting()
    await fit('again')
    for (const name of ['model.json', 'weights.safetensors', 'index.html'])
      expect(readFileSync(at(`again/${name}`))).toEqual(readFileSync(at(`model/${name}`)))
    const path = at('again/model.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"epochs": 150', '"epochs": 151'))
    expect((await cli(['verify', at('again')])).status).toBe(1)
    const used = await cli(['predict', at('again'), at('toy-test.arff')])
    expect([used.status, used.codes]).toEqual([2, ['model-changed']])
  })

  it('writes the same bytes after Ctrl-C and --resume, or after it was killed', async () => {
    const { at } = await setting()
    const fit = (args: readonly string[], how: Setting = {}) =>
      cli(
        [
          ...['fit', 'multilabel', at('toy-train.arff'), '--test', at('toy-test.arff')],
          ...['--hidden', '12', '--epochs', '30', '--rate', '0.02', ...args],
        ],
        how,
      )
    expect((await fit(['--out', at('whole')])).status).toBe(0)
    const kept = at('cut/.nonconvex/rows/training.safetensors')
    const control = new AbortController()
    let seconds = 0
    // a checkpoint is written every 5 s; the fourth is copied, as if the program were killed after it
    const killed = at('killed.safetensors')
    const clock = (): number => {
      if (existsSync(kept) && !existsSync(killed) && seconds > 20) {
        copyFileSync(kept, killed)
        control.abort()
      }
      return seconds++
    }
    const cut = await fit(['--out', at('cut')], { signal: control.signal, clock })
    expect(cut).toMatchObject({ status: 130, out: '' })
    expect(cut.err).toMatch(/epoch \d+ of 30 [^\n]*\n {2}nonconvex fit multilabel .* --resume/)
    expect(existsSync(at('cut/model.json'))).toBe(false)
    expect((await fit(['--out', at('cut')])).codes).toEqual(['folder-unfinished'])
    const other = await fit(['--out', at('cut'), '--resume', '--seed', '2'])
    expect([other.status, other.codes]).toEqual([2, ['checkpoint-differs']])
    const last = readFileSync(kept)
    for (const damaged of [last.subarray(0, -9), Buffer.from('text')]) {
      writeFileSync(kept, damaged)
      const refused = await fit(['--out', at('cut'), '--resume'])
      expect([refused.status, refused.codes]).toEqual([2, ['checkpoint-invalid']])
    }
    const bytes = (model: string) =>
      ['model.json', 'weights.safetensors'].map((name) => readFileSync(at(`${model}/${name}`)))
    expect(readFileSync(killed)).not.toEqual(last)
    for (const [i, checkpoint] of [last, readFileSync(killed)].entries()) {
      const model = i === 0 ? 'cut' : 'again'
      if (i === 1) {
        const early = new AbortController()
        const abort = (): number => {
          early.abort()
          return 0
        }
        await fit(['--out', at(model)], { signal: early.signal, clock: abort })
      }
      writeFileSync(at(`${model}/.nonconvex/rows/training.safetensors`), checkpoint)
      const resumed = await fit(['--out', at(model), '--resume'])
      expect(resumed.status, resumed.err).toBe(0)
      expect(resumed.err).toMatch(/resuming after epoch \d+ of 30/)
      expect(bytes(model)).toEqual(bytes('whole'))
      expect(existsSync(at(`${model}/.nonconvex/rows`))).toBe(false)
    }
  })

  const bad: [string, string, RegExp, string[]?][] = [
    ['data-invalid', arff(['1,0,0']), /line 7: .*4 values/],
    ['data-invalid', arff(['1,2,0,0']), /line 7: .*\{0,1\}/],
    ['data-invalid', arff(['{5 1}']), /line 7: /],
    ['data-invalid', arff(['1,0,0,0']).replace('second', 'other'), /toy-bad\.xml: .*second/],
    ['flag-value', arff(rows(9)), /dropout/, ['--dropout', '1']],
  ]
  it.each(bad)(
    'refuses %s with exit 2 and leaves no folder',
    async (code, text, said, args = []) => {
      const folder = scratch()
      const at = (name: string): string => join(folder, name)
      writeFileSync(at('toy-bad.xml'), xml(names))
      writeFileSync(at('toy-bad.arff'), text)
      const done = await cli(['fit', 'multilabel', at('toy-bad.arff'), '--out', at('bad'), ...args])
      expect([done.status, done.codes]).toEqual([2, [code]])
      expect(done.err).toMatch(said)
      expect(existsSync(at('bad/model.json'))).toBe(false)
    },
  )

  it('evaluates predictions of its own and of other programs as those of the model', async () => {
    const { at } = await setting()
    const measured = async (...args: string[]) => {
      const done = await cli(['evaluate', ...args, '--json'])
      expect(done.status, done.err).toBe(0)
      return JSON.parse(done.out) as Scores & { readonly f1: unknown; readonly micro: number }
    }
    const evaluated = async (file: string, data = at('toy-test.arff'), ...args: string[]) =>
      measured('--predictions', file, data, ...args)
    const model = await measured(at('model'), at('toy-test.arff'))
    await cli(['predict', at('model'), at('toy-test.arff'), '--out', at('p.ndjson')])
    const own = await evaluated(at('p.ndjson'))
    expect(own).toMatchObject({ rows: 33, f1: model.decoders[2].f1 })

    // columns in another order than the labels of the file
    const probabilities = (second: (y: string) => number) =>
      `second,${names[0]}\n${rows(33)
        .map((row) => row.split(','))
        .map(([, , first, last]) => `${second(last)},${first}\n`)
        .join('')}`
    writeFileSync(at('p.csv'), probabilities(Number))
    expect((await evaluated(at('p.csv'))).micro).toBe(1)
    writeFileSync(
      at('p.csv'),
      probabilities((y) => (y === '1' ? 0.6 : 0.45)),
    )
    const { decoders } = await evaluated(at('p.csv'))
    expect(decoders.map(({ decoder }) => decoder)).toEqual(['threshold', 'mode', 'expected-f1'])

    // of CSV the header of the predictions, or --label, says which columns are labels
    writeFileSync(at('t.csv'), 'x,a\n1,1\n2,0\n')
    writeFileSync(at('a.csv'), 'a\n1\n1\n')
    expect((await evaluated(at('a.csv'), at('t.csv'))).micro).toBeCloseTo(2 / 3)
    writeFileSync(at('a.ndjson'), '{"labels":["a"]}\n{"labels":[]}\n')
    expect((await evaluated(at('a.ndjson'), at('t.csv'), '--label', 'a')).micro).toBe(1)
    // svmlight lists only the labels that occur
    writeFileSync(at('t.svm'), '2 1:1\n4 1:2\n')
    writeFileSync(at('b.ndjson'), '{"labels":["2"]}\n{"labels":["4","3"]}\n')
    expect((await evaluated(at('b.ndjson'), at('t.svm'))).micro).toBeCloseTo(0.8)
    const table = await cli(['evaluate', '--predictions', at('b.ndjson'), at('t.svm')])
    expect(table.out).toMatch(/predicted labels/)

    const refused: [string, string, RegExp, ...string[]][] = [
      [at('a.csv'), at('toy-test.arff'), /33 examples.*got 2/],
      [at('b.ndjson'), at('toy-test.arff'), /b\.ndjson, line 1: .*"2"/],
      [at('b.ndjson'), at('t.csv'), /t\.csv: .*--label/],
      [at('a.csv'), at('t.svm'), /a\.csv, line 1: .*"2"/],
      [at('p.ndjson'), at('toy-test.arff'), /--train applies to scenes/, '--train', at('a.csv')],
    ]
    for (const [file, data, said, ...args] of refused) {
      const done = await cli(['evaluate', '--predictions', file, data, ...args])
      expect(done.status).toBe(2)
      expect(done.err).toMatch(said)
    }
    const two = await cli(['evaluate', at('model'), at('t.csv'), '--label', 'a', '--label', 'b'])
    expect(two).toMatchObject({ status: 2, codes: ['flag-value'] })
  })

  it('predicts labels of examples that have none yet, and refuses flags that mean nothing', async () => {
    const { at } = await setting()
    const predicted = async (name: string): Promise<string> => {
      const done = await cli(['predict', at('model'), at(name)])
      expect(done.status, done.err).toBe(0)
      return done.out
    }
    const labeled = await predicted('toy-test.arff')
    const text = arff(rows(33))
    writeFileSync(at('unknown.arff'), text.replaceAll(/(?<=\d),\d,\d$/gm, ',?,?'))
    expect(await predicted('unknown.arff')).toBe(labeled)
    const without = text.replaceAll(/(?<=\d),\d,\d$/gm, '').replaceAll(/@attribute [Ts].*\n/g, '')
    writeFileSync(at('without.arff'), without)
    expect(await predicted('without.arff')).toBe(labeled)
    const table = rows(33).map((row) => row.split(',').slice(0, 2).join())
    writeFileSync(at('without.csv'), ['x,1998', ...table].join('\n'))
    expect(await predicted('without.csv')).toBe(labeled)
    expect((await cli(['evaluate', at('model'), at('without.csv')])).status).toBe(2)

    writeFileSync(at('own.csv'), 'x,y\n1,1\n2,0\n')
    writeFileSync(at('own.svm'), '1 1:1\n')
    writeFileSync(at('only.csv'), 'y\n1\n')
    const refused: [string, string[], string][] = [
      ['own.csv', ['--label', 'y', '--last', '1'], 'flag-unused'],
      ['toy-train.arff', ['--last', '1', '--label', 'second'], 'flag-unused'],
      ['own.svm', ['--label', '1'], 'flag-unused'],
      ['only.csv', ['--label', 'y'], 'data-invalid'],
    ]
    for (const [name, flags, code] of refused) {
      const done = await cli(['fit', 'multilabel', at(name), ...flags, '--out', at('none')])
      expect([done.status, done.codes, existsSync(at('none'))]).toEqual([2, [code], false])
    }
  })

  it('reads CSV, svmlight and XMC, and refuses other features and formats', async () => {
    const { at } = await setting()
    writeFileSync(
      at('a.csv'),
      `x,a\n${rows(20)
        .map((row) => `${row.slice(0, 2).replace(',', '')},${row.slice(-1)}`)
        .join('\n')}\n`,
    )
    writeFileSync(at('a.svm'), '1,2 1:1\n2 2:1\n 1:2\n')
    writeFileSync(at('a.xmc'), '2 3 2\n0,1 0:1\n1 2:1\n')
    const fit = (name: string, ...args: string[]) =>
      cli(['fit', 'multilabel', at(name), '--epochs', '1', ...args])
    for (const [name, ...args] of [['a.csv', '--label', 'a'], ['a.svm'], ['a.xmc']])
      expect(await fit(name, ...args)).toMatchObject({ status: 0 })
    expect((await fit('a.csv')).codes).toEqual(['labels-missing'])
    expect((await fit('a.svm', '--xml', at('toy.xml'))).codes).toEqual(['flag-unused'])
    expect((await fit('toy.xml')).codes).toEqual(['format-unknown'])
    expect((await cli(['evaluate', at('model'), at('a.xmc')])).codes).toEqual(['features-differ'])
  })
})
