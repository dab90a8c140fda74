import { criticalPoints } from '@nonconvex/gaussian-theory'
import { findSaddles, localMinima } from '@nonconvex/gaussian-theory/atlas'
import { antiparallelRay, overlapLoss } from '@nonconvex/gaussian-theory/overlap'
import { stream } from '@nonconvex/tensor'
import { expect, test } from 'vitest'
import { pointInfo, problemOf } from './problem.js'
import { raysOf } from './rays.js'

const overlapping = (k: number, angle: number) => problemOf({ k, stride: 1, angle, eta: 1 })

test('on a ray the loss is a parabola', () => {
  const { teacher } = overlapping(5, 100)
  const [a, b, c, d] = [0, 1, 2, 3].map((t) =>
    overlapLoss([0.6 * t, -0.8 * t], teacher, { k: 5, stride: 1 }),
  )
  expect(d - 3 * c + 3 * b - a).toBeCloseTo(0, 14)
})

test('minima and saddles are those that the library finds from many starts', () => {
  for (const [k, angle] of [
    [3, 135],
    [5, 100],
    [5, 45],
  ]) {
    const problem = overlapping(k, angle)
    const network = { k, stride: 1, stream: stream(2) }
    const { minima } = localMinima(problem.teacher, { ...network, starts: 60 })
    const minimizers = minima.map(({ w }) => w)
    const saddles = findSaddles(problem.teacher, minimizers, { ...network, searches: 400 })
    const { points } = raysOf(problem)
    for (const [kind, expected] of [
      ['minimum', minimizers],
      ['saddle', saddles.map(({ w }) => w)],
    ] as const) {
      const found = points.filter((point) => point.kind === kind)
      expect([k, angle, kind, found.length]).toEqual([k, angle, kind, expected.length])
      for (const w of expected)
        expect(found.some(({ x, y }) => Math.hypot(x - w[0], y - w[1]) < 1e-6)).toBe(true)
    }
  }
})

test('each point is critical up to rounding, with the curvature of its kind', () => {
  for (const k of [2, 10, 50])
    for (let angle = 0; angle < 360; angle += 15) {
      const problem = overlapping(k, angle)
      const { points, falling, count } = raysOf(problem)
      expect(falling).toBe(count)
      for (const { kind, ...at } of points) {
        const { gradient, eigenvalues } = pointInfo(problem, at).slope ?? {
          gradient: [NaN],
          eigenvalues: [NaN],
        }
        expect(Math.hypot(...gradient)).toBeLessThan(1e-14)
        expect([k, angle, kind, eigenvalues[0] > 0]).toEqual([k, angle, kind, kind === 'minimum'])
      }
    }
})

test('opposite to (1, 1) and (−1, 1) lies the point of the closed form', () => {
  for (const angle of [45, 135]) {
    const problem = overlapping(10, angle)
    const { t0 } = antiparallelRay(problem.teacher, { k: 10, stride: 1 })
    const [x, y] = problem.teacher.map((t) => -t0 * t)
    const { points } = raysOf(problem)
    expect(points.some((at) => Math.hypot(at.x - x, at.y - y) < 1e-12)).toBe(true)
  }
})

test('without overlap they are the teacher and the saddle of the theorem, degenerate as it is', () => {
  const problem = problemOf({ k: 5, stride: 2, angle: 20, eta: 1 })
  const [, minimum, saddle] = criticalPoints(problem.teacher, 5)
  const { points } = raysOf(problem)
  expect(points.map(({ kind }) => kind).sort()).toEqual(['minimum', 'saddle'])
  for (const { kind, w } of [minimum, saddle]) {
    const found = points.find((point) => point.kind === kind)
    expect(Math.hypot((found?.x ?? NaN) - w[0], (found?.y ?? NaN) - w[1])).toBeLessThan(1e-6)
  }
})
