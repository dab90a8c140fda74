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
import type { MeanWithError } from '@nonconvex/optim/statistics'
import type { DataMeasured } from './annotated.js'
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
const given = { train: 100, test: 20, steps: 10, hidden: 2, seeds: 1, data: 'a.ndjson' }
const run = (scenes: SceneData) =>
  runExperiment(experiment, { params: given, seed: 1, scenes: () => Promise.resolve(scenes) })

let result: Result
let row: Row
beforeAll(async () => {
  result = await run(data)
  row = result.rows.find(({ key }) => key === 'data') as Row
})

const aboveCounts = (rows: readonly Row[]) =>
  concludeBy(work, experiment, rows, experiment.params.parse(given)).verdicts.find(
    ({ claim }) => claim === 'structured/network-above-counts',
  )?.status

/** The verdict where the gains are others. */
const verdict = (gain: MeanWithError | undefined, test = 40, passes = 5) => {
  const measured = row.measured as DataMeasured
  const tasks = measured.tasks.map((task) =>
    gain ? { ...task, gain: { ...task.gain, unconstrained: gain } } : task,
  )
  const changed = { ...row, measured: { ...measured, tasks, images: { train: 40, test }, passes } }
  return aboveCounts([changed])
}

describe('a network and the frequency baseline on annotated images', () => {
  it('learns from all, and is measured on those with relations', () => {
    const { files, images: used, tasks } = row.measured as DataMeasured
    expect(files).toEqual({
      train: { format: 'ndjson', sha256: 'aa', images: 40 },
      test: { format: 'ndjson', sha256: 'bb', images: 50 },
    })
    expect(used).toEqual({ train: 40, test: 40 })
    // by the counts each pair has one predicate, which is right in its share of the images; with
    // all, either is among the 20
    const [{ counts, gain }] = tasks
    const sees = images(40, 50).filter(({ relations = [] }) => relations[0]?.[2] === 1).length
    expect([sees / 40, 1 - sees / 40]).toContain(counts.constrained.recall[0])
    expect(counts.unconstrained.recall).toEqual([1, 1, 1])
    expect(gain.unconstrained).toEqual({ mean: 0, error: 0 })
  })

  it('has each verdict where its numbers are those of it', () => {
    const measured = row.measured as DataMeasured
    const tasks = measured.tasks.map((task) => ({
      ...task,
      gain: { constrained: { mean: 0.1, error: 0.01 }, unconstrained: { mean: 0.1, error: 0.01 } },
    }))
    row = { ...row, measured: { ...measured, tasks } }
    expect(verdict(undefined)).toBe('holds')
    expect(verdict({ mean: -0.1, error: 0.01 })).toBe('violated')
    expect(verdict({ mean: 0.01, error: 0.01 })).toBe('inconclusive')
    expect(verdict(undefined, 29)).toBe('inapplicable')
    expect(verdict({ mean: -0.1, error: 0.01 }, 40, 4)).toBe('inapplicable')
    expect(aboveCounts([])).toBe('inconclusive')
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
