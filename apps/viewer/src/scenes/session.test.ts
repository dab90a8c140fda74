import { expect, test } from 'vitest'
import type { Client } from './client.js'
import type {
  Prediction,
  Predictions,
  CheckReport,
  Progress,
  Query,
  Settings,
  Trained,
} from './messages.js'
import { createSession, type Session } from './session.js'

const settings: Settings = {
  seed: 7,
  train: 1,
  test: 1,
  steps: 1,
  hidden: 2,
  inner: 1,
  relation: 1,
}
const trained: Trained = {
  weights: { alone: {}, joint: {}, ordered: {} },
  right: { alone: 0.1, joint: 0.2, ordered: 0.3 },
  objects: 10,
}
const prediction: Prediction = { classes: [1], probabilities: [1], difference: 0, was: [1] }
const predictions: Predictions = { alone: prediction, joint: prediction, ordered: prediction }
const checked: CheckReport = { ok: true, trials: 5, statement: 'no violation', maxError: 0 }
const edits = { scene: 2, moved: [], deleted: [] }
const query: Query = { seed: 7, scene: 2, edits, order: [0] }

interface Desk extends Client {
  stops: number
  tell: (progress: Progress) => void
  settle: (value: unknown) => Promise<void>
  fail: (error: Error) => Promise<void>
  readonly asked: Query[]
}

/** A client whose work is settled by the test, the oldest first. */
function desk(): Desk {
  let waiting: { resolve: (value: never) => void; reject: (error: Error) => void }[] = []
  const wait = <T>() =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ resolve, reject })
    })
  const made: Desk = {
    stops: 0,
    asked: [],
    tell: () => undefined,
    shipped: () => wait(),
    train: (_, onProgress) => {
      made.tell = onProgress
      return wait()
    },
    ask: (asked) => {
      made.asked.push(asked)
      return wait()
    },
    check: () => wait(),
    stop: () => {
      made.stops++
      waiting = []
    },
    settle: (value) => {
      waiting.shift()?.resolve(value as never)
      return Promise.resolve()
    },
    fail: (error) => {
      waiting.shift()?.reject(error)
      return Promise.resolve()
    },
  }
  return made
}

async function trainedSession(): Promise<{ client: Desk; session: Session }> {
  const client = desk()
  let time = 0
  const session = createSession(client, () => (time += 1500))
  session.train(settings)
  await client.settle(trained)
  return { client, session }
}

test('training reports progress and ends with models and its duration', async () => {
  const client = desk()
  const session = createSession(client, () => 0)
  session.ask(query)
  expect(client.asked).toEqual([])
  session.train(settings)
  expect(session.work.value).toEqual({ kind: 'training', seed: 7 })
  const progress = { model: 'alone', step: 3, steps: 9 } as const
  client.tell(progress)
  expect(session.work.value).toEqual({ kind: 'training', seed: 7, progress })
  await client.settle(trained)
  expect(session.work.value).toEqual({ kind: 'none' })
  expect(session.ready.value).toEqual({ seed: 7, trained, seconds: 0 })
  expect((await trainedSession()).session.ready.value?.seconds).toBe(1.5)
})

test('training that was stopped is not heard of again', () => {
  const client = desk()
  const session = createSession(client, () => 0)
  session.train(settings)
  const { tell } = client
  session.stop()
  expect([client.stops, session.work.value]).toEqual([1, { kind: 'stopped' }])
  tell({ model: 'alone', step: 1, steps: 2 })
  expect(session.work.value).toEqual({ kind: 'stopped' })
  session.stop()
  expect(client.stops).toBe(1)
})

test('after the query under way only the last one is asked', async () => {
  const { client, session } = await trainedSession()
  const between: Query = { ...query, scene: 4 }
  const later: Query = { ...query, scene: 3 }
  for (const each of [query, between, later]) session.ask(each)
  expect(client.asked).toEqual([query])
  await client.settle(predictions)
  expect(session.predicted.value).toEqual({ query, predictions })
  expect(client.asked).toEqual([query, later])
  await client.settle(predictions)
  expect(session.predicted.value).toEqual({ query: later, predictions })
})

test('the models that come with the page are ready once they are loaded', async () => {
  const client = desk()
  const session = createSession(client, () => 0)
  session.load()
  expect(session.work.value).toEqual({ kind: 'loading' })
  await client.settle({ settings, trained })
  expect(session.work.value).toEqual({ kind: 'none' })
  expect(session.ready.value).toEqual({ seed: 7, trained })
  // training that begins meanwhile takes its place
  const other = createSession(client, () => 0)
  other.load()
  other.train({ ...settings, seed: 8 })
  expect(client.stops).toBe(1)
  await client.settle(trained)
  expect(other.ready.value?.seed).toBe(8)
})

test('a query that a stop canceled is asked again', async () => {
  const { client, session } = await trainedSession()
  session.check('joint')
  session.ask(query)
  session.stop()
  expect(client.asked).toEqual([query, query])
  await client.settle(predictions)
  expect(session.predicted.value?.query).toBe(query)
  expect(session.checks.value).toEqual({})
})

test('a prediction of models that were replaced is dropped', async () => {
  const { client, session } = await trainedSession()
  session.ask(query)
  session.train({ ...settings, seed: 8 })
  await client.settle(predictions)
  session.ask(query)
  await client.settle(trained)
  expect(session.ready.value?.seed).toBe(8)
  const before = session.predicted.value
  await client.settle(predictions)
  expect(session.predicted.value).toBe(before)
})

test('what the checker says stands beside its model, until others are trained', async () => {
  const { client, session } = await trainedSession()
  session.check('joint')
  expect(session.work.value).toEqual({ kind: 'checking', model: 'joint' })
  await client.settle(checked)
  expect(session.checks.value).toEqual({ joint: checked })
  session.train(settings)
  await client.settle(trained)
  expect(session.checks.value).toEqual({})
})

test('a failure is reported, and work can go on', async () => {
  const { client, session } = await trainedSession()
  session.check('ordered')
  await client.fail(new Error('worker: gone'))
  await Promise.resolve()
  expect(session.work.value).toEqual({ kind: 'failed', message: 'worker: gone' })
  session.check('ordered')
  await client.settle(checked)
  expect(session.work.value).toEqual({ kind: 'none' })
})
