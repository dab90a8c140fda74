import { existsSync, readdirSync } from 'node:fs'
import { stream } from '@nonconvex/tensor'
import { afterEach, expect, it, vi } from 'vitest'
import { separableData } from '../../test/problems.ts'
import { sparseRows } from '../data/sparse-rows.ts'
import { Arena } from '../network/arena.ts'
import { SparseLayer, sparseLayerBytes } from '../network/first-layer.ts'
import { byFeature } from '../network/net.ts'
import { BlockScreen, blockScreenBytes } from '../sgd/block-screen.ts'
import { BlockWork, SLICES } from '../sgd/block-work.ts'
import { unitGroups } from '../sgd/identical-units.ts'
import { SgdRun } from '../sgd/sgd-run.ts'
import type { SgdState } from '../sgd/state.ts'
import { startWeights } from '../sgd/start-weights.ts'
import { trainSgd } from '../sgd/train-sgd.ts'
import { JOBS } from './control.ts'
import { SecondThread } from './second-thread.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const d = 60
const { data } = separableData({ n: 150, d, gamma: 0.02, size: 1, seed: 5 })

function optionsOf(k: number) {
  const start = startWeights({ kind: 'scaled', stream: stream(6) }, k, d)
  const order = { kind: 'permutation', stream: stream(7) } as const
  return { k, start, order, engine: 'blocks', slopes: true } as const
}

/** A run with a second thread, which begins a step at a time until that is there. */
async function together(k: number, saved?: SgdState): Promise<{ run: SgdRun; jobs: Set<number> }> {
  const begin = vi.spyOn(SecondThread.prototype, 'begin')
  const run = new SgdRun(data, { ...optionsOf(k), threads: 2 }, saved)
  while (!begin.mock.results.some(({ value }) => value === true) && run.advance(1) === 'running')
    await new Promise((resolve) => setTimeout(resolve, 10))
  while (run.advance(100) === 'running');
  const took = begin.mock.calls.filter((_, at) => begin.mock.results[at].value === true)
  vi.restoreAllMocks()
  return { run, jobs: new Set(took.map(([job]) => job)) }
}

it.each([
  [64, ['tiles', 'products'] as const],
  [300, ['tiles', 'products', 'rows', 'activate', 'add'] as const],
])(
  'does its part of a network of 2 · %i units, with the same bits',
  async (k, expected) => {
    const { run, jobs } = await together(k)
    expect(run.outcome()).toEqual(trainSgd(data, optionsOf(k)))
    expect([...jobs].sort()).toEqual(expected.map((job) => JOBS[job]).sort())
  },
  60_000,
)

it('takes part in a run that was saved, and one that is aborted goes without', async () => {
  const alone = trainSgd(data, optionsOf(300))
  const first = new SgdRun(data, { ...optionsOf(300), threads: 2 })
  first.advance(alone.steps >> 2)
  const saved = first.save()
  first.abort()
  expect((await together(300, saved)).run.outcome()).toEqual(alone)
}, 60_000)

it('is not called for a network that another engine trains, nor for a narrow one', () => {
  const start = vi.spyOn(SecondThread, 'start')
  trainSgd(data, { ...optionsOf(300), engine: 'eager', threads: 2 })
  trainSgd(data, { ...optionsOf(20), threads: 2 })
  expect(start).not.toHaveBeenCalled()
  trainSgd(data, { ...optionsOf(64), threads: 2 })
  expect(start).toHaveBeenCalledTimes(1)
})

// where the system says how many threads there are
const tasks = '/proc/self/task'
it.runIf(existsSync(tasks))(
  'ends with its run',
  async () => {
    const threads = (): number => readdirSync(tasks).length
    const before = threads()
    for (let run = 0; run < 12; run++) trainSgd(data, { ...optionsOf(64), threads: 2 })
    for (let wait = 0; wait < 500 && threads() > before + 2; wait++)
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect(threads()).toBeLessThanOrEqual(before + 2)
  },
  60_000,
)

it('is not there before it is ready, nor after it was let go', () => {
  const thread = SecondThread.start()
  expect(thread?.begin(JOBS.add, 0)).toBe(false)
  thread?.close()
  expect(thread?.begin(JOBS.add, 0)).toBe(false)
})

it.each([70, 71, 200])('two parts make the pre-activations of all %i units', (k) => {
  const { start } = optionsOf(k)
  const net = { k, d, v: 0.1, alpha: 0.1, weights: start }
  const [rows, groups] = [sparseRows(data.x), unitGroups(net)]
  const arena = new Arena(sparseLayerBytes(rows, 2 * k) + blockScreenBytes(rows, groups))
  const layer = new SparseLayer(rows, byFeature(start, 2 * k, d), 2 * k, arena)
  const screen = new BlockScreen(layer.rows, layer, data.y, net, groups, 1, arena)
  const { kept, slots } = screen.place
  const all = new Float32Array(arena.buffer, kept, rows.rows * slots)
  const prime = (...parts: readonly (0 | 1 | 'all')[]): Float32Array => {
    all.fill(7)
    for (const part of parts)
      for (let slice = 0; slice < SLICES; slice++)
        new BlockWork(arena, screen.place, part).prime(slice, 0.5)
    return all.slice()
  }
  expect(prime(0, 1)).toEqual(prime('all'))
  expect(prime('all').filter((z) => z === 7)).toHaveLength(0)
})
