import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { readSparseLines } from './sparse-lines.js'
import { countLikelihood } from './count-likelihood.js'
import {
  decodeKnownCounts,
  decodeRows,
  decoders,
  labelScores,
  predictedLabels,
} from './decoders.js'
import {
  labelMarginals,
  labelProbabilities,
  multilabelNetwork,
  multilabelTraining,
} from './network.js'

/** Label l where feature l is 1; a numeric feature in column 4 of which the last label depends. */
const lines = Array.from({ length: 120 }, (_, i) => {
  const on = [0, 1, 2].filter((l) => (i >> l) % 2 === 1)
  const x = (i % 7) - 3
  const labels = [...on, ...(x > 0 ? [3] : [])]
  return `${labels.join(',')} ${on.map((l) => `${l}:1 `).join('')}4:${100 + 50 * x}\n`
})
const read = () => readSparseLines(lines, { labels: ['0', '1', '2', '3'], base: 0 })
const options = { hidden: 16, epochs: 60, rate: 0.02, dropout: 0.1 }

describe('multilabelNetwork', () => {
  it.each([0, 16])(
    'learns separable labels with %d hidden units, the same for one seed',
    async (hidden) => {
      const data = await read()
      const fit = () => {
        const network = multilabelNetwork(data, { ...options, hidden, stream: stream(4) })
        if (!network) throw new Error('it was ended')
        return labelProbabilities(network, data)
      }
      const p = fit()
      expect(fit()).toEqual(p)
      const scores = decoders.map((decoder) => labelScores(decodeRows(p, 4, decoder), data))
      for (const { micro } of scores) expect(micro).toBeGreaterThan(0.9)
      expect(labelScores(decodeKnownCounts(p, data), data).counts).toBe(1)
    },
  )

  it('reports the loss of each epoch, and ends where it is asked to', async () => {
    const losses: number[] = []
    const watch = (epoch: number, loss: number) => {
      losses.push(loss)
      return epoch < 3
    }
    expect(
      multilabelNetwork(await read(), { ...options, watch, stream: stream(1) }),
    ).toBeUndefined()
    expect(losses.length).toBe(3)
    expect(losses[2]).toBeLessThan(losses[0])
  })

  it.each([0, 16])('resumes with the same numbers, with %d hidden units', async (hidden) => {
    const data = await read()
    const train = { ...options, hidden, dropout: 0.5, stream: stream(3) }
    const whole = multilabelTraining(data, train)
    whole.epoch()
    const state = whole.state()
    const losses = [whole.epoch(), whole.epoch()]
    const resume = JSON.parse(
      JSON.stringify(state, (_, x: unknown) => (x instanceof Float32Array ? [...x] : x)),
    ) as typeof state
    const again = multilabelTraining(data, { ...train, resume })
    expect([again.epoch(), again.epoch()]).toEqual(losses)
    expect(again.network).toEqual(whole.network)
    expect(() => multilabelTraining(data, { ...train, hidden: 8, resume })).toThrow(
      /must have length/,
    )
  })

  it('learns the count, too: one label of three that features do not tell apart', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${i % 3} ${i % 2}:1\n`)
    const data = await readSparseLines(rows, { base: 0, features: 2, labels: ['0', '1', '2'] })
    const train = { ...options, hidden: 8, epochs: 40, dropout: 0 }
    const trained = (counted: boolean) => {
      let last = 0
      const network = multilabelNetwork(data, {
        ...train,
        counted,
        stream: stream(5),
        watch: (_, loss) => {
          last = loss
          return true
        },
      })
      if (!network) throw new Error('it was ended')
      return { network, last }
    }
    const [alone, counted] = [trained(false), trained(true)]
    // the entropy of three independent labels of probability 1/3, and of one of three
    expect(alone.last).toBeCloseTo(-3 * (Math.log(1 / 3) / 3 + (2 * Math.log(2 / 3)) / 3), 1)
    expect(counted.last).toBeCloseTo(Math.log(3), 1)
    expect([alone.network.counts, counted.network.counts]).toEqual([0, 2])
    const p = labelProbabilities(counted.network, data)
    const sum = p.subarray(0, 3).reduce((total, one) => total + one, 0)
    expect(sum).toBeCloseTo(1, 1)
    const mode = labelScores(predictedLabels(labelMarginals(counted.network, data), 'mode'), data)
    expect(mode.counts).toBe(1)
    // two of three labels: F1 2/3 with probability 2/3; one: 1 with probability 1/3
    const both = predictedLabels(labelMarginals(counted.network, data), 'expected-f1')
    expect(both.reduce((count, y) => count + y, 0)).toBeGreaterThan(data.rows)
    for (const decoder of decoders)
      expect(predictedLabels(labelMarginals(alone.network, data), decoder)).toEqual(
        decodeRows(labelProbabilities(alone.network, data), 3, decoder),
      )
  })

  it('has the gradient of the likelihood of labels and their count', async () => {
    const data = await readSparseLines(['0,2 0:1\n 0:1\n1 0:1\n'], { base: 0 })
    const counts = 3
    const z = stream(6)
      .normalInto(new Float64Array(3 * (3 + counts)))
      .map((x) => Math.fround(x))
    const loss = (outputs: Float64Array) =>
      countLikelihood(Float32Array.from(outputs), data, [0, 1, 2], counts)
    const gradient = Float32Array.from(z)
    countLikelihood(gradient, data, [0, 1, 2], counts)
    z.forEach((x, at) => {
      // a step that float32 has
      const h = 2 ** -8
      const moved = (by: number) => loss(z.with(at, Math.fround(x + by)))
      expect(gradient[at]).toBeCloseTo((moved(h) - moved(-h)) / (2 * h), 4)
    })
    expect(countLikelihood(Float32Array.from(z.with(0, NaN)), data, [0], counts)).toBeNaN()
  })

  it('refuses options out of range and other features', async () => {
    const data = await read()
    for (const odd of [{ hidden: -1 }, { dropout: 1 }, { epochs: 0 }, { rate: 0 }])
      expect(() => multilabelNetwork(data, { ...options, ...odd, stream: stream(1) })).toThrow(
        RangeError,
      )
    const network = multilabelNetwork(data, { ...options, epochs: 1, stream: stream(1) })
    const other = await readSparseLines(['1 1:1\n'])
    expect(() => network && labelProbabilities(network, other)).toThrow('5 features')
  })
})

it('labelScores gives 0 for 0/0, and refuses other shapes', async () => {
  const data = await readSparseLines(['1 1:1\n1:1\n'])
  const { f1, macro, hamming, subset, counts } = labelScores(Uint8Array.of(1, 0), data)
  expect([...f1, macro, hamming, subset, counts]).toEqual([1, 0, 1, 0, 1, 1])
  expect(() => labelScores(Uint8Array.of(1), data)).toThrow('predicted to have length 2')
})
