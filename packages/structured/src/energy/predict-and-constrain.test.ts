import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { readArff, type MultilabelData } from '../multilabel/index.js'
import { predictAndConstrain, type EpochFacts } from './index.js'

/** Two features; label a follows the first, and label b has it too if the second is positive. */
async function examples(n: number, seed: number): Promise<MultilabelData> {
  const s = stream(seed)
  const rows = Array.from({ length: n }, () => {
    const [x, y] = [s.normal(), s.normal()]
    return `${x},${y},${Number(x > 0)},${Number(x <= 0)},${Number(y > 0)}\n`
  })
  const attributes = ['x numeric', 'y numeric', 'a {0,1}', 'b {0,1}', 'c {0,1}']
  const header = attributes.map((text) => `@attribute ${text}\n`)
  return readArff([...header, '@data\n', ...rows], { labels: ['a', 'b', 'c'] })
}

const small = { hidden: 12, interactions: 4, epochs: 30, eta: 0.1 }

describe('predictAndConstrain', () => {
  it('learns labels and their number; the outputs sum to the budget', async () => {
    const [train, test] = [await examples(400, 1), await examples(300, 2)]
    const model = predictAndConstrain(train, { ...small, stream: stream(3) })
    if (!model) throw new Error('it was not ended')
    const { y, z } = model.predict(test)
    let right = 0
    for (let r = 0; r < test.rows; r++) {
      const own = y.subarray(3 * r, 3 * r + 3)
      expect(own.reduce((sum, label) => sum + label, 0)).toBeCloseTo(z[r], 12)
      const truth = test.y.index.subarray(test.y.start[r], test.y.start[r + 1])
      right += Number(own.every((label, i) => label > 0.5 === truth.includes(i)))
    }
    // one of six by chance
    expect(right / test.rows).toBeGreaterThan(0.9)
    expect(model.epochs).toHaveLength(30)
    expect(model.epochs[29].loss).toBeLessThan(model.epochs[0].loss)
    expect(model.epochs.every(({ collapsed }) => !collapsed)).toBe(true)
    expect(Math.max(...model.epochs.map(({ gap }) => gap))).toBeLessThan(1e-12)
  })

  it('shows that the outputs of the published projection ignore the budget', async () => {
    const options = { ...small, projection: 'published', stream: stream(3) } as const
    const model = predictAndConstrain(await examples(400, 1), options)
    const { budget, sum, gap, collapsed } = model?.epochs.at(-1) ?? ({} as EpochFacts)
    expect(collapsed).toBe(true)
    expect(gap).toBeGreaterThan(0.1 * budget)
    expect(sum).toBeGreaterThan(budget)
  })

  it('gives the same bits again, and ends where it is asked to', async () => {
    const data = await examples(60, 1)
    const once = () => predictAndConstrain(data, { ...small, epochs: 3, stream: stream(3) })
    expect(once()?.predict(data)).toEqual(once()?.predict(data))
    const ended = predictAndConstrain(data, {
      ...small,
      stream: stream(3),
      watch: ({ epoch }) => epoch < 2,
    })
    expect(ended).toBeUndefined()
  })

  it('counts up to the number of labels of an example, or as it is told', async () => {
    const data = await examples(60, 1)
    const few = predictAndConstrain(data, { ...small, maxBudget: 1, stream: stream(3) })
    expect(few?.predict(data).z.every((z) => z === 1)).toBe(true)
  })

  it.each([
    [{ maxBudget: 4 }, 'expected maxBudget to be an integer in [1, 3], got 4'],
    [{ maxBudget: 0.5 }, 'expected maxBudget to be an integer'],
    [{ hidden: 0 }, 'expected hidden to be'],
    [{ epochs: 0 }, 'expected epochs to be'],
    [{ rate: NaN }, 'expected rate to be'],
    [{ countWeight: -1 }, 'expected countWeight to be ≥ 0, got -1'],
  ])('refuses %j', async (options, message) => {
    const data = await examples(20, 1)
    expect(() => predictAndConstrain(data, { ...options, stream: stream(1) })).toThrow(message)
  })

  it('refuses examples with other features', async () => {
    const data = await examples(20, 1)
    const model = predictAndConstrain(data, { ...small, epochs: 1, stream: stream(1) })
    expect(() => model?.predict({ ...data, features: ['x'] })).toThrow('to have 2 features, got 1')
  })
})
