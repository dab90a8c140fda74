import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { readSparseLines } from './sparse-lines.js'
import { decodeKnownCounts, decodeRows, decoders, labelScores } from './decoders.js'
import { labelProbabilities, multilabelNetwork, multilabelTraining } from './network.js'

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
