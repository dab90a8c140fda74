import { ShapeError, stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { denseNet } from './dense-net.js'

const sizes = { inputs: 5, hidden: [7, 6], questions: 3, classes: 5 }
const examples = stream(1).normalInto(new Float64Array(5 * 9))
const labels = new Int32Array(27).map((_, i) => (7 * i) % 5)

const losses = (arithmetic: 'kernel' | 'plain' | 'float64', rate = 0.02): number[] => {
  const net = denseNet({ ...sizes, arithmetic }, stream(2))
  return Array.from({ length: 60 }, () => net.train(examples, labels, { rate }))
}

it('learns, with the same bits in the kernel and its twin, close to float64', () => {
  const [kernel, twin, exact] = (['kernel', 'plain', 'float64'] as const).map((how) => losses(how))
  expect(twin).toEqual(kernel)
  expect(kernel[59]).toBeLessThan(0.5 * kernel[0])
  expect(Math.abs(kernel[0] - exact[0])).toBeLessThan(1e-6)
})

/**
 * The network by hand, from its start values: the loss, for weights [in, out] of three layers;
 * biases are zero.
 */
const small = { inputs: 3, hidden: [4, 3], questions: 2, classes: 3 }
const fans = [3, 4, 3, 6]
const inputs = stream(4).normalInto(new Float64Array(3 * 5))
const answers = new Int32Array(10).map((_, i) => (2 * i) % 3)

function lossByHand(weights: readonly Float64Array[], biases: readonly Float64Array[]): number {
  let loss = 0
  for (let r = 0; r < 5; r++) {
    let x = inputs.slice(3 * r, 3 * r + 3)
    weights.forEach((w, l) => {
      x = new Float64Array(fans[l + 1]).map((_, j) => {
        const sum = x.reduce(
          (total, value, i) => total + value * w[i * fans[l + 1] + j],
          biases[l][j],
        )
        return l < 2 ? Math.max(0, sum) : sum
      })
    })
    for (let q = 0; q < 2; q++) {
      const row = x.subarray(3 * q, 3 * q + 3)
      const total = row.reduce((sum, score) => sum + Math.exp(score), 0)
      loss -= Math.log(Math.exp(row[answers[2 * r + q]]) / total) / 10
    }
  }
  return loss
}

it('moves each weight against its gradient: the first step of Adam, by central differences', () => {
  const net = denseNet({ ...small, arithmetic: 'float64' }, stream(2))
  const weights = [0, 1, 2].map((l) => {
    const half = 1 / Math.sqrt(fans[l])
    const u = stream(2)
      .child('layer', l)
      .uniformInto(new Float64Array(fans[l] * fans[l + 1]))
    return u.map((x) => (2 * x - 1) * half)
  })
  const biases = [1, 2, 3].map((l) => new Float64Array(fans[l]))
  const before = lossByHand(weights, biases)
  const rate = 0.01
  const moved = [...weights, ...biases].map((w) =>
    w.map((old, at) => {
      const [up, down] = [1e-6, -1e-6].map((h) => {
        w[at] = old + h
        return lossByHand(weights, biases)
      })
      w[at] = old
      const g = (up - down) / 2e-6
      return Math.abs(g) < 1e-9 ? old : old - rate * Math.sign(g)
    }),
  )
  expect(net.train(inputs, answers, { rate })).toBeCloseTo(before, 12)
  const after = lossByHand(moved.slice(0, 3), moved.slice(3))
  expect(after).toBeLessThan(before - 0.01)
  // a gradient of 1e-6 is moved by 1 % less, by Adam's ε of 1e-8
  expect(Math.abs(net.train(inputs, answers) - after)).toBeLessThan(1e-6)
})

it('counts its parameters, and refuses other sizes', () => {
  expect(denseNet({ inputs: 95, hidden: [512, 512], questions: 10, classes: 10 }).parameters).toBe(
    363_108,
  )
  const net = denseNet(sizes)
  expect(() => net.forward([1, 2])).toThrow(ShapeError)
  expect(() => net.train(examples, labels.slice(1))).toThrow(/labels must have length 27, got 26/)
  expect(() =>
    net.train(
      examples,
      labels.map(() => 5),
    ),
  ).toThrow(/labels must be from 0 to 4, got 5/)
  expect(() => denseNet({ ...sizes, hidden: [0] })).toThrow(/hidden must be integers ≥ 1, got 0/)
})

it('refuses examples that are not finite in float32', () => {
  const net = denseNet({ inputs: 1, hidden: [2], questions: 1, classes: 2 }, stream(1))
  expect(() => net.forward([1, 1e39])).toThrow(
    /examples\[1, 0\] must be finite in float32, got 1e\+39/,
  )
  expect(() => net.forward([NaN])).toThrow(/examples\[0, 0\] must be finite in float32, got NaN/)
})
