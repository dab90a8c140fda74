import type { Result } from '@nonconvex/experiments'
import { expect, test } from 'vitest'
import type { Job, Listener } from '../work/messages.js'
import type { Runner } from '../work/runner.js'
import { formatAddress } from './address.js'
import { createRunStore } from './run-store.js'
import { sample } from './sample.fixture.js'
import { sameParams } from './form.js'

const values = (input: Parameters<typeof sample.params.parse>[0] = {}) => sample.params.parse(input)
const quick = values(sample.presets.quick)
const full = values(sample.presets.full)

function resultOf({ params, seed }: Pick<Job, 'params' | 'seed'>, seconds = 0.5): Result {
  return {
    schema: 'nonconvex/result@1',
    experiment: sample.id,
    params,
    seed,
    status: 'complete',
    verdicts: [],
    rows: [],
    tables: [],
    figures: [],
    digest: `${seed}`,
    timings: { total: seconds, cells: {} },
    versions: { nonconvex: '0', runtime: '', machine: '' },
  }
}

/** A store with a runner whose runs end when the test says so. */
function setUp({ stored = true, kept = new Map<string, Result>() } = {}) {
  const begun: {
    job: Job
    listener: Listener
    end: (r: Result) => void
    fail: (e: Error) => void
  }[] = []
  let stops = 0
  const runner: Runner = {
    expect: () => undefined,
    run: (job, listener) =>
      new Promise((end, fail) => {
        begun.push({ job, listener, end, fail })
      }),
    stop: () => {
      stops += 1
    },
    partial: () => Promise.reject(new Error('no worker')),
  }
  const store = createRunStore({
    runner: () => runner,
    kept: {
      read: (address) => Promise.resolve(kept.get(address)),
      write: (address, _, result) => {
        kept.set(address, result)
        return Promise.resolve()
      },
    },
    quick: () => Promise.resolve(stored ? resultOf({ params: quick, seed: 1 }) : undefined),
    isQuick: (_, params, seed) => stored && seed === 1 && sameParams(sample, params, quick),
    programOf: () => 'p',
    painted: () => Promise.resolve(),
    now: () => 0,
  })
  return { store, begun, kept, stops: () => stops, run: () => store.runOf(sample.id).value }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

test('a page opens with the stored result, and nothing runs', async () => {
  const { store, begun, run } = setUp()
  await store.show(sample, quick, 1, 'opened')
  expect(run()).toMatchObject({ status: 'done', stored: 'quick', seed: 1 })
  expect(begun).toEqual([])
  expect(store.pendingId.value).toBeUndefined()
})

test('other values run at once below the limit, else what is shown stays and is out of date', async () => {
  const { store, begun, run, kept } = setUp()
  await store.show(sample, quick, 1, 'opened')
  const shown = run()
  await store.show(sample, full, 2, 'edited')
  expect([begun.length, run(), store.pendingId.value]).toEqual([0, shown, undefined])

  store.start(sample, values({ k: 3 }), 2)
  begun[0]?.end(resultOf({ params: values({ k: 3 }), seed: 2 }, 0.1))
  await settled()
  expect(run()).toMatchObject({ status: 'done', seed: 2 })
  const before = run()

  // a run here took 0.1 s: now the page follows the form, and shows the last result until then
  await store.show(sample, values({ k: 4 }), 2, 'edited')
  expect([run(), store.pendingId.value]).toEqual([before, sample.id])
  begun[1]?.end(resultOf({ params: values({ k: 4 }), seed: 2 }, 0.1))
  await settled()
  expect(run()?.params['k']).toBe(4)
  expect(store.pendingId.value).toBeUndefined()

  // back
  await store.show(sample, values({ k: 3 }), 2, 'edited')
  expect([run()?.params['k'], begun.length]).toEqual([3, 2])
  // a page that is opened anew
  expect([...kept.keys()]).toContain(formatAddress(sample, values({ k: 4 }), 2))
  const later = setUp({ kept })
  await later.store.show(sample, values({ k: 4 }), 2, 'edited')
  expect(later.run()).toMatchObject({ stored: 'kept', params: { k: 4 } })
})

test('a value that moves on gives up the run of the one before', async () => {
  const { store, begun, run, stops } = setUp()
  await store.show(sample, quick, 1, 'opened')
  store.start(sample, quick, 3)
  begun[0]?.end(resultOf({ params: quick, seed: 3 }, 0.1))
  await settled()
  await store.show(sample, quick, 4, 'edited')
  await store.show(sample, quick, 5, 'edited')
  expect(stops()).toBe(1)
  begun[1]?.end(resultOf({ params: quick, seed: 4 }))
  await settled()
  expect(run()?.seed).toBe(3)
  begun[2]?.end(resultOf({ params: quick, seed: 5 }))
  await settled()
  expect(run()?.seed).toBe(5)
})

test('a second run waits for the first, and can be taken back', async () => {
  const { store, begun } = setUp()
  const other = { ...sample, id: 'sample/other' }
  store.start(sample, quick, 7)
  store.start(other, quick, 8)
  const waiting = store.runOf(other.id)
  expect([begun.length, waiting.value?.status, store.runningId.value]).toEqual([
    1,
    'waiting',
    sample.id,
  ])
  // neither do pages that are opened meanwhile stop it
  await store.show({ ...sample, id: 'sample/third' }, full, 1, 'opened')
  expect(begun).toHaveLength(1)
  begun[0]?.end(resultOf({ params: quick, seed: 7 }))
  await settled()
  expect([begun.length, waiting.value?.status]).toEqual([2, 'running'])
  store.start(sample, quick, 9)
  store.stop(sample.id)
  store.stop(other.id)
  expect(waiting.value?.status).toBe('stopped')
  expect([begun.length, store.runningId.value]).toEqual([2, undefined])
})

test('an address that is opened is computed, in place of the one before; Run leaves it alone', async () => {
  const { store, begun, run, stops } = setUp()
  await store.show(sample, quick, 1, 'opened')
  // more than a second, as estimated
  await store.show(sample, full, 2, 'edited')
  expect(begun).toEqual([])
  await store.show(sample, full, 2, 'opened')
  expect(run()).toMatchObject({ status: 'running', seed: 2 })
  store.start(sample, full, 2)
  expect([begun.length, stops(), run()?.status]).toEqual([1, 0, 'running'])

  await store.show(sample, full, 3, 'opened')
  expect([begun.length, stops(), run()?.seed]).toEqual([2, 1, 3])
  store.stop(sample.id)
  store.start(sample, quick, 4)
  // what the reader has started goes on
  await store.show(sample, full, 5, 'opened')
  expect([begun.length, run()?.seed]).toEqual([3, 4])
})

test('a worker that crashes fails its run, and the next one goes on', async () => {
  const { store, begun, run } = setUp({ stored: false })
  await store.show(sample, quick, 1, 'opened')
  expect(run()?.status).toBe('running')
  store.start({ ...sample, id: 'sample/other' }, quick, 2)
  begun[0]?.fail(new Error('worker: out of memory'))
  await settled()
  expect(run()).toMatchObject({ status: 'failed', message: 'worker: out of memory' })
  expect(store.runningId.value).toBe('sample/other')
})
