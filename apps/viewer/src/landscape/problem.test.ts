import { noOverlapLoss } from '@nonconvex/gaussian-theory'
import { overlapLoss } from '@nonconvex/gaussian-theory/overlap'
import { stream } from '@nonconvex/tensor'
import { expect, test } from 'vitest'
import { gridLosses } from './map-picture.js'
import { pointInfo, lossesAt, problemOf, teacherAt } from './problem.js'
import { EDGE } from './initial-points.js'

const overlapping = problemOf({ k: 5, stride: 1, angle: 135, eta: 1 })
const disjoint = problemOf({ k: 5, stride: 2, angle: 30, eta: 1 })

test('a teacher has length 1, and its zeros and equal weights are exact', () => {
  for (let angle = 0; angle <= 360; angle += 7) {
    const [x, y] = teacherAt(angle)
    expect(Math.hypot(x, y)).toBeCloseTo(1, 15)
    expect(x).toBeCloseTo(Math.cos((angle * Math.PI) / 180), 15)
    expect(y).toBeCloseTo(Math.sin((angle * Math.PI) / 180), 15)
  }
  for (const [angle, x, y] of [
    [0, 1, 0],
    [90, 0, 1],
    [180, -1, 0],
    [270, 0, -1],
    [360, 1, 0],
  ])
    expect([...teacherAt(angle)]).toEqual([x, y])
  const [x, y] = teacherAt(135)
  expect(x).toBe(-y)
})

test('the step size is a fraction of one over the curvature bound; without overlap that is 1/c', () => {
  const c = (4 + Math.PI) / (Math.PI * 5)
  expect(disjoint.eta).toBeCloseTo(1 / c, 14)
  expect(problemOf({ k: 5, stride: 2, angle: 30, eta: 0.5 }).eta).toBeCloseTo(0.5 / c, 14)
})

test('the grid has the losses of the closed forms, at every one of its points', () => {
  const n = 6
  const losses = gridLosses(overlapping, n)
  for (let row = 0; row < n; row++)
    for (let column = 0; column < n; column++) {
      const w = [column, row].map((i) => EDGE * ((2 * i) / (n - 1) - 1))
      expect(losses[row * n + column]).toBeCloseTo(
        overlapLoss(w, overlapping.teacher, { k: 5, stride: 1 }),
        14,
      )
    }
})

test('without overlap the losses of a batch are those of the theorem, at the origin too', () => {
  const draws = stream(1).normalInto(new Float64Array(20))
  const points = Float64Array.from([0, 0, ...draws])
  const before = Float64Array.from(points)
  lossesAt(disjoint, points).forEach((loss, i) => {
    const w = [points[2 * i], points[2 * i + 1]]
    expect(Math.abs(loss - noOverlapLoss(w, disjoint.teacher, 5))).toBeLessThan(1e-13)
  })
  expect(points).toEqual(before)
})

test.each([overlapping, disjoint])(
  'gradient and curvatures are those of the loss, stride $stride',
  (problem) => {
    const at = { x: 0.4, y: -0.9 }
    const h = 1e-4
    const loss = (dx: number, dy: number) => pointInfo(problem, { x: at.x + dx, y: at.y + dy }).loss
    const { slope } = pointInfo(problem, at)
    const [gx, gy] = slope?.gradient ?? []
    expect(gx).toBeCloseTo((loss(h, 0) - loss(-h, 0)) / (2 * h), 7)
    expect(gy).toBeCloseTo((loss(0, h) - loss(0, -h)) / (2 * h), 7)
    const trace = (loss(h, 0) + loss(-h, 0) + loss(0, h) + loss(0, -h) - 4 * loss(0, 0)) / h ** 2
    const [least, most] = slope?.eigenvalues ?? [NaN, NaN]
    expect(least + most).toBeCloseTo(trace, 5)
    expect(least).toBeLessThanOrEqual(most)
  },
)

test('at the origin there is a loss and no slope', () => {
  for (const problem of [overlapping, disjoint]) {
    const { loss, slope } = pointInfo(problem, { x: 0, y: 0 })
    expect(loss).toBeGreaterThan(0)
    expect(slope).toBeUndefined()
  }
})
