import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli, coded, scratch, type Setting } from './harness.js'
import { chaseNames, chaseScenes, writeScenes } from './scene-files.js'

const small = ['--hidden', '16', '--steps', '1', '--rate', '0.01', '--epochs', '150']

function setting(detected = false) {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  writeScenes(at('train.ndjson'), chaseScenes(0, 60, detected), chaseNames)
  writeScenes(at('test.ndjson'), chaseScenes(60, 24, detected), chaseNames)
  const fit = (argv: readonly string[] = [], how: Setting = {}) =>
    cli(['fit', 'scenes', at('train.ndjson'), '--model', 'network', ...small, ...argv], how)
  return { at, fit }
}

/** Constrained recall@20 of a document. */
interface Recall {
  readonly constrained: { readonly at: readonly { readonly recall: number }[] }
}
const recall = (scores: unknown): number => (scores as Recall).constrained.at[0].recall

/** The model's files; the page names the command. */
const bytes = (folder: string) =>
  ['model.json', 'weights.safetensors'].map((name) => readFileSync(join(folder, name)))

describe('fit scenes --model network', () => {
  it('improves the counts by the boxes; the folder predicts and evaluates alike', async () => {
    const { at, fit } = setting()
    const done = await fit(['--test', at('test.ndjson'), '--out', at('model'), '--json'])
    expect(done.status, done.err).toBe(0)
    const model = JSON.parse(done.out) as {
      readonly parameters: unknown
      readonly training: { readonly [name: string]: unknown }
    }
    expect(model.parameters).toEqual({
      model: 'network',
      task: 'predcls',
      hidden: 16,
      steps: 1,
      attention: 'feature',
      rate: 0.01,
      epochs: 150,
      batch: 20,
      seed: 1,
    })
    expect(model.training['network']).toMatchObject({ images: { train: 54, valid: 6 } })
    expect(recall(model.training['baseline'])).toBe(1 / 2)
    expect(recall(model.training['test'])).toBe(1)
    const page = readFileSync(at('model/index.html'), 'utf8')
    for (const text of ['Adam steps', 'no graph constraint: frequency', '--hidden 16 --steps 1'])
      expect(page).toContain(text)
    expect(readdirSync(at('model/.nonconvex'))).toEqual(['folder.json'])

    const scores = async (argv: readonly string[]) => {
      const found = await cli([...argv, '--json'])
      expect(found.status, found.err).toBe(0)
      return (JSON.parse(found.out) as { scores: unknown }).scores
    }
    const evaluated = await scores(['evaluate', at('model'), at('test.ndjson')])
    expect(evaluated).toEqual(model.training['test'])
    const predicted = await cli([
      'predict',
      at('model'),
      at('test.ndjson'),
      '--out',
      at('p.ndjson'),
    ])
    expect(predicted.status, predicted.err).toBe(0)
    expect(
      await scores([
        'evaluate',
        '--predictions',
        at('p.ndjson'),
        at('test.ndjson'),
        '--train',
        at('train.ndjson'),
      ]),
    ).toEqual(evaluated)
    const other = await cli(['evaluate', at('model'), at('test.ndjson'), '--task', 'sgcls'])
    expect(other).toMatchObject({ status: 2, out: '' })
    expect(other.err).toMatch(/--task sgcls: .* predcls/)
  })

  it('writes the same bytes again, and after Ctrl-C and --resume', async () => {
    const { at, fit } = setting()
    expect((await fit(['--out', at('whole')])).status).toBe(0)
    const control = new AbortController()
    const kept = at('cut/.nonconvex/rows/training.safetensors')
    const watch = setInterval(() => {
      if (existsSync(kept)) control.abort()
    }, 2)
    const cut = await fit(['--out', at('cut')], { signal: control.signal })
    clearInterval(watch)
    expect(cut).toMatchObject({ status: 130, out: '' })
    expect(cut.err).toMatch(/step \d+ of 450 [^\n]*\n {2}nonconvex fit scenes .* --resume/)
    expect(existsSync(at('cut/model.json'))).toBe(false)
    for (const line of [
      ['predict', at('cut'), at('test.ndjson')],
      ['verify', at('cut')],
    ]) {
      const used = await cli(line)
      expect(used).toMatchObject({ status: 2, codes: ['model-unfinished'] })
      expect(used.err).toMatch(/--resume/)
    }

    const again = await fit(['--out', at('cut')])
    expect(again).toMatchObject({ status: 2, out: '' })
    expect(coded(again)).toMatch(/folder-unfinished.*--resume.*--force/)
    const changed = await fit(['--seed', '2', '--out', at('cut'), '--resume'])
    expect(changed).toMatchObject({ status: 2, out: '' })
    expect(coded(changed)).toMatch(/checkpoint-differs.* seed 1, .* 2; .*--resume.*--force/)
    const resumed = await fit(['--out', at('cut'), '--resume'])
    expect(resumed.status, resumed.err).toBe(0)
    expect(resumed.err).toMatch(/resuming after step \d+/)
    expect(bytes(at('cut'))).toEqual(bytes(at('whole')))
    expect(readdirSync(at('cut/.nonconvex'))).toEqual(['folder.json'])
  })

  it('says so where what was kept cannot be read, and starts again with --force', async () => {
    const { at, fit } = setting()
    const control = new AbortController()
    const kept = at('cut/.nonconvex/rows/training.safetensors')
    const watch = setInterval(() => {
      if (existsSync(kept)) control.abort()
    }, 2)
    await fit(['--out', at('cut')], { signal: control.signal })
    clearInterval(watch)
    for (const damaged of [readFileSync(kept).subarray(0, -9), Buffer.from('text')]) {
      writeFileSync(kept, damaged)
      const outcome = await fit(['--out', at('cut'), '--resume'])
      expect(outcome.status).toBe(2)
      expect(coded(outcome)).toMatch(/checkpoint-invalid.*--force/)
    }
    expect((await fit(['--out', at('cut'), '--force'])).status).toBe(0)
  })

  it('learns classes, too, where the images have a detector’s logits', async () => {
    const { at, fit } = setting(true)
    const done = await fit(['--test', at('test.ndjson'), '--out', at('model')])
    expect(done.status, done.err).toBe(0)
    expect(done.out).toMatch(/task +sgcls/)
    const row = (name: string) =>
      Number(new RegExp(`recall, graph constraint: ${name} +([\\d.]+)`).exec(done.out)?.[1])
    expect(row('network')).toBe(100)
    // a third of the cats is taken for trees
    expect(row('frequency')).toBeLessThan(40)
    const evaluated = await cli(['evaluate', at('model'), at('test.ndjson')])
    expect(evaluated.out).toMatch(/recall, graph constraint +100 [^\n]* 100\n/)
    expect(evaluated.out).toMatch(/sgcls;/)
  })

  it.each(['feature', 'neighbour', 'none'])('trains with attention %s', async (attention) => {
    const { at, fit } = setting()
    const done = await fit([
      '--attention',
      attention,
      '--epochs',
      '2',
      '--out',
      at('model'),
      '--json',
    ])
    expect(done.status, done.err).toBe(0)
    expect(JSON.parse(done.out)).toMatchObject({ parameters: { attention } })
    expect((await cli(['evaluate', at('model'), at('test.ndjson')])).status).toBe(0)
  })

  it('has a baseline without context', async () => {
    const { at } = setting()
    const done = await cli([
      'fit',
      'scenes',
      at('train.ndjson'),
      '--model',
      'per-object',
      '--hidden',
      '16',
      '--rate',
      '0.01',
      '--epochs',
      '150',
      '--test',
      at('test.ndjson'),
      '--out',
      at('model'),
    ])
    expect(done.status, done.err).toBe(0)
    expect(done.out).toMatch(/recall, graph constraint: per-object +100 /)
    const evaluated = await cli(['evaluate', at('model'), at('test.ndjson')])
    expect(evaluated.out).toMatch(/recall, graph constraint +100 /)
  })
})

