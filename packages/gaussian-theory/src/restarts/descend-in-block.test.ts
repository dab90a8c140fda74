import { afterEach, expect, it, vi } from 'vitest'
import { stream } from '@nonconvex/tensor'
import { OverlapEvaluator, overlapSmoothness, type OverlapOptions } from '../overlap/index.js'
import { descendBatch } from './index.js'
import { OverlapBlock } from '../overlap/overlap-block.js'
import { descendInBlock } from './descend-in-block.js'
import { descendOne, rowOf, type DescentPlan } from './descend-one.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const draws = stream(41).child('descend-in-block')

function problem(m: number, n: number) {
  const teacher = draws.unitVector(m)
  const data = new Float64Array(n * m)
  for (let i = 0; i < n; i++) data.set(draws.unitVector(m), i * m)
  return { teacher, starts: { rows: n, cols: m, data } }
}

const planOf = (m: number, options: OverlapOptions, change: object = {}): DescentPlan => ({
  eta: 1 / overlapSmoothness({ m, ...options }),
  maxSteps: 3000,
  every: 20,
  tolGradient: 1e-9,
  tolLoss: 1e-14,
  ...change,
})

it.each([
  { m: 8, k: 8, stride: 1, every: 20 },
  { m: 2, k: 5, stride: 1, every: 7 },
  { m: 3, k: 4, stride: 3, every: 1 },
  { m: 1, k: 3, stride: 1, every: 5 },
])('ends every run as it ends alone, on kernel and twin, bit for bit: %j', (shape) => {
  const { m, every } = shape
  const { teacher, starts } = problem(m, 31)
  const at = new OverlapEvaluator(teacher, shape)
  const plan = planOf(m, shape, { every })
  const whole = descendInBlock(starts, at, plan)
  expect(new Set(whole.map(({ end }) => end.steps)).size).toBeGreaterThan(1)
  expect(descendInBlock(starts, at, plan, 'plain')).toEqual(whole)
  for (const [i, { end }] of whole.entries()) {
    const alone = descendInBlock({ rows: 1, cols: m, data: rowOf(starts, i) }, at, plan)
    expect(alone).toEqual([whole[i]])
    expect(descendOne(rowOf(starts, i), at, plan).end).toEqual(end)
  }
})

it('gives chunks the ends of the whole, and adds up their checks', () => {
  const { teacher, starts } = problem(5, 23)
  const options = { k: 4, stride: 2, maxSteps: 500 }
  const whole = descendBatch(starts, teacher, options)
  expect(whole.checks).toBe(whole.ends.reduce((sum, { steps }) => sum + steps, 0))
  for (const size of [1, 2, 3, 4, 6]) {
    const ends = []
    for (let from = 0; from < 23; from += size) {
      const data = starts.data.slice(5 * from, 5 * (from + size))
      ends.push(...descendBatch({ rows: data.length / 5, cols: 5, data }, teacher, options).ends)
    }
    expect(ends).toEqual(whole.ends)
  }
})

it('has nothing to do for no initializations, and ends at once with no steps', () => {
  const none = { rows: 0, cols: 2, data: new Float64Array(0) }
  expect(descendBatch(none, [1, 2], { k: 2, stride: 1 })).toMatchObject({ ends: [], checks: 0 })
  const { teacher, starts } = problem(3, 6)
  const { ends } = descendBatch(starts, teacher, { k: 3, stride: 1, maxSteps: 0 })
  expect(ends.map(({ kind, steps }) => [kind, steps])).toEqual(
    Array.from({ length: 6 }, () => ['unfinished', 0]),
  )
  expect(ends[5].w).toEqual(rowOf(starts, 5))
})

it('takes runs that leave the range of the kernel to the plain evaluator, and disturbs no other', () => {
  const options = { k: 1, stride: 1 }
  // the first run hits the origin, the second and the last initialization beyond the range
  const data = Float64Array.of(-1, 1e-170, 0.5, 2, -0.25, 1e151)
  const starts = { rows: 6, cols: 1, data }
  const { ends, breaches } = descendBatch(starts, [1], { ...options, maxSteps: 200 })
  expect(ends[0].kind).toBe('origin')
  const at = new OverlapEvaluator([1], options)
  const plan = planOf(1, options, { maxSteps: 200 })
  const runs = Array.from(data, (x) => descendOne(Float64Array.of(x), at, plan))
  expect(ends).toEqual(runs.map(({ end }) => end))
  expect(breaches).toBe(runs.reduce((sum, run) => sum + run.breaches, 0))
  for (const scale of [1e-130, 1e130]) {
    const far = Float64Array.of(scale, 0.1 * scale)
    const run = descendBatch({ rows: 1, cols: 2, data: far }, [-scale, scale], {
      k: 3,
      stride: 1,
      maxSteps: 40,
    })
    expect(OverlapBlock.fits(new OverlapEvaluator([-scale, scale], options))).toBe(false)
    expect(run.ends[0].steps).toBe(40)
  }
})

it('has the same ends where WebAssembly is refused', () => {
  const { teacher, starts } = problem(20_000, 2)
  const run = () => descendBatch(starts, teacher, { k: 2, stride: 19_990, maxSteps: 3 })
  const before = run()
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function () {
    throw new RangeError('WebAssembly.Memory(): could not allocate memory')
  })
  expect(run()).toEqual(before)
})
