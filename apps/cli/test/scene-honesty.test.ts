import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exchangeHeader, exchangeLine, type AnnotatedScene } from '@nonconvex/structured/load'
import { describe, expect, it } from 'vitest'
import { cli, coded, scratch, type Outcome } from './harness.js'
import { names, testScenes, trainScenes, writeScenes, writeVg150 } from './scene-files.js'

const logits = (classes: readonly number[]) =>
  classes.map((c) => names.classes.map((_, k) => (k === c ? 5 : 0)))

/** Annotated scenes with a detector that takes each cat for a dog. */
const detected: readonly AnnotatedScene[] = testScenes.map((scene) => ({
  ...scene,
  objectLogits: logits((scene.classes ?? []).map((c) => (c === 2 ? 1 : c))),
}))

const done = async (...argv: readonly string[]): Promise<Outcome> => {
  const outcome = await cli(argv)
  expect(outcome.status, outcome.err).toBe(0)
  return outcome
}
const refused = async (argv: readonly string[], message: RegExp): Promise<void> => {
  const outcome = await cli(argv)
  const { status, out } = outcome
  expect(coded(outcome)).toMatch(message)
  expect({ status, out }).toEqual({ status: 2, out: '' })
}

async function setting() {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  writeScenes(at('train.ndjson'), trainScenes)
  writeScenes(at('test.ndjson'), detected)
  await done('fit', 'scenes', at('train.ndjson'), '--out', at('model'))
  return { at }
}

describe('predictions are measured for the task that they were made for', () => {
  it('predict says the task, in the header and in words; evaluate takes it from there and refuses another', async () => {
    const { at } = await setting()
    for (const [task, flags, fits, others] of [
      ['predcls', [], ['predcls', 'preddet'], ['sgcls', 'sggen', 'phrdet']],
      ['sgcls', ['--task', 'sgcls'], ['sgcls', 'sggen', 'phrdet'], ['predcls', 'preddet']],
    ] as const) {
      const file = at(`${task}.ndjson`)
      const { err } = await done('predict', at('model'), at('test.ndjson'), ...flags, '--out', file)
      expect(err).toMatch(new RegExp(`${task}: classes are`))
      const [header] = readFileSync(file, 'utf8').split('\n')
      expect(JSON.parse(header)).toMatchObject({ task })
      const json = await done('predict', at('model'), at('test.ndjson'), ...flags, '--json')
      expect(JSON.parse(json.out)).toMatchObject({ header: { task } })
      const measure = ['evaluate', '--predictions', file, at('test.ndjson')]
      expect(JSON.parse((await done(...measure, '--json')).out)).toMatchObject({ task })
      for (const each of fits) await done(...measure, '--task', each)
      for (const each of others)
        await refused(
          [...measure, '--task', each],
          new RegExp(`task-unsupported.* ${task}, not ${each};.*--task ${fits.join(' or ')}`),
        )
    }
  })

  it('images fit for different tasks are not predicted into one file', async () => {
    const { at } = await setting()
    const { id, width, height, boxes, objectLogits = [] } = detected[1]
    writeScenes(at('mixed.ndjson'), [detected[0], { id, width, height, boxes, objectLogits }])
    const argv = ['predict', at('model'), at('mixed.ndjson'), '--out', at('p.ndjson')]
    await refused(argv, /image 22: .*predcls.*sgcls.*--task sgcls/)
    await done(...argv, '--task', 'sgcls')
  })

  it('annotations are no predictions, whatever a detector says beside them', async () => {
    const { at } = await setting()
    writeScenes(at('scored.ndjson'), [{ ...detected[0], relationLogits: [[0, 1, [0, 1, 0]]] }])
    await refused(
      ['evaluate', '--predictions', at('scored.ndjson'), at('scored.ndjson'), '--task', 'sgcls'],
      /data-invalid.*scored\.ndjson, image 21: .*relationScores/,
    )
  })

  it('a header that names no task is refused', async () => {
    const { at } = await setting()
    const head = exchangeHeader({ dataset: '', split: '', ...names, task: 'everything' })
    writeFileSync(at('p.ndjson'), `${head}\n`)
    await refused(
      ['evaluate', '--predictions', at('p.ndjson'), at('test.ndjson')],
      /task-unknown.*p\.ndjson: task: .*predcls.*"everything"/,
    )
  })

  it('says so where classes or boxes seem to have been given', async () => {
    const { at } = await setting()
    const relationScores = [[0, 1, 1, 0.9]] as const
    const [{ id, width, height, boxes, classes = [] }] = testScenes
    const line = { id, width, height, boxes, classes, relationScores }
    const warned = async (
      predicted: Partial<AnnotatedScene>,
      task: string,
    ): Promise<readonly string[]> => {
      writeScenes(at('p.ndjson'), [{ ...line, ...predicted }])
      return (
        await done('evaluate', '--predictions', at('p.ndjson'), at('test.ndjson'), '--task', task)
      ).codes
    }
    const given = 'classes-given'
    const boxed = 'boxes-given'
    expect(await warned({}, 'sgcls')).toContain(given)
    expect(await warned({}, 'sggen')).toContain(given)
    expect(await warned({}, 'predcls')).not.toContain(given)
    expect(await warned({ scores: [0.9, 0.9, 0.9] }, 'sgcls')).not.toContain(given)
    expect(await warned({ classes: [1, 1, 3] }, 'sgcls')).not.toContain(given)
    expect(await warned({ classes: [1, 1, 3] }, 'sggen')).toContain(boxed)
    const moved = boxes.with(1, [120, 0, 170, 50])
    expect(await warned({ classes: [1, 1, 3], boxes: moved }, 'sggen')).not.toContain(boxed)
  })
})

