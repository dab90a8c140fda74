import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli, scratch } from './harness.js'
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
    expect(own.out.replace(/\s+/g, ' ')).toContain(
      `zero-shot: triplets in none of 2 images of ${vg}, part val`,
    )
    expect((await done('evaluate', at('model'), vg)).out).toContain(
      'zero-shot: triplets in none of the images that the model was made from',
    )
    const test = await done(...predictions, vg, '--train-split', 'test')
    expect(test.err).toMatch(
      /--train: .*p\.ndjson was predicted by a model made from part val, as its header says; what it has seen may count as zero-shot/,
    )
    const others = await done(...predictions, writeScenes(at('t.ndjson'), trainScenes))
    expect(others.err).toMatch(/predicted by a model made from other images, as its header says/)
  })

  it('goes by the train part of files that the model was not made from', async () => {
    const { at, vg, done } = await setting()
    await done('fit', 'scenes', writeScenes(at('t.ndjson'), trainScenes), '--out', at('other'))
    await done('predict', at('other'), vg, '--out', at('o.ndjson'))
    const { status, err } = await cli([
      'evaluate',
      '--predictions',
      at('o.ndjson'),
      vg,
      '--train',
      vg,
    ])
    // all of them, as the header says of the other file, would have the triplets of the test part
    expect(err).toMatch(/vg: the train part is empty/)
    expect(status).toBe(2)
  })

  it('is not computed from a part without images', async () => {
    const { at, vg } = await setting()
    const { status, out, err } = await cli([
      'evaluate',
      '--predictions',
      at('bare.ndjson'),
      vg,
      '--train',
      vg,
    ])
    expect(err).toMatch(/vg: the train part is empty: .*; give --train-split all or val/)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    const none = writeScenes(
      at('none.ndjson'),
      trainScenes.map((scene) => ({ ...scene, relations: [] })),
    )
    const unrelated = await cli(['evaluate', '--predictions', at('p.ndjson'), vg, '--train', none])
    expect(unrelated.err).toMatch(/none\.ndjson: expected relations, got none in 2 images/)
    expect(unrelated.status).toBe(2)
  })

  it.each([
    [
      'of a format without parts',
      ['--train', 'T', '--train-split', 'val'],
      /--train-split is for VG150, which has parts; leave it out/,
    ],
    [
      'without --train',
      ['--train-split', 'val'],
      /--train-split says which part of --train is meant; add --train/,
    ],
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
    const { status, err } = await cli(argv)
    expect(err).toMatch(message)
    expect(status).toBe(2)
  })
})

it('predictions of the images that their model was made from are told so', async () => {
  const { at, vg, done } = await setting()
  await done('predict', at('model'), vg, '--split', 'val', '--out', at('own.ndjson'))
  const { out } = await done('evaluate', '--predictions', at('own.ndjson'), vg, '--split', 'val')
  expect(out).toContain('The model was made from these very images')
})

it('a part of VG150 without images is refused by every command that reads it', async () => {
  const { at, vg } = await setting()
  writeScenes(at('t.ndjson'), testScenes)
  for (const command of ['predict', 'evaluate']) {
    const { status, out, err } = await cli([command, at('model'), vg, '--split', 'train'])
    expect(err, command).toMatch(/vg: the train part is empty/)
    expect({ status, out }).toEqual({ status: 2, out: '' })
  }
})
