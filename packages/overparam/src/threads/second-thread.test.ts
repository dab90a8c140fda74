import { existsSync, readdirSync } from 'node:fs'
import { stream } from '@nonconvex/tensor'
import { afterEach, expect, it, vi } from 'vitest'
import { separableData } from '../../test/problems.js'
import { sparseRows } from '../data/sparse-rows.js'
import { Arena } from '../network/arena.js'
import { SparseLayer, sparseLayerBytes } from '../network/first-layer.js'
import { byFeature } from '../network/net.js'
import { BlockScreen, blockScreenBytes } from '../sgd/block-screen.js'
import { BlockWork, SLICES } from '../sgd/block-work.js'
import { unitGroups } from '../sgd/identical-units.js'
import { SgdRun } from '../sgd/sgd-run.js'
import type { SgdState } from '../sgd/state.js'
import { initialWeights } from '../sgd/initial-weights.js'
import { trainSgd } from '../sgd/train-sgd.js'
import { JOBS } from './control.js'
import { SecondThread } from './second-thread.js'
import { SharedJob } from './shared-job.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const d = 60
const { data } = separableData({ n: 150, d, gamma: 0.02, size: 1, seed: 5 })

function optionsOf(k: number) {
  const start = initialWeights({ kind: 'scaled', stream: stream(6) }, k, d)
  const order = { kind: 'permutation', stream: stream(7) } as const
  return { k, start, order, engine: 'blocks', slopes: true } as const
}

/**
 * A run with a second thread, which begins a step at a time until that is there. It is not let go
 * where it keeps the run waiting, as it does on a machine that is busy with something else.
 */
async function together(k: number, saved?: SgdState): Promise<{ run: SgdRun; jobs: Set<number> }> {
  const begin = vi.spyOn(SecondThread.prototype, 'begin')
  vi.spyOn(SecondThread.prototype, 'close').mockImplementation(() => undefined)
  const run = new SgdRun(data, { ...optionsOf(k), threads: 2 }, saved)
  while (!begin.mock.results.some(({ value }) => value === true) && run.advance(1) === 'running')
    await new Promise((resolve) => setTimeout(resolve, 10))
  while (run.advance(100) === 'running');
  const took = begin.mock.calls.filter((_, at) => begin.mock.results[at].value === true)
  const threads = new Set(begin.mock.contexts as SecondThread[])
  vi.restoreAllMocks()
  for (const thread of threads) thread.close()
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

/** A screen of 2 · k units, the arena it lies in, and its pre-activations. */
function screenOf(k: number, second?: SecondThread) {
  const { start } = optionsOf(k)
  const net = { k, d, v: 0.1, alpha: 0.1, weights: start }
  const [rows, groups] = [sparseRows(data.x), unitGroups(net)]
  const bytes = sparseLayerBytes(rows, 2 * k) + blockScreenBytes(rows, groups)
  const arena = new Arena(bytes, second ? 'shared' : 'auto')
  const layer = new SparseLayer(rows, byFeature(start, 2 * k, d), 2 * k, arena, second)
  const screen = new BlockScreen(layer.rows, layer, data.y, net, groups, 1, arena, second)
  const { kept, slots } = screen.place
  return { arena, screen, all: new Float32Array(arena.buffer, kept, rows.rows * slots) }
}

const slices = Array.from({ length: SLICES }, (_, slice) => slice)

function primed(k: number, ...parts: readonly (0 | 1 | 'all')[]): Float32Array {
  const { arena, screen, all } = screenOf(k)
  all.fill(7)
  for (const part of parts)
    for (const slice of slices) new BlockWork(arena, screen.place, part).prime(slice, 0.5)
  return all
}

it.each([70, 71, 200])('two parts make the pre-activations of all %i units', (k) => {
  expect(primed(k, 0, 1)).toEqual(primed(k, 'all'))
  expect(primed(k, 'all').filter((z) => z === 7)).toHaveLength(0)
})

it('the second thread makes its part of the pre-activations while we make ours', async () => {
  const second = SecondThread.start()
  if (!second) throw new Error('threads of Node share memory')
  try {
    const { arena, screen, all } = screenOf(71, second)
    const ours = new BlockWork(arena, screen.place, 0)
    all.fill(7)
    const done = { together: 0, alone: 0 }
    const job = new SharedJob(second, JOBS.prime, {
      part: (slice, _, scale) => (ours.prime(slice, scale), done.together++),
      all: () => done.alone++,
      short: false,
    })
    // until it is there the whole is ours, and this one does nothing then
    for (const slice of slices)
      for (const before = done.together; done.together === before;) {
        job.do(slice, 0, 0.5)
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    expect(all.slice()).toEqual(primed(71, 'all'))
  } finally {
    second.close()
  }
}, 60_000)
