import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli, coded, scratch } from './harness.js'
import { testScenes, trainScenes, writeScenes, writeVg150 } from './scene-files.js'

interface Found {
  readonly trainedOn?: boolean
  readonly scores: { readonly constrained: { readonly at: readonly { zeroShot: number | null }[] } }
}

/**
 * A model made from the val part of VG150, what it predicts of the test part, and the same without
 * what its header says.
 */
async function setting() {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  const vg = await writeVg150(at('vg'))
  const done = async (...argv: readonly string[]) => {
    const outcome = await cli(argv)
    expect(outcome.status, outcome.err).toBe(0)
    return outcome
  }
  await done('fit', 'scenes', vg, '--split', 'val', '--out', at('model'))
  await done('predict', at('model'), vg, '--out', at('p.ndjson'))
  const [header, ...lines] = readFileSync(at('p.ndjson'), 'utf8').split('\n')
  const { trained, ...rest } = JSON.parse(header) as { trained: unknown }
  writeFileSync(at('bare.ndjson'), [JSON.stringify(rest), ...lines].join('\n'))
  const measure = async (...argv: readonly string[]) => {
    const { out, err } = await done('evaluate', ...argv, '--json')
    const found = JSON.parse(out) as Found
    return { found, err, zeroShot: found.scores.constrained.at.map((each) => each.zeroShot) }
  }
  return { at, vg, trained, measure, done }
}

describe('zero-shot recall of predictions', () => {
  it('counts what their model has not seen, as evaluate with the model does: of VG150 the part that it was made from', async () => {
    const { at, vg, trained, measure } = await setting()
    expect(trained).toMatchObject({ part: 'val' })
    const model = await measure(at('model'), vg)
    // few candidates: those of score 0 are among the first 20
    expect(model.zeroShot).toEqual([1, 1, 1])
    const own = await measure('--predictions', at('p.ndjson'), vg, '--train', vg)
    expect(own).toMatchObject({ zeroShot: model.zeroShot, found: { trainedOn: false } })
    expect(own.err).not.toContain('warning')
    const val = await measure(
      '--predictions',
      at('bare.ndjson'),
      vg,
      '--train',
      vg,
      '--train-split',
      'val',
    )
    expect(val.zeroShot).toEqual(model.zeroShot)
    expect(val.found).not.toHaveProperty('trainedOn')
    // all images hold the triplets of the test part, too
    const all = await measure(
      '--predictions',
      at('p.ndjson'),
      vg,
      '--train',
      vg,
      '--train-split',
      'all',
    )
    expect(all.zeroShot).toEqual([null, null, null])
  })

  it('says which images it goes by, and warns where the model was made from others', async () => {
    const { at, vg, done } = await setting()
    const predictions = ['evaluate', '--predictions', at('p.ndjson'), vg, '--train']
    const own = await done(...predictions, vg)
    expect(own.out.replace(/\s+/g, ' ')).toContain(` 2 training images of ${vg}, part val`)
    expect((await done('evaluate', at('model'), vg)).out).toContain('zero-shot: ')
    const test = await done(...predictions, vg, '--train-split', 'test')
    expect(coded(test)).toMatch(/train-differs.*--train: .*p\.ndjson.* part val/)
    const others = await done(...predictions, writeScenes(at('t.ndjson'), trainScenes))
    expect(others.codes).toContain('train-differs')
  })

  it('goes by the train part of files that the model was not made from', async () => {
    const { at, vg, done } = await setting()
    await done('fit', 'scenes', writeScenes(at('t.ndjson'), trainScenes), '--out', at('other'))
    await done('predict', at('other'), vg, '--out', at('o.ndjson'))
    const { status, codes } = await cli([
      'evaluate',
      '--predictions',
      at('o.ndjson'),
      vg,
      '--train',
      vg,
    ])
    // all of them, as the header says of the other file, would have the triplets of the test part
    expect({ status, codes }).toEqual({ status: 2, codes: ['part-empty'] })
  })

  it('is not computed from a part without images', async () => {
    const { at, vg } = await setting()
    const outcome = await cli(['evaluate', '--predictions', at('bare.ndjson'), vg, '--train', vg])
    expect(coded(outcome)).toMatch(/part-empty.*vg: .*--train-split all or val/)
    expect(outcome).toMatchObject({ status: 2, out: '' })
    const none = writeScenes(
      at('none.ndjson'),
      trainScenes.map((scene) => ({ ...scene, relations: [] })),
    )
    const unrelated = await cli(['evaluate', '--predictions', at('p.ndjson'), vg, '--train', none])
    expect(unrelated.codes).toEqual(['relations-missing'])
    expect(unrelated.status).toBe(2)
  })

  it.each([
    [
      'of a format without parts',
      ['--train', 'T', '--train-split', 'val'],
      /flag-unused.*--train-split.*VG150/,
    ],
    ['without --train', ['--train-split', 'val'], /flag-needs.*--train-split.*--train/],
  ])('has no part %s', async (_, flags, message) => {
    const { at, vg } = await setting()
    const train = writeScenes(at('t.ndjson'), trainScenes)
    const argv = [
      'evaluate',
      '--predictions',
      at('p.ndjson'),
      vg,
      ...flags.map((flag) => (flag === 'T' ? train : flag)),
    ]
    const outcome = await cli(argv)
    expect(coded(outcome)).toMatch(message)
    expect(outcome.status).toBe(2)
  })
})

it('predictions of the images that their model was made from are told so', async () => {
  const { at, vg, done } = await setting()
  await done('predict', at('model'), vg, '--split', 'val', '--out', at('own.ndjson'))
  const { out } = await done('evaluate', '--predictions', at('own.ndjson'), vg, '--split', 'val')
  expect(out).toMatch(/the model was trained on these images/i)
})

it('a part of VG150 without images is refused by every command that reads it', async () => {
  const { at, vg } = await setting()
  writeScenes(at('t.ndjson'), testScenes)
  for (const command of ['predict', 'evaluate']) {
    const { status, out, codes } = await cli([command, at('model'), vg, '--split', 'train'])
    expect({ status, out, codes }, command).toEqual({ status: 2, out: '', codes: ['part-empty'] })
  }
})
