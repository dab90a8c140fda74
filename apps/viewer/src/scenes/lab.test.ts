import { findExperiment, runExperiment } from '@nonconvex/experiments'
import { demoPartner } from '@nonconvex/structured/demo'
import { expect, test } from 'vitest'
import { experiment as id, orderOf, testScene } from './demo.js'
import { editsOf, NO_EDITS, parseEdits } from './edits.js'
import { createLab } from './lab.js'
import type { Query, Settings, Trained } from './messages.js'

const settings: Settings = {
  seed: 3,
  train: 60,
  test: 20,
  steps: 20,
  hidden: 8,
  inner: 0.5,
  relation: 3,
}

function trained(): { readonly lab: ReturnType<typeof createLab>; readonly found: Trained } {
  const lab = createLab(settings)
  const training = lab.training()
  for (;;) {
    const next = training.next()
    if (next.done === true) return { lab, found: next.value }
  }
}

const asMade = (n: number) => Array.from({ length: n }, (_, i) => i)
const of = (scene: number, order: readonly number[], edits = editsOf(NO_EDITS, scene)): Query => ({
  seed: settings.seed,
  scene,
  order,
  edits,
})
const { lab, found } = trained()
const sizes = Array.from(
  { length: settings.test },
  (_, t) => testScene(settings, t + 1).boxes.length,
)

test('scenes and networks are those of the experiment, to the last object', async () => {
  const { seed, ...params } = settings
  const demo = findExperiment(id)
  const run = await runExperiment(demo, {
    params: demo.params.parse({ ...params, seeds: 1 }),
    seed,
  })
  for (const [model, key] of [
    ['alone', 'single/seed=0'],
    ['joint', 'attention/seed=0'],
  ] as const) {
    const right = sizes.map((n, t) => {
      const { classes } = testScene(settings, t + 1)
      const prediction = lab.ask(of(t + 1, asMade(n)))[model]
      return prediction.classes.filter((c, i) => c === classes[i] && demoPartner(c) > 0).length
    })
    expect(right.some((count) => count > 0)).toBe(true)
    expect(run.rows.find((row) => row.key === key)?.measured).toMatchObject({ right })
  }
})

test('another worker with the same weights predicts the same', () => {
  const other = createLab(settings)
  const query = of(1, asMade(sizes[0]))
  expect(other.ask(query)).not.toEqual(lab.ask(query))
  other.restore(structuredClone(found.weights))
  expect(other.ask(query)).toEqual(lab.ask(query))
})

test('in another order the invariant network moves by rounding, the one that reads in order by more', () => {
  const order = orderOf(3, 1, 1, sizes[0])
  const { alone, joint, ordered } = lab.ask(of(1, order))
  for (const { difference, classes, was } of [alone, joint]) {
    expect(difference).toBeLessThan(1e-5)
    expect(classes).toEqual(was)
  }
  expect(ordered.difference).toBeGreaterThan(1e-3)
  const made = lab.ask(of(1, asMade(sizes[0])))
  expect(joint.classes).toEqual(order.map((from) => made.joint.classes[from]))
  expect(made.ordered.difference).toBe(0)
})

test('attention of each object sums to 1, none on itself', () => {
  const { attention = [] } = lab.ask(of(1, asMade(sizes[0]))).joint
  expect(attention).toHaveLength(sizes[0])
  attention.forEach((row, i) => {
    expect(row[i]).toBe(0)
    expect(row.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 6)
  })
})

test('the checker passes the invariant networks and finds two nodes for the one that reads in order', () => {
  for (const model of ['alone', 'joint'] as const) {
    const { ok, maxError, statement } = lab.check(model)
    expect([ok, statement]).toEqual([true, expect.stringContaining('no violation in 250 trials')])
    expect(maxError).toBeLessThan(1e-4)
  }
  const { ok, nodes, statement } = lab.check('ordered')
  expect(ok).toBe(false)
  expect(nodes).toHaveLength(2)
  expect(statement).toMatch(/^2 nodes, 0 and 1 swapped: node \d had the label "\w+"; it is node \d/)
})

test('each model has a test accuracy', () => {
  expect(found.objects).toBe(sizes.reduce((sum, n) => sum + n, 0))
  for (const weight of Object.values(found.right)) {
    expect(weight).toBeGreaterThan(0)
    expect(weight).toBeLessThanOrEqual(1)
  }
})

test('an object that is moved or deleted changes what is predicted of the others', () => {
  const n = sizes[0]
  const before = lab.ask(of(1, asMade(n))).joint
  const { boxes } = testScene(settings, 1)
  const far = boxes[0][0] > 320 ? 0 : 600
  const moved = lab.ask(of(1, asMade(n), parseEdits(`1:1,${far},0`))).joint
  expect(moved.probabilities).not.toEqual(before.probabilities)
  const fewer = lab.ask(of(1, asMade(n - 1), parseEdits('1:1'))).joint
  expect(fewer.classes).toHaveLength(n - 1)
  expect(fewer.probabilities).not.toEqual(before.probabilities.slice(1))
  // on its own each object is what it was
  const alone = (edits: string, count: number) =>
    lab.ask(of(1, asMade(count), parseEdits(edits))).alone.classes
  expect(alone('1:1', n - 1)).toEqual(alone('none', n).slice(1))
})