describe('the task stands in every title of recall', () => {
  it.each([
    ['PredCls', 'predcls'],
    ['SGCls', 'sgcls'],
  ])('%s', async (title, task) => {
    const { at } = await setting()
    const asked = ['--task', task]
    const head = new RegExp(`Recall, ${title}, on 1 image with relations, %`)
    expect((await done('evaluate', at('model'), at('test.ndjson'), ...asked)).out).toMatch(head)
    await done('predict', at('model'), at('test.ndjson'), ...asked, '--out', at('p.ndjson'))
    const measured = await done('evaluate', '--predictions', at('p.ndjson'), at('test.ndjson'))
    expect(measured.out).toMatch(head)
  })

  it('of counts at the fit, on the page, too; unknown where nobody has said it', async () => {
    const { at } = await setting()
    const fit = await done(
      'fit',
      'scenes',
      at('train.ndjson'),
      '--test',
      at('test.ndjson'),
      '--out',
      at('other'),
    )
    expect(fit.out).toContain('Recall, PredCls, on 1 image with relations, %')
    const page = readFileSync(at('other/index.html'), 'utf8')
    expect(page).toContain('Recall, PredCls, on 1 image with relations')
    const [{ id, width, height, boxes, classes = [] }] = testScenes
    writeScenes(at('p.ndjson'), [
      { id, width, height, boxes, classes, relationScores: [[0, 1, 1, 1]] },
    ])
    const own = await done('evaluate', '--predictions', at('p.ndjson'), at('test.ndjson'))
    expect(own.out).toContain('Recall, task unknown, on 1 image with relations, %')
  })
})

describe('a model measured on what it was made from', () => {
  const itself = /the model was trained on these images/i

  it('is one if the files are the same and the parts of them overlap', async () => {
    const folder = scratch()
    const [vg, model] = [await writeVg150(join(folder, 'vg')), join(folder, 'model')]
    for (const [made, measured, expected] of [
      ['val', 'test', false],
      ['val', 'val', true],
      ['all', 'test', true],
      ['val', 'all', true],
    ] as const) {
      await done('fit', 'scenes', vg, '--split', made, '--out', model, '--force')
      const argv = ['evaluate', model, vg, '--split', measured]
      const text = (await done(...argv)).out
      expect(itself.test(text), `${made}, ${measured}`).toBe(expected)
      const { out } = await done(...argv, '--json')
      expect(JSON.parse(out), `${made}, ${measured}`).toMatchObject({ trainedOn: expected })
    }
    // --test reads the part for tests
    const fit = await done('fit', 'scenes', vg, '--split', 'val', '--test', vg)
    expect(fit.codes).not.toContain('trained-on-test')
    expect((await done('fit', 'scenes', vg, '--split', 'all', '--test', vg)).codes).toContain(
      'trained-on-test',
    )
  })

  it('is said at the fit, on the terminal, on the page and in the document', async () => {
    const { at } = await setting()
    const argv = ['fit', 'scenes', at('train.ndjson'), '--out', at('model'), '--force', '--test']
    const same = await done(...argv, at('train.ndjson'))
    expect(same.codes).toContain('trained-on-test')
    expect(readFileSync(at('model/index.html'), 'utf8')).toMatch(itself)
    const tested = (): unknown =>
      (
        JSON.parse(readFileSync(at('model/model.json'), 'utf8')) as {
          training: { tested: unknown }
        }
      ).training.tested
    expect(tested()).toMatchObject({ file: 'train.ndjson', task: 'predcls', trainedOn: true })
    const other = await done(...argv, at('test.ndjson'))
    expect(other.codes).not.toContain('trained-on-test')
    expect(readFileSync(at('model/index.html'), 'utf8')).not.toMatch(itself)
    expect(tested()).toMatchObject({ file: 'test.ndjson', trainedOn: false })
  })
})

