import {
  agreementProvesMap,
  beliefPropagation,
  bpConverges,
  bpOscillates,
  bruteForce,
  convergedIsNotCorrect,
  dualDecomposition,
  exactInferenceAgrees,
  logPartitionSandwich,
  meanField,
  meanFieldAscends,
  partitionBoundsAttained,
  messageStrength,
  pairwiseModel,
  treeBound,
  treeInference,
  type PairwiseModel,
} from '@nonconvex/structured/pairwise'
import type { Stream } from '@nonconvex/tensor'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { inference } from './experiment.js'
import { inferenceFigures } from './figures.js'

/** Largest differences from enumeration. */
export type ForestsMeasured = {
  readonly logZ: number
  readonly marginal: number
  readonly max: number
  /** of the tree bound, and of the ELBO without edges, where no score is forbidden */
  readonly tree: number
  readonly elbo: number
}

/** Bounds and messages on one random graph. */
export interface GraphMeasured {
  readonly elbo: number
  readonly logZ: number
  readonly upper: number
  readonly bethe: number
  readonly status: string
  /** largest decrease of the ELBO in a round, relative to 1 + |ELBO| */
  readonly decrease: number
  readonly certified: boolean
  /** score found minus the best one, and the best upper bound minus it */
  readonly difference: number
  readonly slack: number
  readonly spectralRadius: number
  readonly residual: number
  readonly iterations: number
}
export type GraphsMeasured = { readonly graphs: readonly GraphMeasured[] }

/** Flooding on K4, plain and damped. */
export type K4Measured = {
  readonly spectralRadius: number
  readonly status: string
  readonly period: number | null
  readonly rounds: number
  readonly dampedStatus: string
  readonly dampedRounds: number
  readonly logZ: number
  readonly bethe: number
  /** residual of the first rounds */
  readonly residuals: readonly number[]
  readonly dampedResiduals: readonly number[]
}

export type TriangleMeasured = {
  readonly status: string
  readonly error: number
  readonly residual: number
}

const TOL = 1e-10
const SHOWN = 80

export const work = workOf(inference, {
  parts: {
    forests: {
      measure: ({ from, to }, { params, stream }): ForestsMeasured =>
        forests(to - from, params.nodes, stream),
    },
    graphs: {
      measure: ({ from, to }, { params, stream }): GraphsMeasured => ({
        graphs: Array.from({ length: to - from }, (_, t) =>
          graph(stream.child('model', t), params.nodes),
        ),
      }),
    },
    k4: { measure: ({ J }): K4Measured => onK4(J) },
    triangle: {
      measure: (): TriangleMeasured => {
        const model = complete(3, -3)
        const { status, node, residual } = beliefPropagation(model)
        return { status, residual, error: apart(node, bruteForce(model).node) }
      },
    },
  },
  conclude: (rows, params, verdict) => {
    const graphs = rows.graphs.flatMap(({ measured }) => measured.graphs)
    const k4 = rows.k4.map(({ cell, measured }) => ({ ...cell, ...measured }))
    const largest = (name: keyof ForestsMeasured): number =>
      rows.forests.reduce((most, { measured }) => Math.max(most, measured[name]), 0)
    const most = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b), 0)
    return {
      verdicts: [
        verdict(exactInferenceAgrees, ['forests'], () => ({
          models: params.models,
          logZ: largest('logZ'),
          marginal: largest('marginal'),
          max: largest('max'),
        })),
        verdict(logPartitionSandwich, ['graphs'], () => graphs),
        verdict(partitionBoundsAttained, ['forests'], () => ({
          models: params.models,
          tree: largest('tree'),
          elbo: largest('elbo'),
        })),
        verdict(meanFieldAscends, ['graphs'], () => ({
          runs: graphs.length,
          decrease: most(graphs.map(({ decrease }) => decrease)),
        })),
        verdict(agreementProvesMap, ['graphs'], () => ({
          models: graphs.length,
          certified: graphs.filter(({ certified }) => certified).length,
          difference: most(graphs.map((one) => (one.certified ? one.difference : 0))),
          slack: graphs.reduce((least, { slack }) => Math.min(least, slack), Infinity),
        })),
        verdict.each(bpConverges, ['graphs'], () =>
          graphs.map((facts, i) => ({ which: `graph ${i}`, facts: { ...facts, tol: TOL } })),
        ),
        verdict.each(bpOscillates, [{ part: 'k4', where: ({ J }) => J === -1.5 }], () =>
          k4
            .filter(({ J }) => J === -1.5)
            .map(({ period, ...run }) => ({
              facts: { ...run, ...(period !== null && { period }) },
            })),
        ),
        verdict.each(convergedIsNotCorrect, ['triangle'], () =>
          rows.triangle.map(({ measured }) => ({ facts: measured })),
        ),
      ],
      tables: [
        tableOf('k4', 'Belief propagation on the complete graph of four nodes', k4, {
          J: ['J', ({ J }) => J],
          rho: ['$\\rho$', ({ spectralRadius }) => spectralRadius, 3],
          status: ['undamped', ({ status }) => status],
          rounds: ['rounds', ({ rounds }) => rounds],
          damped: ['damping 0.5', ({ dampedStatus }) => dampedStatus],
          dampedRounds: ['rounds', ({ dampedRounds }) => dampedRounds],
          logZ: ['log Z, exact', ({ logZ }) => logZ, 5],
          bethe: ['Bethe (no bound)', ({ bethe }) => bethe, 5],
        }),
      ],
      figures: inferenceFigures(graphs, k4),
    }
  },
})

