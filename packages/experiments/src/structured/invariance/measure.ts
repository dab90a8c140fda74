import {
  checkGPI,
  constructive,
  demoFunctions,
  demoGraph,
  demoLetters,
  firstMismatch,
  gpiLayer,
  graphOf,
  permuteGraph,
  type Counterexample,
  type Graph,
  type GraphLabelling,
} from '@nonconvex/structured'
import type { Stream } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import { invariantSubjects, type Subject } from './invariant-subjects.js'
import type { InvarianceCell, InvarianceParams } from './params.js'
import { violators } from './violators.js'

/** What the checker said. */
export type CheckedMeasured = {
  readonly trials: number
  readonly violated: boolean
  /** largest |F(σz) − σF(z)|; of the counterexample where there is one */
  readonly error: number
  /** nodes of the counterexample, 0 without one */
  readonly nodes: number
  readonly words: string
}
/** The construction against the function. */
export type BuiltMeasured = {
  readonly graphs: number
  readonly equal: number
  readonly refused: number
  readonly invariant: boolean
}
export type PathMeasured = { readonly spread: number; readonly local: readonly number[] }

export type InvarianceMeasured = CheckedMeasured | BuiltMeasured | PathMeasured

/**
 * The counterexample: features of nodes and pairs, the pairs that exist, the two nodes that are
 * swapped.
 */
export type CounterexampleWitness = {
  readonly nodes: readonly (readonly number[])[]
  readonly edges: readonly (readonly (readonly number[])[])[]
  readonly mask: readonly (readonly number[])[] | null
  readonly sigma: readonly number[]
  readonly node: number
}

export interface InvarianceRow extends Row {
  readonly measured: InvarianceMeasured
  readonly witness: CounterexampleWitness | null
}

type Context = Pick<MeasureContext<InvarianceParams>, 'params' | 'stream'>

export function measureInvariance(cell: InvarianceCell, context: Context): InvarianceRow {
  const { part, key } = cell
  if (part === 'path') return { key, measured: onPath(context), witness: null }
  if (part === 'built') return { key, measured: built(cell, context), witness: null }
  return { key, ...checked(subjectOf(cell), context) }
}

function subjectOf({ part, name }: InvarianceCell): Subject {
  const found = (part === 'form' ? invariantSubjects : violators).find((one) => one.name === name)
  if (!found) throw new Error(`no function is called ${name}`)
  return found
}

function checked(
  { make, sampler }: Subject,
  { params, stream }: Context,
): Pick<InvarianceRow, 'measured' | 'witness'> {
  const F = make(stream.child('weights'))
  const report = checkGPI(F, {
    trials: params.trials,
    seed: stream.child('seed').integer(2 ** 31),
    ...(sampler ? { sampler } : { shape: { d: 2, e: 2 } }),
  })
  const { trials, statement: words } = report
  if (report.ok) {
    const measured = { trials, violated: false, error: report.maxError, nodes: 0, words }
    return { measured, witness: null }
  }
  if (report.reason === 'nondeterministic')
    return { measured: { trials, violated: true, error: 0, nodes: 0, words }, witness: null }
  const { counterexample } = report
  const measured = {
    trials,
    violated: true,
    error: counterexample.error,
    nodes: counterexample.nodes.rows,
    words,
  }
  return { measured, witness: witnessOf(counterexample) }
}

function witnessOf({ nodes, edges, mask, sigma, index }: Counterexample): CounterexampleWitness {
  const places = Array.from({ length: nodes.rows }, (_, i) => i)
  const slice = ({ data, cols }: Graph['nodes'], at: number): number[] =>
    Array.from(data.subarray(at * cols, (at + 1) * cols), (x) => x + 0)
  return {
    nodes: places.map((i) => slice(nodes, i)),
    edges: places.map((i) => places.map((j) => slice(edges, i * nodes.rows + j))),
    mask: mask ? places.map((i) => places.map((j) => mask[i * nodes.rows + j])) : null,
    sigma,
    node: index[0] ?? 0,
  }
}