describe('a network that cannot be trained: status 2, what and what to do', () => {
  const cases: readonly [string, readonly string[], RegExp][] = [
    [
      'options without a network',
      ['--model', 'frequency'],
      /flag-unused.*--hidden.*--model network or per-object/,
    ],
    ['context without context', ['--model', 'per-object'], /flag-unused.*--steps.*--model network/],
    [
      'a detector that was not asked',
      ['--task', 'sgcls'],
      /train\.ndjson, image \d+: objectLogits: /,
    ],
    [
      'more units than there is memory for',
      ['--hidden', '5000000000'],
      /--hidden <n>' argument '5000000000' is invalid\. Expected a whole number from 1 to 4096/,
    ],
    ['too large a rate', ['--rate', '2'], /flag-value.*--rate 2: .* 1/],
    ['nowhere to go on', ['--resume'], /flag-needs.*--resume needs --out/],
  ]
  it.each(cases)('%s', async (_, argv, message) => {
    const outcome = await setting().fit(argv)
    const { status, out, err } = outcome
    expect(coded(outcome)).toMatch(message)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).not.toMatch(/\n\s+at /)
  })

  it('one image', async () => {
    const { at, fit } = setting()
    writeScenes(at('train.ndjson'), chaseScenes(0, 1), chaseNames)
    const outcome = await fit()
    expect(outcome.status).toBe(2)
    expect(coded(outcome)).toMatch(/data-small.* 2 .*got 1; .*--model frequency/)
  })

  it('weights of another network', async () => {
    const { at, fit } = setting()
    await fit(['--epochs', '1', '--out', at('model')])
    const text = readFileSync(at('model/model.json'), 'utf8')
    writeFileSync(at('model/model.json'), text.replace('"hidden": 16', '"hidden": 8'))
    const outcome = await cli(['evaluate', at('model'), at('test.ndjson')])
    expect(outcome.status).toBe(2)
    expect(coded(outcome)).toMatch(/model-invalid.*model\/weights\.safetensors: /)
  })
})
