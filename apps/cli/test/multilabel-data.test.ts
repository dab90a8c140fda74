import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { experiments, parseResult } from '@nonconvex/experiments'
import { describe, expect, it } from 'vitest'
import { cli, scratch } from './harness.js'

const header = '@relation r\n@attribute x numeric\n@attribute a {0,1}\n@attribute b {0,1}\n@data\n'
const examples = (from: number, to: number): string =>
  header +
  Array.from({ length: to - from }, (_, i) => `${(from + i) % 3},1,${(from + i) % 2}\n`).join('')
const xml = '<labels><label name="a"></label><label name="b"></label></labels>'
const pair = {
  'r-train.arff': examples(0, 60),
  'r-test.arff.gz': gzipSync(examples(60, 90)),
  'r.xml': xml,
}

const sizes = {
  'structured/multilabel': ['epochs=2', 'hidden=2', 'seeds=1'],
  'structured/predict-and-constrain': [
    ...['epochs=2', 'hidden=2', 'seeds=1'],
    ...['steps=2', 'crossEntropyEpochs=2', 'problems=2'],
  ],
}

function setting(files: { readonly [name: string]: string | Uint8Array }) {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  mkdirSync(at('r'))
  for (const [name, content] of Object.entries(files)) writeFileSync(at(`r/${name}`), content)
  const here = (argv: readonly string[]) => cli(argv, { experiments })
  const run = (id: keyof typeof sizes, data = at('r')) => {
    const set = [...sizes[id], `data=${data}`].flatMap((each) => ['--set', each])
    return here(['run', id, ...set, '--out', at('out')])
  }
  const result = () => parseResult(readFileSync(at('out/result.json'), 'utf8'), 'out')
  return { at, here, run, result }
}

describe('multilabel examples of the user', () => {
  it.each(['structured/multilabel', 'structured/predict-and-constrain'] as const)(
    '%s trains on them, names them by their hash, and is checked with them only',
    async (id) => {
      const { at, here, run, result } = setting(pair)
      const done = await run(id)
      expect(done.status, done.err).toBeLessThan(2)
      const { rows, tables } = result()
      expect(rows[0]).toMatchObject({ measured: { train: 60, test: 30, features: 1, labels: 2 } })
      const files = tables.find((table) => table.id === 'files')?.rows ?? []
      expect(files.map(([file]) => file)).toEqual(['r-train.arff', 'r-test.arff.gz', 'r.xml'])
      for (const [, hash] of files) expect(hash).toMatch(/^[0-9a-f]{64}$/)

      const checked = await here(['verify', at('out')])
      expect(checked.status, checked.err + checked.out).toBe(0)
      writeFileSync(at('r/r.xml'), `${xml}\n`)
      const other = await here(['verify', at('out')])
      expect(other).toMatchObject({ status: 2, out: '' })
      expect(other.err).toMatch(/r\.xml: .*SHA-256 [0-9a-f]{64}, .*got SHA-256/)
      rmSync(at('r'), { recursive: true })
      expect((await here(['verify', at('out')])).err).toContain(at('r'))
    },
  )

  it('keeps the last fifth of a single file for the test', async () => {
    const { run, result } = setting({ 'r.arff': examples(0, 101), 'r.xml': xml })
    expect((await run('structured/multilabel')).status).toBeLessThan(2)
    expect(result().rows[0]).toMatchObject({ measured: { train: 80, test: 21 } })
  })

  it.each([
    ['an empty folder', {}, /one set of examples, got none; give a folder with/],
    [
      'two sets',
      { ...pair, 's-train.arff': header },
      /one set of examples, got r-test\.arff\.gz, /,
    ],
    ['no test file', { 'r-train.arff': examples(0, 9) }, /got r-train\.arff; give/],
    [
      'a test file with other labels',
      {
        ...pair,
        'r-test.arff.gz': gzipSync(examples(0, 3).replace('@attribute b', '@attribute c')),
      },
      /r-test\.arff\.gz: .*label/,
    ],
    [
      'a row with too many values',
      { ...pair, 'r-train.arff': `${examples(0, 3)}1,1,1,1\n` },
      /r-train\.arff, line 9: /,
    ],
  ])('%s: status 2, and where', async (_, files, message) => {
    const { run } = setting(files)
    const outcome = await run('structured/multilabel')
    expect(outcome).toMatchObject({ status: 2, out: '' })
    expect(outcome.err).toMatch(/parameter data: /)
    expect(outcome.err).toMatch(message)
  })

  it('a folder that is not there, and a file', async () => {
    const { at, run } = setting(pair)
    expect((await run('structured/multilabel', at('none'))).err).toMatch(
      /none: no such folder; give/,
    )
    expect((await run('structured/multilabel', at('r/r.xml'))).err).toMatch(/expected a folder/)
  })
})