function built(
  { name }: InvarianceCell,
  { params: { graphs, letters }, stream }: Context,
): BuiltMeasured {
  const F = demoFunctions.find((one) => one.name === name)?.F
  if (!F) throw new Error(`no function is called ${name}`)
  const buckets = stream.child('hash').permutation(demoLetters.length)
  const construction = constructive(F, demoLetters, { hash: ([id]) => buckets[id] })
  let [asked, equal, refused] = [0, 0, 0]
  for (let n = 2; n <= 6; n++)
    for (let t = 0; t < graphs; t++) {
      const graph = demoGraph(stream.child(`n=${n}`, t), n, letters === 'repeated')
      asked++
      if (new Set(graph.nodes.data).size < n) refused += refuses(() => construction.apply(graph))
      else if (firstMismatch(F, construction, graph) === undefined) equal++
    }
  const report = checkGPI(construction.apply, {
    sampler: (source, n) => demoGraph(source, n),
    sizes: [1, 2, 4, 6],
    mode: 'exact',
    trials: graphs,
    seed: stream.child('seed').integer(2 ** 31),
  })
  return { graphs: asked, equal, refused, invariant: report.ok }
}

function refuses(call: () => unknown): number {
  try {
    call()
    return 0
  } catch {
    return 1
  }
}

const path: Graph = graphOf(
  [[0.5], [0.5], [0.5]],
  [
    [[0], [1], [0]],
    [[1], [0], [1]],
    [[0], [1], [0]],
  ],
)

function onPath({ params, stream }: Context): PathMeasured {
  let spread = 0
  for (let t = 0; t < params.layers; t++) {
    const { data } = literalLayer(stream.child('layer', t))(path).nodes
    spread = Math.max(spread, Math.max(...data) - Math.min(...data))
  }
  const local = gpiLayer({
    phi: { width: 1, map: (_, zij) => zij },
    rho: { width: 1, map: (_, sk) => sk },
  })
  return { spread, local: Array.from(local(path).nodes.data) }
}

/** Random weights, two ReLU units in φ and in α, one in ρ. */
function literalLayer(source: Stream): ReturnType<typeof gpiLayer> {
  const w = source.normalInto(new Float64Array(15))
  const unit = (at: number, ...x: readonly number[]): number =>
    Math.max(
      0,
      x.reduce((sum, value, i) => sum + w[at + i] * value, 0),
    )
  return gpiLayer({
    readout: 'literal',
    phi: { width: 2, map: ([a], [b], [c]) => [unit(0, a, b, c), unit(3, a, b, c)] },
    alpha: { width: 2, map: ([a], [s, t]) => [unit(6, a, s, t), unit(9, a, s, t)] },
    rho: { width: 1, map: ([a], [g, h]) => [unit(12, a, g, h)] },
  })
}

/** Everything again; a counterexample first by hand: the function on both orders of its graph. */
export function checkInvariance(
  row: InvarianceRow,
  context: CheckContext<InvarianceParams, InvarianceCell>,
): InvarianceMeasured {
  const { cell, stream } = context
  const again = measureInvariance(cell, context)
  if (!sameJson(row.witness, again.witness))
    throw new Error('the witness is not the counterexample that the checker finds again')
  if (row.witness && 'words' in row.measured) {
    const F = subjectOf(cell).make(stream.child('weights'))
    const error = errorAt(F, row.witness)
    if (error !== row.measured.error)
      throw new Error(`the counterexample is off by ${error}, recorded is ${row.measured.error}`)
  }
  return again.measured
}

/** |F(σz) − σF(z)| at one node, from the definition. */
function errorAt(F: GraphLabelling, witness: CounterexampleWitness): number {
  const { nodes, edges, mask, sigma, node } = witness
  const graph = graphOf(nodes, edges, mask ?? undefined)
  const label = (z: Graph, i: number): readonly number[] => {
    const labels = F(z).nodes
    if (labels === undefined || !('data' in labels)) throw new Error('labels are no numbers')
    return Array.from(labels.data.subarray(i * labels.cols, (i + 1) * labels.cols))
  }
  const after = label(permuteGraph(graph, sigma), node)
  const before = label(graph, sigma[node])
  return Math.max(...after.map((x, f) => Math.abs(x - before[f])))
}
