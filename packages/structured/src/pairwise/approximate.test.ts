import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { complete, graphOfModel, grid, randomModel, tree } from '../../test/pairwise-models.ts'
import { apart, pairwiseOf, randomPairwise } from '../../test/random-pairwise.ts'
import { parallelBeliefPropagation } from '../layer/parallel-belief-propagation.js'
import { parallelMeanField } from '../layer/parallel-mean-field.js'
import { beliefPropagation } from './belief-propagation.js'
import { bruteForce } from './brute-force.js'
import { meanField } from './mean-field.js'
import { messageStrength } from './message-strength.js'
import { personOnBoard } from './person-on-board.js'
import { pairwiseModel, score } from './model.js'
import { dualDecomposition, treeBound } from './tree-bound.js'

const theGrid = pairwiseOf(grid)
const k4 = (J: number) => pairwiseOf(complete(4, J, (i, a) => (a === 1 ? 0.1 * (i + 1) : 0)))
const ones = (p: readonly Float64Array[]): number[] => p.map((x) => x[1])
const near = (found: readonly number[], wanted: readonly number[], tol = 1e-11): void => {
  expect(found.length).toBe(wanted.length)
  found.forEach((x, i) => expect(Math.abs(x - wanted[i])).toBeLessThan(tol))
}

