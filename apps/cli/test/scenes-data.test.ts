import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { experiments, parseResult, type Result } from '@nonconvex/experiments'
import { describe, expect, it } from 'vitest'
import { cli, scratch } from './harness.js'
import { chaseNames, chaseScenes, writeScenes } from './scene-files.js'

const small = ['train=100', 'test=20', 'steps=10', 'hidden=2', 'seeds=1'].flatMap((one) => [
  '--set',
  one,
])

function setting(detected = false) {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  writeScenes(at('train.ndjson'), chaseScenes(0, 60, detected), chaseNames)
  const here = (argv: readonly string[]) => cli(argv, { experiments })
  const run = (...argv: string[]) =>
    here(['run', 'structured/scenes', '--quick', ...small, '--out', at('out'), ...argv])
  const data = (name: string) => ['--set', `data=${at(name)}`]
  return { at, here, run, data }
}

const resultAt = (path: string): Result =>
  parseResult(readFileSync(join(path, 'result.json'), 'utf8'), path)

type Cells = { readonly [column: string]: string | number | null }
function tableOf(result: Result, id: string): readonly Cells[] {
  const found = result.tables.find((table) => table.id === id)
  return (found?.rows ?? []).map((row) =>
    Object.fromEntries((found?.columns ?? []).map(({ name }, i) => [name, row[i]])),
  )
}
const verdictOf = ({ verdicts }: Result) =>
  verdicts.find(({ claim }) => claim === 'structured/network-above-counts')

