import { ShapeError, stream } from '@nonconvex/tensor'
import { startEngine, type Engine } from '@nonconvex/tensor/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectBudget } from '../cardinality/project-budget.js'
import { softBudget } from '../cardinality/soft-budget.js'
import type { Budget } from '../cardinality/budget.js'
import {
  budgetOp,
  type BudgetOpOptions,
  type ExactBudgetOptions,
  type SmoothBudgetOptions,
} from './budget-op.js'

let engine: Engine
beforeAll(async () => {
  engine = await startEngine({ backend: 'wasm' })
})
afterAll(() => {
  engine.dispose()
})

type Case = {
  readonly options: BudgetOpOptions
  readonly one: (v: readonly number[], z: number) => Budget
}
const exact = (options: ExactBudgetOptions): Case => ({
  options,
  one: (v, z) => projectBudget(v, z, options),
})
const smooth = (options: SmoothBudgetOptions): Case => ({
  options,
  one: (v, z) => softBudget(v, z, options),
})
const cases: readonly Case[] = [
  exact({}),
  exact({ weights: [1, 2, -0.5, 1], lo: -1, hi: 2 }),
  exact({ mode: 'le' }),
  smooth({ kind: 'sigmoid', eps: 0.3 }),
  smooth({ kind: 'laplace', eps: 0.3 }),
]
const s = stream(1)
const [B, H, L] = [3, 2, 4]
const scores = Array.from(s.normalInto(new Float64Array(B * H * L)), Math.fround)
const budgets = Array.from({ length: B * H }, () => Math.fround(0.5 + 2 * s.uniform()))
const weights = Array.from(s.normalInto(new Float64Array(B * H * L)), Math.fround)

describe.each(cases)('budgetOp $options', ({ options, one }) => {
  it('gives each row its labels, to float32', () => {
    const { tf } = engine
    const y = budgetOp(engine, options)(
      tf.tensor3d(scores, [B, H, L]),
      tf.tensor2d(budgets, [B, H]),
    )
    expect(y.shape).toEqual([B, H, L])
    const labels = budgets.flatMap((z, r) => [...one(scores.slice(r * L, (r + 1) * L), z).y])
    expect([...y.dataSync()]).toEqual(labels.map(Math.fround))
    y.dispose()
  })

  it('has the gradient of finite differences of the float64 function', () => {
    const { tf } = engine
    const op = budgetOp(engine, options)
    const [byScores, byBudget] = tf.grads((v, z) => op(v, z).mul(tf.tensor3d(weights, [B, H, L])))([
      tf.tensor3d(scores, [B, H, L]),
      tf.tensor2d(budgets, [B, H]),
    ])
    const h = 1e-6
    const loss = (v: readonly number[], z: readonly number[]): number =>
      z.reduce((sum, budget, r) => {
        const { y } = one(v.slice(r * L, (r + 1) * L), budget)
        return y.reduce((part, label, i) => part + label * weights[r * L + i], sum)
      }, 0)
    const moved = (x: readonly number[], at: number, by: number): number[] =>
      x.map((value, i) => (i === at ? value + by : value))
    byScores.dataSync().forEach((slope, i) => {
      const change = loss(moved(scores, i, h), budgets) - loss(moved(scores, i, -h), budgets)
      expect(slope).toBeCloseTo(change / (2 * h), 5)
    })
    byBudget.dataSync().forEach((slope, r) => {
      const change = loss(scores, moved(budgets, r, h)) - loss(scores, moved(budgets, r, -h))
      expect(slope).toBeCloseTo(change / (2 * h), 5)
    })
  })
})

it('trains a count through the constraint, and leaks no tensor in 1,000 steps', () => {
  const { tf } = engine
  const op = budgetOp(engine, { kind: 'sigmoid', eps: 0.5 })
  const truth = tf.tensor1d([1, 1, 0, 0, 1])
  const v = tf.variable(tf.zeros([5]))
  const z = tf.variable(tf.scalar(1))
  const optimizer = tf.train.sgd(0.2)
  const step = (): number =>
    tf.tidy(() => {
      const cost = optimizer.minimize(() => op(v, z).sub(truth).square().sum().asScalar(), true)
      return cost?.dataSync()[0] ?? NaN
    })
  const first = step()
  const tensors = tf.memory().numTensors
  let last = first
  for (let t = 0; t < 1000; t++) last = step()
  expect(tf.memory().numTensors).toBe(tensors)
  expect(last).toBeLessThan(first / 20)
  // it was 1, and three labels are true
  expect(z.dataSync()[0]).toBeGreaterThan(2.5)
})

it('refuses shapes that do not fit and budgets that cannot be kept', () => {
  const { tf } = engine
  const op = budgetOp(engine)
  expect(() => op(tf.zeros([2, 3]), tf.zeros([3]))).toThrow(
    new ShapeError('budgetOp: z must have shape [2], got [3]'),
  )
  expect(() => op(tf.scalar(1), 1)).toThrow('budgetOp: v must have an axis of labels, got a scalar')
  expect(() => op(tf.zeros([2, 3]), 4)).toThrow(/^projectBudget: z must be in \[0, 3\]/)
  expect(() => budgetOp(engine, { kind: 'gauss' as 'exact' })).toThrow(
    'budgetOp: kind must be one of exact, sigmoid, laplace, got gauss',
  )
  // a number is not rounded to float32, which would put it beyond what three labels can sum to
  const tight = budgetOp(engine, { hi: 0.1 })(tf.tensor1d([3, 2, 1]), 0.1 * 3)
  expect([...tight.dataSync()]).toEqual([0.1, 0.1, 0.1].map(Math.fround))
  expect(() => op(tf.tensor1d([NaN, 1]), 1)).toThrow(
    'projectBudget: expected v[0] to be finite, got NaN',
  )
})
