import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnnotatedScene, RelationScore } from '@nonconvex/structured/load'
import { describe, expect, it } from 'vitest'
import { cli, coded, scratch } from './harness.js'
import { testScenes, writeScenes } from './scene-files.js'

/** Dog near cat, dog under tree, tree near dog; and what somebody predicted of it. */
const [scene] = testScenes
const { id, width, height, boxes } = scene
const relationScores: readonly RelationScore[] = [
  [0, 1, 1, 0.6],
  [0, 1, 2, 0.3],
  [0, 2, 2, 0.5],
  [2, 0, 1, 0.4],
]

async function evaluate(
  predicted: Partial<AnnotatedScene>,
  task?: string,
  truth: readonly AnnotatedScene[] = [scene],
): ReturnType<typeof cli> {
  const at = scratch()
  const data = writeScenes(join(at, 'test.ndjson'), truth)
  const line = { id, width, height, boxes, relationScores, ...predicted }
  const file = writeScenes(join(at, 'p.ndjson'), [line])
  const asked = task === undefined ? [] : ['--task', task]
  return cli(['evaluate', '--predictions', file, data, '--json', ...asked])
}

interface Document {
  readonly task?: string
  readonly scores: {
    readonly [kind: string]: {
      readonly at: readonly { recall: number }[]
      readonly ceiling: number
    }
  }
}

/** R@20 with one predicate a pair. */
async function recall(predicted: Partial<AnnotatedScene>, task?: string): Promise<number> {
  const { status, out, err } = await evaluate(predicted, task)
  expect(status, err).toBe(0)
  const document = JSON.parse(out) as Document
  expect(document.task).toBe(task)
  return document.scores['constrained'].at[0].recall
}

describe('the tasks of evaluate --predictions', () => {
  it('a cat taken for a dog: given to predcls and preddet, missed by the others', async () => {
    const wrong = { classes: [1, 1, 3], scores: [0.9, 0.5, 0.8] }
    for (const [task, expected] of [
      [undefined, 2 / 3],
      ['sgcls', 2 / 3],
      ['sggen', 2 / 3],
      ['phrdet', 2 / 3],
      ['predcls', 1],
      ['preddet', 1],
    ] as const)
      expect(await recall(wrong, task), task).toBe(expected)
    // nor need they be predicted
    expect(await recall({}, 'predcls')).toBe(1)
  })

  it('a box that was found badly: around both objects it is good enough', async () => {
    const moved = { classes: scene.classes ?? [], boxes: boxes.with(1, [120, 0, 170, 50]) }
    expect(await recall(moved, 'sggen')).toBe(2 / 3)
    expect(await recall(moved, 'phrdet')).toBe(1)
    for (const task of ['predcls', 'sgcls', 'preddet']) {
      const { status, out, err } = await evaluate(moved, task)
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(err).toMatch(
        /p\.ndjson, image 21: boxes\[1\]: .*100 0 150 50, got 120 0 170 50; .*--task sggen or phrdet/,
      )
    }
    const fewer = await evaluate(
      { ...moved, boxes: boxes.slice(1), classes: [1, 1], relationScores: [] },
      'sgcls',
    )
    expect(fewer.err).toMatch(/boxes: .* 3 .*got 2/)
  })

  it('a header that says sgcls, boxes that do not: measured as sggen, and told', async () => {
    const at = scratch()
    const data = writeScenes(join(at, 'test.ndjson'), [scene])
    const moved = { id, width, height, boxes: boxes.with(1, [120, 0, 170, 50]), relationScores }
    const file = writeScenes(join(at, 'p.ndjson'), [{ ...moved, classes: scene.classes ?? [] }])
    const [head, ...lines] = readFileSync(file, 'utf8').split('\n')
    const header = { ...(JSON.parse(head) as object), task: 'sgcls' }
    writeFileSync(file, [JSON.stringify(header), ...lines].join('\n'))
    const done = await cli(['evaluate', '--predictions', file, data, '--json'])
    expect(done.status, done.err).toBe(0)
    expect(JSON.parse(done.out)).toMatchObject({ task: 'sggen' })
    expect(coded(done)).toMatch(
      /boxes-differ.*p\.ndjson: .* sgcls.*test\.ndjson.* sggen.*--task sgcls/,
    )
  })

  it('each has its ceiling: of a pair with two predicates one is named', async () => {
    const twice = {
      ...scene,
      relations: [
        [0, 1, 1],
        [0, 1, 2],
      ],
    } as AnnotatedScene
    const predicted = { classes: scene.classes ?? [] }
    for (const task of ['predcls', 'sgcls', 'sggen', 'preddet', 'phrdet']) {
      const { out } = await evaluate(predicted, task, [twice])
      const { constrained, unconstrained } = (JSON.parse(out) as Document).scores
      expect([constrained.ceiling, constrained.at[0].recall], task).toEqual([1 / 2, 1 / 2])
      expect([unconstrained.ceiling, unconstrained.at[0].recall], task).toEqual([1, 1])
    }
  })

  it('an image without a prediction counts 0 in each', async () => {
    const other = { ...scene, id: 99 }
    for (const task of ['predcls', 'sggen', 'preddet', 'phrdet']) {
      const { status, out, err } = await evaluate({ classes: scene.classes ?? [] }, task, [
        scene,
        other,
      ])
      expect(status, err).toBe(0)
      expect((JSON.parse(out) as Document).scores['constrained'].at[0].recall, task).toBe(1 / 2)
      expect(err).toMatch(/1 image without a prediction/)
    }
  })

  it('the table says which it is', async () => {
    const at = scratch()
    const data = writeScenes(join(at, 'test.ndjson'), [scene])
    const file = writeScenes(join(at, 'p.ndjson'), [{ id, width, height, boxes, relationScores }])
    const { out } = await cli(['evaluate', '--predictions', file, data, '--task', 'preddet'])
    expect(out).toMatch(/recall, graph constraint +100 .*[^]*preddet; /)
  })
})