describe('structured/scenes with annotated images', () => {
  it('compares the counts with a network; the result names the file and is checked with it', async () => {
    const { at, run, here, data } = setting()
    writeScenes(at('test.ndjson'), chaseScenes(60, 24), chaseNames)
    const done = await run(...data('train.ndjson'))
    expect(done.status, done.err).toBeLessThan(2)
    expect(done.out).toContain(`--set data=${at('train.ndjson')}`)
    const result = resultAt(at('out'))
    expect(result.params).toMatchObject({ data: at('train.ndjson') })
    const files = tableOf(result, 'data-files')
    expect(files.map(({ use, images }) => [use, images])).toEqual([
      ['training', 60],
      ['test', 24],
    ])
    for (const { sha256 } of files) expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    const recall = tableOf(result, 'data-recall')
    expect(
      recall.map(({ task, rule, from }) => `${String(task).slice(0, 7)}, ${rule}: ${from}`),
    ).toEqual([
      'PredCls, graph constraint: frequency',
      'PredCls, graph constraint: per-object network',
      'PredCls, graph constraint: joint network',
      'PredCls, no graph constraint: frequency',
      'PredCls, no graph constraint: per-object network',
      'PredCls, no graph constraint: joint network',
    ])
    // a cat that chases looks to the counts as one that does not
    expect(recall[0]).toMatchObject({ r20: 50, r100: 50, ceiling: 100, gain: null })
    expect(verdictOf(result)?.status).toBe('inapplicable')
    expect(verdictOf(result)?.statement).toContain('at least 30 test images have relations')
    expect(existsSync(at('out/data-predcls.svg'))).toBe(true)

    const checked = await here(['verify', at('out')])
    expect(checked.status, checked.err + checked.out).toBe(0)

    // a number of the row that does not follow from the files is found
    const forged = JSON.parse(readFileSync(at('out/result.json'), 'utf8')) as {
      rows: { key: string; measured: { images?: { train: number } } }[]
    }
    const row = forged.rows.find(({ key }) => key === 'data')
    if (row?.measured.images) row.measured.images.train++
    writeFileSync(at('forged.json'), JSON.stringify(forged))
    const found = await here(['verify', at('forged.json')])
    expect(found.status).toBe(1)
    expect(found.out).toMatch(/rows\[\d\]\.measured\.images\.train/)

    appendFileSync(at('test.ndjson'), readFileSync(at('test.ndjson'), 'utf8').split('\n')[1] + '\n')
    const other = await here(['verify', at('out')])
    expect(other).toMatchObject({ status: 2, out: '' })
    expect(other.err).toMatch(/train\.ndjson: .*SHA-256 [0-9a-f]{64}, .*got SHA-256 [0-9a-f]{64}/)

    rmSync(at('train.ndjson'))
    const gone = await here(['verify', at('out')])
    expect(gone).toMatchObject({ status: 2, out: '' })
    expect(gone.err).toMatch(/train\.ndjson/)
  })

  it('takes a tenth for tests from one file, and measures classes, too, where there is a detector', async () => {
    const { at, run, data } = setting(true)
    const done = await run(...data('train.ndjson'))
    expect(done.status, done.err).toBeLessThan(2)
    const result = resultAt(at('out'))
    expect(tableOf(result, 'data-files')).toMatchObject([{ use: 'training and test', images: 60 }])
    const { title } = result.tables.find(({ id }) => id === 'data-files') ?? {}
    expect(title).toBe(
      'Annotated images: 54 for training, 6 with relations for testing, a random tenth',
    )
    expect(new Set(tableOf(result, 'data-recall').map(({ task }) => task))).toEqual(
      new Set(['PredCls: classes given', 'SGCls: classes predicted']),
    )
  })

  it('reads other formats, with the images for tests where they are said to be', async () => {
    const { at, run } = setting()
    mkdirSync(at('vrd'))
    const names = { objects: ['dog', 'cat'], predicates: ['near', 'chases'] }
    for (const [name, list] of Object.entries(names))
      writeFileSync(at(`vrd/${name}.json`), JSON.stringify(list))
    const side = (category: number, x: number) => ({ category, bbox: [0, 10, x, x + 10] })
    const image = (predicate: number) => [{ predicate, subject: side(0, 0), object: side(1, 20) }]
    const annotations = (count: number, split: string) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`${split}${i}.jpg`, image(i % 2)]),
      )
    for (const [split, file, count] of [
      ['train', 'annotations_train', 12],
      ['other', 'annotations_other', 4],
    ] as const)
      writeFileSync(at(`vrd/${file}.json`), JSON.stringify(annotations(count, split)))
    const sizes = [
      ...Object.keys(annotations(12, 'train')),
      ...Object.keys(annotations(4, 'other')),
    ].map((name) => [name, { width: 50, height: 50 }])
    writeFileSync(at('vrd/image_metadata.json'), JSON.stringify(Object.fromEntries(sizes)))
    const done = await run(
      ...['--set', `data=${at('vrd/annotations_train.json')}`],
      ...['--set', `dataTest=${at('vrd/annotations_other.json')}`],
    )
    expect(done.status, done.err).toBeLessThan(2)
    expect(tableOf(resultAt(at('out')), 'data-files')).toMatchObject([
      { path: at('vrd/annotations_train.json'), format: 'vrd', images: 12 },
      { path: at('vrd/annotations_other.json'), format: 'vrd', images: 4 },
    ])
  })

  it('without data is as if there were no such parameter', async () => {
    const { run, at } = setting()
    const done = await run()
    expect(done.status, done.err).toBeLessThan(2)
    const result = resultAt(at('out'))
    expect(Object.keys(result.params)).not.toContain('data')
    expect(verdictOf(result)).toBeUndefined()
    expect(result.tables.map(({ id }) => id)).toEqual(['accuracies', 'recall', 'joint-gain'])
  })

  const bad: readonly [string, (at: (name: string) => string) => readonly string[], RegExp][] = [
    [
      'a file that is not there',
      (at) => [`data=${at('none.ndjson')}`],
      /parameter data: .*none\.ndjson/,
    ],
    ['no scenes', (at) => [`data=${at('notes.txt')}`], /parameter data: .*notes\.txt: .*--format/],
    [
      'a torn line',
      (at) => [`data=${at('torn.ndjson')}`],
      /parameter data: .*torn\.ndjson, line 2/,
    ],
    ['one image', (at) => [`data=${at('one.ndjson')}`], /one\.ndjson: .* 2 .* 1 .*got 0 and 1/],
    [
      'other names',
      (at) => [`data=${at('train.ndjson')}`, `dataTest=${at('others.ndjson')}`],
      /others\.ndjson: .*predicates .*train\.ndjson/,
    ],
    ['tests alone', (at) => [`dataTest=${at('train.ndjson')}`], /parameter dataTest: .*data=FILE/],
  ]
  it.each(bad)('refuses %s: status 2, what and where', async (_, argv, message) => {
    const { at, run } = setting()
    writeFileSync(at('notes.txt'), 'notes')
    writeScenes(at('one.ndjson'), chaseScenes(0, 1), chaseNames)
    writeScenes(at('others.ndjson'), [])
    writeFileSync(
      at('torn.ndjson'),
      `${readFileSync(at('train.ndjson'), 'utf8').split('\n')[0]}\n{"id": 1,`,
    )
    const { status, out, err } = await run(...argv(at).flatMap((each) => ['--set', each]))
    expect(err).toMatch(message)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).not.toMatch(/\n\s+at /)
  })
})
