import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { dykstra } from './dykstra.js'
import { projectBudget } from './project-budget.js'
import { publishedBudget } from './published-budget.js'

const total = (y: Float64Array): number => y.reduce((sum, label) => sum + label, 0)
const logistic = (x: number): number => 1 / (1 + Math.exp(-x))
const atMostOne = (x: Float64Array): Float64Array => x.map((value) => Math.min(1, value))

it('run to the end between the cap and the simplex it is the capped simplex', () => {
  const s = stream(1)
  for (let t = 0; t < 200; t++) {
    const L = 1 + s.integer(9)
    const v = s.normalInto(new Float64Array(L)).map((x) => x * Math.exp(1.5 * s.normal()))
    const z = s.uniform() * L
    const simplex = (x: Float64Array): Float64Array => projectBudget(x, z, { hi: Infinity }).y
    const { y, converged } = dykstra(v, [atMostOne, simplex], { tol: 1e-13, rounds: 200_000 })
    const exact = projectBudget(v, z).y
    expect(converged).toBe(true)
    y.forEach((label, i) => {
      expect(Math.abs(label - exact[i])).toBeLessThan(1e-9)
    })
  }
})

it('is not bare alternating projection: it finds the nearest point and not only a common one', () => {
  // the half-plane x ≤ 0 and the line y = x, from (2, 0): nearest is (0, 0)
  const line = ([a, b]: Float64Array): Float64Array => Float64Array.of((a + b) / 2, (a + b) / 2)
  const half = ([a, b]: Float64Array): Float64Array => Float64Array.of(Math.min(0, a), b)
  const [x, y] = dykstra([2, 0], [half, line], { tol: 1e-14, rounds: 100_000 }).y
  expect(Math.abs(x)).toBeLessThan(1e-6)
  expect(Math.abs(y)).toBeLessThan(1e-6)
})

it('says when it has not come to rest', () => {
  const simplex = (x: Float64Array): Float64Array => projectBudget(x, 1.5, { hi: Infinity }).y
  const end = dykstra([5, 4, 3], [atMostOne, simplex], { rounds: 1 })
  expect(end).toMatchObject({ rounds: 1, converged: false })
})

// theory: means of 20,000 draws of one soft projection, and the standard deviation of one draw
it.each([
  ['σ(N)', 5, 2.889, 0.05, logistic],
  ['σ(N)', 50, 2.789, 0.1, logistic],
  ['σ(N)', 159, 2.742, 0.09, logistic],
  ['σ(4N − 6)', 20, 2.598, 0.18, (x: number) => logistic(4 * x - 6)],
  ['σ(4N − 6)', 50, 3.288, 0.51, (x: number) => logistic(4 * x - 6)],
  ['σ(4N − 6)', 159, 7.28, 0.92, (x: number) => logistic(4 * x - 6)],
  ['σ(4N − 6)', 1000, 4.61, 3.1, (x: number) => logistic(4 * x - 6)],
])(
  'the published projection of %s, %i labels, to a budget of 2.4 sums to %s',
  (_, L, mean, spread, of) => {
    const s = stream(L)
    const draws = 400
    let sum = 0
    for (let t = 0; t < draws; t++)
      sum += total(publishedBudget(s.normalInto(new Float64Array(L)).map(of), 2.4)) / draws
    // a mean of 400 draws and one of 20,000, the last digit rounded
    const error = spread * Math.sqrt(1 / draws + 1 / 20_000) + 0.005
    expect(Math.abs(sum - mean)).toBeLessThan(4 * error)
  },
)
