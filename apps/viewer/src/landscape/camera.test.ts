import { expect, test } from 'vitest'
import { moved, projection, towardsEye } from './camera.js'
import { problemOf } from './problem.js'
import { isHidden, stageFor } from './stage.js'
import { meshOf, patchesOf } from './mesh.js'

const rounded = (at: object) =>
  Object.fromEntries(
    Object.entries(at).map(([name, t]) => [name, Math.round(1e9 * Number(t)) / 1e9 + 0]),
  )

test('from above the plane is seen as a map, and heights do not show', () => {
  const project = projection({ turn: 0, height: 90 })
  expect(rounded(project(1, 2, 5))).toEqual({ x: 1, y: -2, far: -5 })
})

test('from its edge heights show in full, and what lies behind is far', () => {
  const project = projection({ turn: 0, height: 0 })
  expect(rounded(project(1, 2, 5))).toEqual({ x: 1, y: -5, far: 2 })
})

test('a quarter turn brings the first axis to the back', () => {
  const project = projection({ turn: 90, height: 90 })
  expect(rounded(project(1, 0, 0))).toEqual({ x: 0, y: -1, far: 0 })
})

test('towards the eye nothing moves in the picture but the depth', () => {
  const camera = { turn: 33, height: 48 }
  const project = projection(camera)
  const from = project(0.3, -0.2, 0.1)
  const [dx, dy, dz] = towardsEye(camera)
  const to = project(0.3 + dx, -0.2 + dy, 0.1 + dz)
  expect(rounded({ x: to.x - from.x, y: to.y - from.y, far: to.far - from.far })).toEqual({
    x: 0,
    y: 0,
    far: -1,
  })
})

test('the camera turns round and stays above the surface', () => {
  expect(moved({ turn: 350, height: 50 }, 20, 100)).toEqual({ turn: 10, height: 90 })
  expect(moved({ turn: 0, height: 50 }, -5, -100)).toEqual({ turn: 355, height: 10 })
})

test('the mesh covers the disc: its patches have the area of the polygon, the tip is a corner', () => {
  const mesh = meshOf(problemOf({ k: 5, stride: 1, angle: 135, eta: 1 }))
  const area = (corners: readonly number[]) =>
    corners.reduce((sum, i, at) => {
      const j = corners[(at + 1) % corners.length]
      const [x, y, u, v] = [i, j].flatMap((each) => [...mesh.points.slice(2 * each, 2 * each + 2)])
      return sum + (x * v - u * y) / 2
    }, 0)
  const total = patchesOf(mesh).reduce((sum, corners) => sum + area(corners), 0)
  const polygon = 0.5 * mesh.sides * 1.3 ** 2 * Math.sin((2 * Math.PI) / mesh.sides)
  expect(total).toBeCloseTo(polygon, 9)
  expect([...mesh.points.slice(0, 2)]).toEqual([0, 0])
  expect(mesh.highest).toBe(Math.max(...mesh.losses))
})

test('a valley behind the peak is hidden from a low eye and seen from above', () => {
  const problem = problemOf({ k: 5, stride: 2, angle: 0, eta: 1 })
  const { highest } = meshOf(problem)
  // the teacher at (1, 0) lies behind the origin for an eye on the side of −w*
  const seen = (height: number) =>
    !isHidden(problem, { x: 1, y: 0 }, 0, stageFor(highest, 600, 13, { turn: 90, height }))
  expect([seen(10), seen(80)]).toEqual([false, true])
})