describe('VG150 without images of a part', () => {
  it('says of a file without images that there are none, and names no part', async () => {
    const vg = await writeVg150(join(scratch(), 'vg'), [])
    for (const split of ['all', 'train', 'val', 'test'])
      expect(await cli(['fit', 'scenes', vg, '--split', split]), split).toMatchObject({
        status: 2,
        out: '',
        codes: ['data-empty'],
      })
  })

  it('says which part is empty, why, and what to give', async () => {
    const vg = await writeVg150(join(scratch(), 'vg'))
    await refused(['fit', 'scenes', vg], /part-empty.*train.*5,000.*--split all or val/)
  })
})

describe('verify of a model of scenes', () => {
  it('accepts it as it was written, and says what was checked', async () => {
    const { at } = await setting()
    const { out } = await done('verify', at('model'), '--strict')
    expect(out).toMatch(/accepted/)
    expect(out.replace(/\s+/g, ' ')).toMatch(/checked: .*; not checked: .*recall/)
  })

  it('finds an edited option, an edited count and an edited recall', async () => {
    const { at } = await setting()
    await done(
      'fit',
      'scenes',
      at('train.ndjson'),
      '--model',
      'network',
      '--hidden',
      '8',
      '--epochs',
      '1',
      '--test',
      at('test.ndjson'),
      '--task',
      'predcls',
      '--out',
      at('net'),
    )
    const document = at('net/model.json')
    const text = readFileSync(document, 'utf8')
    await done('verify', at('net'))
    for (const [from, to] of [
      [/"steps": 2,\n {4}"attention"/, '"steps": 1,\n    "attention"'],
      [/"relations": 4/, '"relations": 5'],
      [/"recall": [\d.]+/, '"recall": 0.987'],
    ] as const) {
      expect(text).toMatch(from)
      writeFileSync(document, text.replace(from, to))
      const { status, out } = await cli(['verify', at('net')])
      expect(status, to).toBe(1)
      expect(out.replace(/\s+/g, ' ')).toMatch(/model\.json: .*weights\.safetensors/)
    }
    writeFileSync(document, text)
    await done('verify', at('net'))
  })
})

describe('detections of synthetic scenes', () => {
  it('differ from the truth by default as the help says, and do not with zeros', async () => {
    const truth = await done('scenes', '--count', '20')
    const boxes = (text: string): readonly unknown[] =>
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => (JSON.parse(line) as { boxes: unknown }).boxes)
    const found = await done('scenes', '--count', '20', '--detections')
    const same = boxes(found.out).filter(
      (each, i) => JSON.stringify(each) === JSON.stringify(boxes(truth.out)[i]),
    )
    expect(same).toEqual([])
    const said = await done(
      'scenes',
      '--count',
      '20',
      '--detections',
      '--miss',
      '0.1',
      '--jitter',
      '0.05',
      '--spurious',
      '0.5',
    )
    expect(said.out).toBe(found.out)
    const exact = await done(
      'scenes',
      '--count',
      '20',
      '--detections',
      '--miss',
      '0',
      '--jitter',
      '0',
      '--spurious',
      '0',
    )
    expect(boxes(exact.out)).toEqual(boxes(truth.out))
    const help = (await done('scenes', '--help')).out.replace(/\s+/g, ' ')
    for (const text of [
      /--miss <p> [^<]*\(default: 0\.1\)/,
      /--jitter <s> [^<]*\(default: 0\.05\)/,
      /--spurious <n> [^<]*\(default: 0\.5\)/,
    ])
      expect(help).toMatch(text)
  })
})

it('one of a thing is one thing', async () => {
  const { at } = await setting()
  const few = { classes: ['none', 'dog'], predicates: ['none', 'near'] }
  const [{ id, width, height, boxes }] = trainScenes
  const line = {
    id,
    width,
    height,
    boxes: boxes.slice(0, 2),
    classes: [1, 1],
    relations: [[0, 1, 1]],
  } as AnnotatedScene
  writeFileSync(
    at('one.ndjson'),
    `${exchangeHeader({ dataset: '', split: '', ...few })}\n${exchangeLine(line, few)}\n`,
  )
  const { out } = await done('fit', 'scenes', at('one.ndjson'))
  expect(out).toContain('1 image with 2 boxes of 1 class and 1 relation of 1 predicate.')
})