describe('belief propagation', () => {
  it('is exact on the tree, after as many rounds as its diameter', () => {
    const model = pairwiseOf(tree)
    const truth = bruteForce(model)
    const errors = [1, 2, 3, 4].map((maxIterations) =>
      apart(beliefPropagation(model, { maxIterations }).node, truth.node),
    )
    near(errors.slice(0, 3), [8.5e-2, 9.5e-3, 1.9e-3], 5e-4)
    expect(errors[3]).toBeLessThan(1e-14)
    const found = beliefPropagation(model)
    expect(found.status).toBe('exact')
    expect(found.bethe).toBeCloseTo(8.488757782268, 11)
    expect(beliefPropagation(model, { mode: 'max' })).toMatchObject({
      status: 'exact',
      decoded: Int32Array.of(2, 1, 2, 2, 1, 0),
    })
  })

  it('has the reference values of the grid', () => {
    const wanted = [
      0.795480751901, 0.861946477311, 0.274603921154, 0.026929437204, 0.765497817559,
      0.769091396398, 0.600893334958, 0.38833708024, 0.491438027081,
    ]
    const plain = beliefPropagation(theGrid, { tol: 1e-12 })
    expect(plain).toMatchObject({ status: 'converged', iterations: 15 })
    near(ones(plain.node), wanted)
    expect(plain.bethe?.toFixed(12)).toBe('8.891106915820')
    const damped = beliefPropagation(theGrid, { tol: 1e-12, damping: 0.5 })
    expect(damped).toMatchObject({ status: 'converged', iterations: 47 })
    expect(damped.inconsistency).toBeLessThan(1e-11)
    for (const schedule of ['sequential', 'residual'] as const) {
      const other = beliefPropagation(theGrid, { tol: 1e-12, schedule })
      expect(other.status).toBe('converged')
      near(ones(other.node), wanted)
    }
    expect(beliefPropagation(theGrid, { mode: 'max' }).decodedScore).toBeCloseTo(5.998557053475, 11)
    expect(messageStrength(theGrid).spectralRadius.toFixed(12)).toBe('0.208837796929')
  })

  it.each([
    [-0.5, 0.49, 25, 33, 1.9329, 1.9807],
    [-1, 0.924, 214, 47, 0.7133, 1.0071],
    [-1.5, 1.27, undefined, 73, -0.4321, 0.3304],
    [-2, 1.523, undefined, 114, -1.5295, -0.1199],
    [-3, 1.81, undefined, 299, -3.6338, -0.5931],
  ])('remakes the table of K4, J = %f', (J, rho, undamped, damped, logZ, bethe) => {
    const model = k4(J)
    expect(messageStrength(model).spectralRadius).toBeCloseTo(rho, 3)
    const plain = beliefPropagation(model, { tol: 1e-9, maxIterations: 2000 })
    if (undamped === undefined) expect(plain).toMatchObject({ status: 'oscillating', period: 2 })
    else expect(plain).toMatchObject({ status: 'converged', iterations: undamped })
    const slow = beliefPropagation(model, { tol: 1e-9, damping: 0.5 })
    expect(slow).toMatchObject({ status: 'converged', iterations: damped })
    expect(slow.bethe).toBeCloseTo(bethe, 4)
    expect(bruteForce(model).logZ).toBeCloseTo(logZ, 4)
  })

  it('has the reference values of K4 with J = -2', () => {
    const model = k4(-2)
    const truth = bruteForce(model)
    expect(truth.logZ.toFixed(12)).toBe('-1.529455451448')
    near(ones(truth.node), [0.461684051619, 0.493614465652, 0.5257093591, 0.557448773097])
    const damped = beliefPropagation(model, { damping: 0.5, tol: 1e-13 })
    near(ones(damped.node), [0.494603187657, 0.502146528091, 0.509712171608, 0.51724719031])
    expect(damped.bethe?.toFixed(12)).toBe('-0.119885932321')
    const plain = beliefPropagation(model)
    expect(plain.residual).toBeCloseTo(1.861682727104, 9)
    expect(
      [plain, beliefPropagation(model, { maxIterations: 1001 })].map((b) => b.node[0][1]).sort(),
    ).toEqual([expect.closeTo(0.0041722, 7), expect.closeTo(0.9957899, 7)])
  })

  it('leaves the symmetric point of attractive K4 only with a field', () => {
    const free = pairwiseOf(complete(4, 1, () => 0))
    expect(beliefPropagation(free)).toMatchObject({ status: 'converged', iterations: 1 })
    expect(bruteForce(free).logZ).toBeCloseTo(6.9196, 4)
    const pulled = pairwiseOf(complete(4, 1.5, (_, a) => 1e-6 * a))
    const { node, bethe } = beliefPropagation(pulled)
    expect(node[0][1]).toBeCloseTo(0.969446, 6)
    expect(bethe).toBeCloseTo(9.0701, 4)
    expect(bruteForce(pulled).logZ).toBeCloseTo(9.7437, 4)
  })

  it('always converges on a triangle, and is wrong', () => {
    const model = pairwiseOf(complete(3, -3, (i, a) => (a === 1 ? 0.1 * (i + 1) : 0)))
    expect(messageStrength(model).spectralRadius).toBeCloseTo(Math.tanh(1.5), 12)
    const found = beliefPropagation(model)
    expect(found.status).toBe('converged')
    expect(apart(found.node, bruteForce(model).node)).toBeGreaterThan(0.03)
  })

  it('converges on all of 300 random models with ρ < 1, from random messages too', () => {
    let tested = 0
    for (let t = 0; tested < 300; t++) {
      const s = stream(8).child('model', t)
      const model = randomPairwise(s, { n: 5, K: 3, edges: 0.9, scale: 0.2 + 0.8 * s.uniform() })
      const { spectralRadius, gap } = messageStrength(model)
      expect(gap).toBeLessThan(1e-9)
      if (spectralRadius >= 1 || spectralRadius === 0) continue
      tested++
      const found = beliefPropagation(model, { maxIterations: 20_000 })
      expect(['converged', 'exact']).toContain(found.status)
      if (tested > 60) continue
      const init = found.messages.map((m) => s.normalInto(new Float64Array(m.length)))
      const other = beliefPropagation(model, { maxIterations: 20_000, init })
      expect(apart(found.node, other.node)).toBeLessThan(1e-7)
    }
  })

  it('has no message strength on forests, and the geometric mean on circles', () => {
    expect(messageStrength(pairwiseOf(tree)).spectralRadius).toBe(0)
    const J = [1, -2, 0.5, 3]
    const circle = pairwiseModel({
      labels: [2, 2, 2, 2, 2],
      unary: J.concat(0).map(() => [0, 0]),
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
        [3, 4],
      ],
      pair: J.concat(9).map((x) => [x, 0, 0, x]),
    })
    const { perEdge, spectralRadius } = messageStrength(circle)
    near(
      [...perEdge],
      J.concat(9).map((x) => Math.tanh(Math.abs(x) / 2)),
      1e-14,
    )
    const product = J.reduce((all, x) => all * Math.tanh(Math.abs(x) / 2), 1)
    expect(spectralRadius).toBeCloseTo(Math.sqrt(Math.sqrt(product)), 12)
  })

  it('equals enumeration on forests with forbidden labels, by every schedule, and finds that nothing is allowed', () => {
    const seen = new Set<string>()
    for (let t = 0; t < 1000; t++) {
      const model = randomPairwise(stream(10).child('forest', t), {
        n: 1 + (t % 6),
        K: 3,
        edges: 'forest',
        forbidden: t % 2 === 0 ? 0.2 : 0,
      })
      const truth = bruteForce(model)
      const schedule = (['flooding', 'sequential', 'residual'] as const)[t % 3]
      const found = beliefPropagation(model, { schedule })
      seen.add(found.status)
      expect(found.status).toBe(truth.status)
      if (truth.status === 'infeasible') continue
      expect(apart(found.node, truth.node)).toBeLessThan(1e-10)
      expect(apart(found.pair, truth.pair)).toBeLessThan(1e-10)
      expect(Math.abs((found.bethe ?? 0) - truth.logZ)).toBeLessThan(1e-9)
      expect(beliefPropagation(model, { schedule, mode: 'max' }).decodedScore).toBeCloseTo(
        truth.max,
        10,
      )
    }
    expect([...seen].sort()).toEqual(['exact', 'infeasible'])
  })

  it('gives no NaN on random graphs with forbidden pairs', () => {
    for (let t = 0; t < 200; t++) {
      const model = randomPairwise(stream(11).child('model', t), {
        n: 5,
        K: 3,
        edges: 0.7,
        forbidden: 0.25,
      })
      for (const mode of ['sum', 'max'] as const) {
        const found = beliefPropagation(model, { mode, maxIterations: 50, damping: 0.3 * (t % 2) })
        for (const p of [...found.node, ...found.pair]) expect(p.every(Number.isFinite)).toBe(true)
        expect(Number.isNaN(found.bethe ?? 0)).toBe(false)
        expect(found.residual).not.toBeNaN()
        if (found.status === 'infeasible') expect(bruteForce(model).status).toBe('infeasible')
      }
    }
  })

  it('is the layer of parallel belief propagation', () => {
    for (let t = 0; t < 10; t++) {
      const model = randomModel(stream(12).child('model', t), 5, 3)
      const layer = parallelBeliefPropagation({ mode: 'sum', labels: 3, steps: 7, damping: 0.2 })
      const { data } = layer(graphOfModel(model)).nodes
      const plain = beliefPropagation(pairwiseOf(model), { maxIterations: 7, damping: 0.2, tol: 0 })
      plain.node.forEach((p, i) =>
        p.forEach((x, a) => expect(Math.abs(Math.exp(data[3 * i + a]) - x)).toBeLessThan(1e-12)),
      )
    }
  })
})

