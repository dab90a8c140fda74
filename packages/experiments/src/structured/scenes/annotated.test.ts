import type { AnnotatedScene } from '@nonconvex/structured/load'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Row } from '../../define/experiment.js'
import { InputError } from '../../define/input-error.js'
import type { SceneData, SceneFile } from '../../define/scene-data.js'
import { CellError } from '../../engine/cell-error.js'
import { concludeBy } from '../../engine/conclude.js'
import { runExperiment } from '../../engine/run.js'
import { findExperiment } from '../../registry.js'
import type { Result } from '../../result/result.js'
import { verifyResult } from '../../verify/verify.js'
import type { Verdict } from '@nonconvex/optim/claims'
import { pack, unpack, type Packed } from '../../result/packed.js'
import type { AnnotatedMeasured, DataMeasured } from './annotated.js'
import { work } from './work.js'

/** A dog sees a cat to its left and chases one to its right; every fifth image has no relation. */
const image = (id: number): AnnotatedScene => {
  const left = (id * 7) % 12 < 6
  return {
    id,
    width: 100,
    height: 50,
    classes: [1, 2],
    boxes: [[45, 20, 55, 30], left ? [15, 20, 23, 30] : [75, 20, 83, 30]],
    relations: id % 5 === 0 ? [] : [[0, 1, left ? 1 : 2]],
  }
}
const fileOf = (sha256: string, scenes: readonly AnnotatedScene[]): SceneFile => ({
  format: 'ndjson',
  sha256,
  scenes,
  inclusive: false,
  classes: ['none', 'dog', 'cat'],
  predicates: ['none', 'sees', 'chases'],
})
const images = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => image(from + i))
const data: SceneData = {
  train: fileOf('aa', images(0, 40)),
  test: fileOf('bb', images(40, 50)),
}

const experiment = findExperiment('structured/scenes')
const given = { train: 100, test: 20, steps: 10, hidden: 2, seeds: 2, data: 'a.ndjson' }
const run = (scenes: SceneData) =>
  runExperiment(experiment, { params: given, seed: 1, scenes: () => Promise.resolve(scenes) })

let result: Result
let base: DataMeasured
beforeAll(async () => {
  result = await run(data)
  base = result.rows.find(({ key }) => key === 'data')?.measured as unknown as DataMeasured
})

type Gain = (image: number, seed: number) => number

/** The statuses where networks recall more than the frequency baseline by these amounts. */
function statuses(joint: Gain, single: Gain, change: Partial<DataMeasured> = {}) {
  const rows = result.rows.map((row) => {
    if (row.key === 'data') return { ...row, measured: { ...base, passes: 5, ...change } }
    const found = /^annotated\/(.*)\/seed=(\d+)$/.exec(row.key)
    if (!found) return row
    const gain = found[1] === 'network' ? joint : single
    const { files, tasks } = row.measured as unknown as AnnotatedMeasured
    const gained = (each: Packed): Packed =>
      pack(Float64Array.from(unpack(each), (x, i) => x + gain(i, Number(found[2]))))
    const each = {
      constrained: gained(base.tasks[0].each.constrained),
      unconstrained: gained(base.tasks[0].each.unconstrained),
    }
    return { ...row, measured: { files, tasks: tasks.map((task) => ({ ...task, each })) } }
  })
  const { verdicts } = concludeBy(
    work,
    experiment,
    rows as unknown as Row[],
    experiment.params.parse(given),
  )
  const of = (id: string): Verdict | undefined =>
    verdicts.find(({ claim }) => claim === `structured/${id}`)
  return { counts: of('network-above-counts')?.status, joint: of('joint-above-on-images') }
}

/** A gain that differs a little from image to image and from seed to seed. */
const about =
  (size: number, ofSeed = 0.01): Gain =>
  (image, seed) =>
    size + 0.02 * ((image % 3) - 1) + ofSeed * (2 * seed - 1)

