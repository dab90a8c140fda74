import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cli, coded, scratch } from './harness.js'

const examples = fileURLToPath(new URL('../examples', import.meta.url))

/** A folder with the example sequences. */
function setting() {
  const folder = scratch()
  const at = (name: string): string => join(folder, name)
  for (const name of ['visits.conll', 'visits-test.conll']) cpSync(join(examples, name), at(name))
  const fit = (...args: readonly string[]) =>
    cli(['fit', 'sequences', at('visits.conll'), '--features', 'word,shape,neighbors', ...args])
  return { at, fit }
}

interface Document {
  readonly training: {
    readonly fit: { readonly certificate: number; readonly converged: boolean }
    readonly separable?: {
      readonly updates: number
      readonly bound: number
      readonly error: number
    }
  }
}
interface Evaluation {
  readonly f1: number
  readonly tokens: number
  readonly correct: number
}

describe('fit sequences', () => {
  it('writes a model that predicts columns, is evaluated and verified', async () => {
    const { at, fit } = setting()
    const done = await fit('--test', at('visits-test.conll'), '--out', at('model'))
    expect(done.status, coded(done)).toBe(0)
    const found = await cli(['evaluate', at('model'), at('visits-test.conll'), '--json'])
    const { f1, tokens, correct } = JSON.parse(found.out) as Evaluation
    expect(f1).toBeGreaterThan(0.9)
    const predicted = await cli(['predict', at('model'), at('visits-test.conll')])
    const lines = predicted.out.split('\n')
    const rows = lines.filter((line) => line !== '').map((line) => line.split(' '))
    expect(rows.filter(([, truth, label]) => truth === label).length).toBe(correct)
    expect(rows.length).toBe(tokens)
    // the same lines without their last column
    expect(lines.map((line) => line.replace(/ \S+$/, '')).join('\n')).toBe(
      readFileSync(at('visits-test.conll'), 'utf8'),
    )
    const words = rows.map(([word]) => word).join('\n')
    writeFileSync(at('words'), words)
    const bare = await cli(['predict', at('model'), at('words')])
    expect(bare.out.split('\n').filter((line) => line.split(' ').length === 2).length).toBe(tokens)
    expect((await cli(['verify', at('model')])).status).toBe(0)
    const page = readFileSync(at('model/index.html'), 'utf8')
    for (const text of ['mistake bound (R/γ)', 'LOC', '--features word,shape,neighbors'])
      expect(page).toContain(text)
    const own = await cli(['evaluate', at('model'), at('visits.conll')])
    expect(own.codes).toEqual(['trained-on-test'])
  })

  it('certifies the minimum of crf and m3n, and bounds mistakes on separable sequences', async () => {
    const { fit } = setting()
    for (const model of ['crf', 'm3n', 'perceptron']) {
      const { training } = JSON.parse((await fit('--json', '--model', model)).out) as Document
      const { certificate, converged } = training.fit
      expect(converged).toBe(true)
      if (model === 'perceptron') expect(certificate).toBeNull()
      else expect(certificate).toBeLessThanOrEqual(model === 'crf' ? 1e-6 : 1e-2)
      const { updates = Infinity, bound = 0, error = 1 } = training.separable ?? {}
      expect(updates).toBeLessThanOrEqual(bound)
      expect(error).toBeLessThan(1)
    }
  })

  it('says that sequences are not separable, and reads label and feature columns', async () => {
    const { at } = setting()
    writeFileSync(at('tags'), 'B\tx\ta\nA\tx\ta\n\nA\tx\ta\nB\tx\ta\n')
    const args = ['--label', '1', '--columns', '3,2', '--features', 'word,columns']
    const done = await cli(['fit', 'sequences', at('tags'), ...args, '--json'])
    const { training } = JSON.parse(done.out) as Document
    expect(training.separable).toBeUndefined()
  })

  it.each<[string, string, readonly string[], RegExp]>([
    ['ragged columns', 'a O\nb c O\n', [], /bad, line 2: expected 2 columns.*got 3; /],
    ['an empty file', '\n\n', [], /bad: expected a token.*empty file; /],
    ['one column', 'a\nb\n', [], /expected a word and a label/],
    ['one label', 'a O\nb O\n', [], /two labels or more.*--label/],
    ['a wrong tag', 'a B-X\nb I-Y\n', [], /line 2: expected B-Y, got I-Y after B-X.*--scheme none/],
    ['another scheme', 'a B-X\nb O\n', ['--scheme', 'iobes'], /line 2: .*IOBES/],
    ['a column beyond', 'a O\nb B-X\n', ['--label', '3'], /--label 3: .* from 1 to 2/],
    ['a label as feature', 'a O\nb B-X\n', ['--columns', '1,2'], /--columns 1,2: .*label, 2/],
    ['a template', 'a O\nb B-X\n', ['--features', 'wurd'], /word, lower/],
  ])('refuses %s with place and remedy, and leaves no folder', async (_, text, args, said) => {
    const { at } = setting()
    writeFileSync(at('bad'), text)
    const done = await cli(['fit', 'sequences', at('bad'), '--out', at('model'), ...args])
    expect(done.status).toBe(2)
    expect(done.err).toMatch(said)
    expect(existsSync(at('model'))).toBe(false)
  })

  it('refuses other columns and tags of another scheme where a model is used', async () => {
    const { at, fit } = setting()
    await fit('--out', at('model'))
    writeFileSync(at('iob1'), 'Ada I-PER\nslept O\n')
    writeFileSync(at('wide'), 'Ada NN I-PER\n')
    writeFileSync(at('words'), 'Ada\n')
    writeFileSync(at('new'), 'Ada B-PER\nslept B-DOG\n')
    const codes = async (...argv: readonly string[]) => {
      const { status, codes } = await cli(argv)
      return [status, ...codes]
    }
    const evaluated = (name: string) => codes('evaluate', at('model'), at(name))
    expect(await evaluated('iob1')).toEqual([2, 'data-invalid'])
    expect(await evaluated('wide')).toEqual([2, 'features-differ'])
    expect(await evaluated('words')).toEqual([2, 'labels-missing'])
    expect(await evaluated('new')).toEqual([0, 'labels-unknown'])
    expect(await codes('predict', at('model'), at('wide'))).toEqual([2, 'features-differ'])
  })

  it('rejects a model whose bound does not follow from its counts', async () => {
    const { at, fit } = setting()
    await fit('--out', at('model'))
    const text = readFileSync(at('model/model.json'), 'utf8')
    writeFileSync(at('model/model.json'), text.replace(/"distinct":\s*\d+/, '"distinct": 1'))
    const done = await cli(['verify', at('model')])
    expect(done.status).toBe(1)
    expect(done.out).toContain('training.separable.error')
  })
})