const apart = (a: readonly Float64Array[], b: readonly Float64Array[]): number =>
  a.reduce((most, p, i) => p.reduce((m, x, c) => Math.max(m, Math.abs(x - b[i][c])), most), 0)

/** A complete graph with score J for equal labels, and scores 0.1 (i + 1) of label 1. */
const complete = (n: number, J: number): PairwiseModel => {
  const edges = Array.from({ length: n }, (_, j) => j).flatMap((j) =>
    Array.from({ length: j }, (_, i) => [i, j] as const),
  )
  return pairwiseModel({
    labels: new Array<number>(n).fill(2),
    unary: Array.from({ length: n }, (_, i) => [0, 0.1 * (i + 1)]),
    edges,
    pair: edges.map(() => [J, 0, 0, J]),
  })
}

/** Random scores on n nodes with 2 or 3 labels; some forbidden with probability `forbidden`. */
function random(
  source: Stream,
  n: number,
  how: { readonly forest: boolean; readonly scale: number; readonly forbidden: number },
): PairwiseModel {
  const labels = Array.from({ length: n }, () => 2 + source.integer(2))
  const scores = (length: number): number[] =>
    Array.from({ length }, () =>
      source.uniform() < how.forbidden ? -Infinity : how.scale * source.normal(),
    )
  const edges: (readonly [number, number])[] = []
  for (let i = 1; i < n; i++)
    if (how.forest) edges.push([source.integer(i), i])
    else for (let j = 0; j < i; j++) if (source.uniform() < 0.7) edges.push([j, i])
  return pairwiseModel({
    labels,
    unary: labels.map(scores),
    edges,
    pair: edges.map(([i, j]) => scores(labels[i] * labels[j])),
  })
}

function forests(count: number, n: number, stream: Stream): ForestsMeasured {
  let [logZ, marginal, max, tree, elbo] = [0, 0, 0, 0, 0]
  for (let t = 0; t < count; t++) {
    const forbidden = t % 2 === 0 ? 0 : 0.1
    const model = random(stream.child('model', t), n, { forest: true, scale: 2, forbidden })
    const truth = bruteForce(model)
    if (truth.status === 'infeasible') continue
    const sum = treeInference(model)
    logZ = Math.max(logZ, Math.abs(sum.logZ - truth.logZ))
    marginal = Math.max(marginal, apart(sum.node, truth.node), apart(sum.pair, truth.pair))
    max = Math.max(max, Math.abs(treeInference(model, { mode: 'max' }).max - truth.max))
    if (forbidden > 0) continue
    tree = Math.max(tree, Math.abs(treeBound(model).logZUpper - truth.logZ))
    const single = pairwiseModel({ labels: model.labels, unary: model.unary, edges: [], pair: [] })
    elbo = Math.max(elbo, Math.abs(meanField(single).elbo - bruteForce(single).logZ))
  }
  return { logZ, marginal, max, tree, elbo }
}

function graph(source: Stream, n: number): GraphMeasured {
  const scale = 0.2 + 1.3 * source.uniform()
  const model = random(source, n, { forest: false, scale, forbidden: 0 })
  const { logZ, max } = bruteForce(model)
  const { elbo, trace } = meanField(model)
  const found = dualDecomposition(model)
  const { spectralRadius } = messageStrength(model)
  const messages = beliefPropagation(model, {
    tol: TOL,
    maxIterations: spectralRadius < 1 ? 20_000 : 200,
  })
  return {
    elbo,
    logZ,
    upper: treeBound(model).logZUpper,
    bethe: messages.bethe ?? 0,
    status: messages.status,
    decrease: trace.reduce(
      (most, x, r) => (r === 0 ? 0 : Math.max(most, (trace[r - 1] - x) / (1 + Math.abs(x)))),
      0,
    ),
    certified: found.certified,
    difference: Math.abs(found.bestScore - max),
    slack: found.bestBound - max,
    spectralRadius,
    residual: messages.residual,
    iterations: messages.iterations,
  }
}

function onK4(J: number): K4Measured {
  const model = complete(4, J)
  const options = { tol: 1e-9, maxIterations: 1000 }
  const plain = beliefPropagation(model, options)
  const damped = beliefPropagation(model, { ...options, damping: 0.5 })
  return {
    spectralRadius: messageStrength(model).spectralRadius,
    status: plain.status,
    period: plain.period ?? null,
    rounds: plain.iterations,
    dampedStatus: damped.status,
    dampedRounds: damped.iterations,
    logZ: bruteForce(model).logZ,
    bethe: damped.bethe ?? 0,
    residuals: [...plain.trace.subarray(0, SHOWN)],
    dampedResiduals: [...damped.trace.subarray(0, SHOWN)],
  }
}
