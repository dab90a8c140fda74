import { expect, test } from 'vitest'
import { parseAddress } from '../state/address.js'
import { descend, randomInitialPoints } from './descent.js'
import { criticalPointsOf } from './critical-points.js'
import { pointInfo, problemOf } from './problem.js'
import { relatedTo } from './related.js'
import { describeRandomRuns, describePoint, describeRun } from './describe.js'

const overlapping = problemOf({ k: 5, stride: 1, angle: 135, eta: 1 })
const disjoint = problemOf({ k: 5, stride: 2, angle: 135, eta: 1 })

test('a run says where it ended, at what, and by what measure', () => {
  const { points } = criticalPointsOf(overlapping)
  const trapped = describeRun(descend(overlapping, { x: 0.9, y: 0.3 }), points)
  expect(trapped).toMatch(
    /\(0\.9, 0\.3\).* \d+ steps .*\(0\.6341, −0\.6341\).* 0\.03794.* local minimum\D* \d(\.\d)?e−9\D* \d(\.\d)?e−10\.$/,
  )
  const arrived = describeRun(descend(overlapping, { x: -1, y: 0.3 }), points)
  expect(arrived).toMatch(/\(−0\.7071, 0\.7071\).* global minimum/)
  expect(describeRun(descend(overlapping, { x: 0.9, y: 0.3 }), [])).toContain('0.001')
})

test('a run that reached nothing says that', () => {
  const slow = problemOf({ k: 50, stride: 2, angle: 0, eta: 0.1 })
  expect(
    describeRun(descend(slow, { x: -0.9, y: 0.001 }), criticalPointsOf(slow).points),
  ).toContain('20,000 steps')
  const one = problemOf({ k: 1, stride: 2, angle: 0, eta: 1 })
  expect(describeRun(descend(one, { x: -1, y: 0 }), [])).toContain('to the origin')
})

test('a run that stopped near the saddle is not reported as converged to it', () => {
  const { points } = criticalPointsOf(disjoint)
  expect(describeRun(descend(disjoint, { x: 0.5, y: -0.5 }), points)).toMatch(
    /stopped .*\d.* saddle, .*\d/,
  )
})

test('random starts are counted by where they ended', () => {
  const runs = (problem: typeof disjoint) =>
    randomInitialPoints(1, 20).map((start) => descend(problem, start))
  expect(describeRandomRuns(runs(disjoint), criticalPointsOf(disjoint).points)).toMatch(
    /^20 of 20 .*global minimum\. .*\b84 to 100 % \(95 % /,
  )
  const text = describeRandomRuns(runs(overlapping), criticalPointsOf(overlapping).points)
  const [, reached, trapped] =
    /^(\d+) of 20 .*, (\d+) .* local minimum \(0\.6341, −0\.6341\)\./.exec(text) ?? []
  expect(Number(reached) + Number(trapped)).toBe(20)
  expect(Number(trapped)).toBeGreaterThan(0)
})

test('a point is described in one line', () => {
  const at = { x: 0, y: 0 }
  expect(describePoint(at, pointInfo(disjoint, at))).toMatch(
    /^w \(0, 0\), loss 0\.2273, not differentiable$/,
  )
  const beside = { x: 1, y: 0 }
  expect(describePoint(beside, pointInfo(disjoint, beside))).toMatch(
    /^w \(1, 0\), loss .*, gradient \(.*\), Hessian eigenvalues .* and .*$/,
  )
})

test('the experiments beside the page open with its values', () => {
  for (const angle of [135, 45, 100, 315])
    for (const stride of [1, 2])
      for (const k of [1, 2, 50])
        for (const { href } of relatedTo(problemOf({ k, stride, angle, eta: 1 }), 7)) {
          const place = parseAddress(href)
          expect([href, place.kind]).toEqual([href, 'subject'])
          expect(place).toMatchObject({ seed: 7 })
        }
  const [minimum] = relatedTo(overlapping, 1)
  expect(parseAddress(minimum.href)).toMatchObject({ params: { teacher: '(-1,1)', k: [5] } })
  const [turned] = relatedTo(problemOf({ k: 5, stride: 1, angle: 315, eta: 1 }), 1)
  expect(parseAddress(turned.href)).toMatchObject({
    params: { teacher: 'custom', custom: [1, -1], k: [5] },
  })
  const [atlas] = relatedTo(problemOf({ k: 50, stride: 1, angle: 45, eta: 1 }), 1)
  expect(parseAddress(atlas.href)).toMatchObject({ params: { m: [2], stride: [1], k: [16] } })
})
