import { fitSeparable } from '@nonconvex/overparam/fit'
import { loadCsv } from '@nonconvex/overparam/tabular'
import { forward } from '@nonconvex/overparam'
import { stream } from '@nonconvex/tensor'
import { expect, test } from 'vitest'
import { Player, pace } from './player.js'
import { pointsOf } from './point-sets.js'
import { csvOfPoints } from './points.js'
import { BIAS, examplesOf, problemOf, type Activation } from './problem.js'
import { gridFor, lineOf, outputsOnGrid, regionsOf } from './regions.js'
import { Training } from './training.js'
import { verdictsOf } from './verdict.js'
import { Widths } from './widths.js'

const values = { k: 20, alpha: 0.1, eta: 10 }
const never = () => false

function problem(name: string, activation: Activation, set: Partial<typeof values> = {}, seed = 1) {
  const examples = examplesOf(pointsOf(name, seed))
  if (!examples) throw new Error('both classes have points')
  return problemOf(examples, { ...values, ...set }, seed, activation)
}

function ended(...given: Parameters<typeof problem>) {
  const training = new Training(problem(...given))
  training.advance(Infinity, never)
  return training.snapshot()
}

test.for(['gaussians', 'small-margin', 'wrong-label'])(
  'on %s the network is that of the command line',
  async (name) => {
    const page = ended(name, 'leaky ReLU', {}, 7)
    const table = loadCsv(csvOfPoints(pointsOf(name, 7)))
    const fit = await fitSeparable(table, {
      k: values.k,
      bias: BIAS,
      stream: stream(7).child('fit'),
    })
    const run = fit.runs[1]
    expect([page.status, page.updates, page.steps, page.updated.size, page.loss]).toEqual([
      run?.status,
      run?.updates,
      run?.steps,
      run?.distinct,
      run?.loss,
    ])
    expect(page.net.weights).toEqual(fit.model.net.weights)
    expect(page.problem.bound?.bounds).toEqual(run?.bounds)
  },
)

test('on separable points the theorem holds, with a wrong label its hypothesis fails', () => {
  expect(verdictsOf(ended('gaussians', 'leaky ReLU')).map(({ status }) => status)).toEqual([
    'holds',
    'holds',
  ])
  const wrong = ended('wrong-label', 'leaky ReLU')
  expect(wrong.problem.bound).toBeUndefined()
  expect(verdictsOf(wrong).map(({ status }) => status)).toEqual(['inapplicable', 'inapplicable'])
})

test('a narrow ReLU network is stuck with dead units, for some seed; leaky ReLU never is', () => {
  const seeds = Array.from({ length: 12 }, (_, i) => i + 1)
  const relu = seeds.map((seed) => ended('gaussians', 'ReLU', { k: 1 }, seed))
  const stuck = relu.filter(({ status }) => status === 'stuck')
  expect(stuck.length).toBeGreaterThan(0)
  for (const { dead, loss } of stuck) {
    expect(dead?.examples.length).toBeGreaterThan(0)
    expect(loss).toBeGreaterThan(0)
  }
  for (const seed of seeds)
    expect(ended('gaussians', 'leaky ReLU', { k: 1 }, seed).status).toBe('converged')
})

test('the player shows one update at a time, and its end is that of one run', () => {
  const problems = [problem('gaussians', 'leaky ReLU'), problem('gaussians', 'ReLU')]
  const player = new Player(problems)
  const counts = () => player.snapshots.value.map(({ updates }) => updates)
  expect(counts()).toEqual([0, 0])
  player.step()
  expect(counts()).toEqual([1, 1])
  player.step()
  expect(counts()).toEqual([2, 2])
  player.play()
  for (let i = 0; i < 10_000 && player.tick(0.1, never); i++);
  expect([player.ended, player.mode.value]).toEqual([true, 'paused'])
  const end = problems.map((each) => {
    const training = new Training(each)
    training.advance(Infinity, never)
    return training.updates
  })
  expect(counts()).toEqual(end)
  // from the end a step leads to the initialization
  player.step()
  expect(counts()).toEqual([0, 0])
  player.finish()
  player.tick(0, never)
  expect(counts()).toEqual(end)
  expect(pace(1)).toBe(4)
})

test('a tick stops when its time is over, and pause stops playing', () => {
  const player = new Player([problem('small-margin', 'leaky ReLU', { k: 200 })])
  player.finish()
  expect(player.tick(0, () => true)).toBe(true)
  expect(player.ended).toBe(false)
  player.pause()
  expect(player.tick(1, never)).toBe(false)
  expect(player.ended).toBe(false)
})

test('the bound does not depend on the width, and the updates stay below it', () => {
  const { examples } = problem('gaussians', 'leaky ReLU')
  const widths = new Widths(examples, { alpha: 0.1, eta: 10 }, 1)
  while (!widths.advance(never));
  expect(widths.counts.map(({ k }) => k)).toEqual([
    1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000,
  ])
  for (const { updates, bound } of widths.counts) expect(updates).toBeLessThanOrEqual(bound)
  const bounds = widths.counts.map(({ bound }) => bound)
  expect(Math.max(...bounds) / Math.min(...bounds)).toBeLessThan(3)
})

test('the grid has the outputs of the network', () => {
  const { net, problem: of } = ended('gaussians', 'leaky ReLU', { k: 3 })
  const { scale } = of.examples
  const n = 5
  const outputs = outputsOnGrid(net, scale, n)
  const at = Array.from({ length: n * n }, (_, i) => [
    (i % n) / 2 - 1,
    Math.floor(i / n) / 2 - 1,
    BIAS,
  ])
  const data = Float64Array.from(at.flat(), (value) => value * scale)
  const expected = forward(net, { rows: n * n, cols: 3, data })
  for (let i = 0; i < n * n; i++) expect(outputs[i]).toBeCloseTo(expected[i] ?? NaN, 10)
  expect(gridFor(2000, true)).toBeLessThan(gridFor(2000, false))
})

test('a line through the square is drawn from edge to edge; the border of a region is no decision', () => {
  expect(lineOf([1, 0, 0], 0, 400)).toBe('M200.0 400.0L200.0 0.0')
  expect(lineOf([1, 0, 5], 0, 400)).toBe('')
  // N = x: the left half is negative
  const net = { k: 1, d: 3, v: 1, alpha: 1, weights: Float64Array.of(0.5, 0, 0, -0.5, 0, 0) }
  const { decision } = regionsOf(net, 1, 4, 400)
  const xs = [...decision.matchAll(/[ML]([\d.]+) /g)].map(([, x]) => Number(x))
  expect(new Set(xs)).toEqual(new Set([200]))
})