describe('networks and the frequency baseline on annotated images', () => {
  it('learn from all, and are measured on those with relations', () => {
    const { files, images: used, tasks, candidates } = base
    expect(files).toEqual({
      train: { format: 'ndjson', sha256: 'aa', images: 40 },
      test: { format: 'ndjson', sha256: 'bb', images: 50 },
    })
    expect(used).toEqual({ train: 40, test: 40 })
    // two objects: two pairs with two predicates each
    expect(candidates).toEqual({ constrained: [0, 0, 0], unconstrained: [0, 0, 0] })
    // by the counts each pair has one predicate, which is right in its share of the images; with
    // all, either is among the 20
    const [{ recalls, each }] = tasks
    const sees = images(40, 50).filter(({ relations = [] }) => relations[0]?.[2] === 1).length
    expect([sees / 40, 1 - sees / 40]).toContain(recalls.constrained.recall[0])
    expect(recalls.unconstrained.recall).toEqual([1, 1, 1])
    expect(Array.from(unpack(each.unconstrained))).toEqual(Array<number>(40).fill(1))
    const keys = result.rows.map(({ key }) => key)
    expect(keys.filter((key) => key.startsWith('annotated/'))).toEqual([
      'annotated/network/seed=0',
      'annotated/network/seed=1',
      'annotated/per-object/seed=0',
      'annotated/per-object/seed=1',
    ])
  })

  it('are compared with the baseline, each by itself', () => {
    const counts = (...given: Parameters<typeof statuses>) => statuses(...given).counts
    expect(counts(about(0.1), about(0))).toBe('holds')
    expect(counts(about(-0.1), about(0))).toBe('violated')
    expect(counts(about(0.004, 0), about(0))).toBe('inconclusive')
    const few = { images: { train: 40, test: 29 } }
    expect(counts(about(0.1), about(0), few)).toBe('inapplicable')
    expect(counts(about(-0.1), about(0), { passes: 4 })).toBe('inapplicable')
  })

  it('are compared with each other, with images and initializations as random samples', () => {
    const joint = (...args: Parameters<typeof statuses>) => statuses(...args).joint?.status
    expect(joint(about(-0.1), about(0))).toBe('violated')
    expect(statuses(about(-0.1), about(0)).joint?.statement).toContain('PredCls')
    expect(joint(about(0.1), about(0))).toBe('holds')
    // the spread over the images alone would decide
    expect(joint(about(0.02, 0.01), about(0, -0.01))).toBe('inconclusive')
    expect(joint(about(0.02, 0), about(0, 0))).toBe('holds')
    expect(joint(about(0.1), about(0), { passes: 4 })).toBe('inapplicable')
  })

  /** Code and message of what a run, or one of its cells, throws. */
  const fault = (run: Promise<unknown>): Promise<string> =>
    run.then(
      () => 'none',
      (error: unknown) => {
        const cause = error instanceof CellError ? error.cause : error
        return cause instanceof InputError ? `${cause.code}: ${cause.message}` : String(error)
      },
    )

  it('is verified with the same files, and rejected with others or none', async () => {
    const check = (scenes: SceneData) =>
      verifyResult(result, { scenes: () => Promise.resolve(scenes) })
    expect((await check(data)).findings).toEqual([])
    expect(await fault(check({ ...data, train: fileOf('cc', images(0, 40)) }))).toMatch(
      /^file-changed: a\.ndjson: expected SHA-256 aa, .*got SHA-256 cc/,
    )
    expect(await fault(check({ ...data, test: undefined }))).toMatch(
      /^file-changed: .*beside a\.ndjson: expected SHA-256 bb, .*got no file/,
    )
    expect(await fault(verifyResult(result))).toMatch(
      /^file-unreadable: parameter data: .*--set data=FILE/,
    )
  })

  it('is rejected where files cannot be read or have too few images', async () => {
    expect(await fault(runExperiment(experiment, { params: given, seed: 1 }))).toMatch(
      /^file-unreadable: parameter data: .*--set data=FILE/,
    )
    expect(await fault(run({ train: data.train, test: fileOf('bb', [image(0)]) }))).toMatch(
      /^file-content: a\.ndjson: expected .*, got 32 and 0/,
    )
    const { id, width, height, boxes } = image(1)
    const bare = { id, width, height, boxes }
    expect(await fault(run({ ...data, train: fileOf('aa', [bare]) }))).toMatch(
      /^file-content: a\.ndjson, image 1: expected classes and relations, got none/,
    )
  })
})