it('has the reference values of the picture', () => {
  const model = pairwiseModel(personOnBoard)
  expect(bruteForce(model).logZ.toFixed(12)).toBe('4.370553045196')
  const found = beliefPropagation(model, { tol: 1e-14 })
  expect(found.bethe?.toFixed(12)).toBe('4.370917439109')
  expect(found.node[1][1].toFixed(12)).toBe('0.605565899527')
  expect(messageStrength(model).spectralRadius.toFixed(12)).toBe('0.084156827500')
})

describe('mean field', () => {
  const two = pairwiseOf(complete(2, -4, (_, a) => 0.1 * a))

  it('has the reference values of the grid', () => {
    const wanted = [
      0.796097750287, 0.870774393293, 0.271425529, 0.026374081088, 0.783196779153, 0.776131444738,
      0.601662416212, 0.376230833866, 0.489182939606,
    ]
    const sequential = meanField(theGrid, { tol: 1e-13 })
    expect(sequential).toMatchObject({ status: 'converged', iterations: 13 })
    near(ones(sequential.q), wanted, 2e-12)
    expect(sequential.elbo.toFixed(12)).toBe('8.822869248502')
    near([...sequential.trace.subarray(0, 3)], [8.817467777088, 8.822861693206, 8.822869231652])
    const parallel = meanField(theGrid, { tol: 1e-13, schedule: 'parallel' })
    expect(parallel.iterations).toBe(25)
    near(ones(parallel.q), wanted, 2e-12)
    const sweeps = (schedule: 'sequential' | 'parallel'): number =>
      meanField(theGrid, { tol: 1e-12, schedule }).iterations
    expect([sweeps('sequential'), sweeps('parallel')]).toEqual([12, 23])
  })

  it('oscillates on two nodes in parallel, ends in a saddle with damping, and is local in sequence', () => {
    const parallel = meanField(two, { schedule: 'parallel' })
    expect(parallel).toMatchObject({ status: 'oscillating', period: 2 })
    const path = [0.524979187, 0.475062334, 0.574320608, 0.378818793, 0.744492241, 0.135177222]
    path.forEach((q, t) => {
      const found = meanField(two, { schedule: 'parallel', maxIterations: t + 1 })
      near(ones(found.q), [q, q], 1e-9)
    })
    const ends = [21, 22].map((maxIterations) =>
      ones(meanField(two, { schedule: 'parallel', maxIterations }).q),
    )
    near(
      ends.flat().sort(),
      [0.023121515005, 0.023121515005, 0.980449837388, 0.980449837388],
      1e-10,
    )
    const damped = meanField(two, { schedule: 'parallel', damping: 0.5, tol: 1e-14 })
    expect(damped.status).toBe('converged')
    near(ones(damped.q), [0.508333076113, 0.508333076113])
    expect(damped.elbo).toBeCloseTo(-0.512872, 6)
    const sequential = meanField(two, { tol: 1e-13 })
    expect(sequential.elbo.toFixed(12)).toBe('0.139520570185')
    near(ones(sequential.q).sort(), [0.023121515005, 0.980449837388])
    const several = meanField(two, {
      schedule: 'parallel',
      damping: 0.5,
      starts: ['uniform', stream(3)],
    })
    expect(several.elbo).toBeCloseTo(0.139520570185, 9)
    expect(bruteForce(two).logZ.toFixed(12)).toBe('0.811387110445')
  })

  it('never lowers the bound in sequence, and stays below log Z', () => {
    for (let t = 0; t < 200; t++) {
      const s = stream(13).child('model', t)
      const model = randomPairwise(s, { n: 5, K: 3, edges: 0.7, forbidden: t % 4 === 0 ? 0.1 : 0 })
      const truth = bruteForce(model)
      const found = meanField(model, { starts: ['uniform', 'unary', s.child('start')] })
      for (const p of found.q) expect(p.every(Number.isFinite)).toBe(true)
      expect(found.elbo).not.toBeNaN()
      if (truth.status === 'exact') {
        expect(found.elbo).toBeLessThanOrEqual(truth.logZ + 1e-11)
        const decrease = found.trace.map((x, r) => (r > 0 ? found.trace[r - 1] - x : 0))
        for (const x of decrease) if (Number.isFinite(x)) expect(x).toBeLessThan(1e-12)
      } else expect(found.elbo).toBe(-Infinity)
    }
  })

  it('stops where forbidden pairs leave a node no label', () => {
    const exclusive = pairwiseModel({
      labels: [2, 2],
      unary: [
        [0, 0],
        [0, 0],
      ],
      edges: [[0, 1]],
      pair: [[-Infinity, 0, 0, -Infinity]],
    })
    expect(meanField(exclusive)).toMatchObject({ status: 'not-converged', elbo: -Infinity })
    const chosen = meanField(exclusive, {
      starts: [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    })
    expect(chosen).toMatchObject({ status: 'converged', elbo: 0 })
  })

  it('is the layer of parallel mean field', () => {
    const model = randomModel(stream(14), 5, 3)
    const { data } = parallelMeanField({ labels: 3, steps: 5 })(graphOfModel(model)).nodes
    const plain = meanField(pairwiseOf(model), { schedule: 'parallel', maxIterations: 5, tol: 0 })
    plain.q.forEach((p, i) =>
      p.forEach((x, a) => expect(Math.abs(data[3 * i + a] - x)).toBeLessThan(1e-12)),
    )
  })
})

describe('tree bounds', () => {
  const edgesOf = (list: readonly (readonly [number, number])[]): number[] =>
    list.map(([i, j]) => theGrid.edges.findIndex(([x, y]) => x === i && y === j))
  const combs = [
    edgesOf([
      [0, 1],
      [1, 2],
      [3, 4],
      [4, 5],
      [6, 7],
      [7, 8],
      [0, 3],
      [3, 6],
    ]),
    edgesOf([
      [0, 3],
      [3, 6],
      [1, 4],
      [4, 7],
      [2, 5],
      [5, 8],
      [0, 1],
      [1, 2],
    ]),
  ]

  it('have the reference values', () => {
    const { logZUpper, maxUpper } = treeBound(theGrid, { trees: combs })
    expect(logZUpper.toFixed(12)).toBe('9.367179295802')
    expect(maxUpper.toFixed(12)).toBe('6.588250748590')
    expect(treeBound(k4(-2)).logZUpper.toFixed(12)).toBe('1.282943738151')
  })

  it('certify the best labeling of the grid after 3 steps', () => {
    const found = dualDecomposition(theGrid, { trees: combs })
    expect(found).toMatchObject({
      status: 'certified',
      certified: true,
      map: Int32Array.of(1, 1, 0, 0, 1, 1, 1, 0, 0),
    })
    expect(found.bestScore.toFixed(12)).toBe('5.998557053475')
    expect(found.trace[0].toFixed(12)).toBe('6.588250748590')
    expect(found.iterations).toBe(4)
    expect(dualDecomposition(theGrid, { trees: combs, step: 2 }).iterations).toBe(6)
  })

  it('bracket log Z, and certificates are right, on 200 random models', () => {
    let certified = 0
    for (let t = 0; t < 200; t++) {
      const s = stream(15).child('model', t)
      const model = randomPairwise(s, { n: 6, K: 3, edges: 0.6, forbidden: t % 4 === 0 ? 0.1 : 0 })
      const truth = bruteForce(model)
      const bound = treeBound(model, t % 2 === 0 ? {} : { stream: s })
      expect(bound.logZUpper).not.toBeNaN()
      expect(bound.logZUpper).toBeGreaterThanOrEqual(truth.logZ - 1e-10)
      expect(bound.maxUpper).toBeGreaterThanOrEqual(truth.max - 1e-10)
      const { elbo } = meanField(model)
      expect(elbo).toBeLessThanOrEqual(truth.logZ + 1e-10)
      const found = dualDecomposition(model, { maxIterations: 60 })
      expect(found.bestBound).toBeGreaterThanOrEqual(truth.max - 1e-10)
      if (found.status === 'infeasible') expect(truth.status).toBe('infeasible')
      if (!found.certified) continue
      certified++
      expect(Math.abs(found.bestScore - truth.max)).toBeLessThan(1e-10)
      expect(score(model, found.map)).toBe(found.bestScore)
    }
    expect(certified).toBeGreaterThan(100)
  })
})
