import { checkInteger } from '@nonconvex/tensor/check'
import { ShapeError, type Stream } from '@nonconvex/tensor'
import type { Arithmetic } from '../batch/batched-layer.js'
import type { AdamOptions } from '../batch/parameters.js'
import { readRows } from '../batch/row-copies.js'
import { checkGraph, type Graph } from '../graph/graph.js'
import type { Block, Ops } from '../kernel/ops.js'
import { plainOps } from '../kernel/plain-ops.js'
import { wasmOps } from '../kernel/wasm-ops.js'
import { DenseStack } from './dense-stack.js'
import { Lstm } from './lstm.js'
import { checkOrder, type ReadingOrder } from './reading-order.js'
import { squashOf } from './squash.js'
import { fours, Weights } from './weights.js'

/** Sizes of a network that reads graphs with LSTMs. */
export interface RecurrentNetOptions {
  /** d, features of a node, integer ≥ 1 */
  readonly nodeFeatures: number
  /** e, features of a pair, integer ≥ 0 */
  readonly edgeFeatures: number
  /** H, state of both LSTMs and units of the two hidden layers of ρ, integer ≥ 1 */
  readonly state: number
  /**
   * units of the hidden ReLU layer, and outputs, of the networks φ, α before the LSTMs; default:
   * the LSTMs read the raw inputs
   */
  readonly before?: number
  /** C, classes of a node, integer ≥ 1 */
  readonly nodeOutputs: number
  readonly arithmetic?: Arithmetic
}

/** Room for a number of graphs of n nodes. */
interface Room {
  readonly graphs: number
  readonly n: number
  /** gradient of the states of nodes, and of graphs */
  readonly ds: Block
  readonly dg: Block
  readonly label: number
  /** inputs of the LSTMs, if no network precedes them */
  readonly pairs: Block
  readonly nodes: Block
}

/**
 * The layer with LSTMs in place of its sums: a baseline that is *not* invariant. Made by
 * {@link recurrentNet}.
 */
export class RecurrentNet {
  readonly #options: RecurrentNetOptions
  readonly #ops: Ops
  readonly #weights: Weights
  readonly #phi: DenseStack | undefined
  readonly #alpha: DenseStack | undefined
  readonly #rho: DenseStack
  readonly #overNeighbors: Lstm
  readonly #overNodes: Lstm
  readonly #base: number
  #room: Room | undefined

  constructor(options: RecurrentNetOptions) {
    this.#options = options
    const { nodeFeatures: d, edgeFeatures: e, state, before, nodeOutputs, arithmetic } = options
    for (const [name, value, least] of [
      ['nodeFeatures', d, 1],
      ['edgeFeatures', e, 0],
      ['state', state, 1],
      ['before', before ?? 1, 1],
      ['nodeOutputs', nodeOutputs, 1],
    ] as const)
      checkInteger('recurrentNet', name, value, least)
    const kernels = arithmetic === undefined || arithmetic === 'kernel' ? wasmOps() : undefined
    const precision = arithmetic === 'float64' ? 'float64' : 'float32'
    const ops = (this.#ops = kernels ?? plainOps(precision))
    const squash = squashOf(precision)
    const [pair, node] = [2 * d + e, d + state]
    const stack = (name: string, inputs: number): DenseStack | undefined =>
      before === undefined ? undefined : new DenseStack(ops, name, [inputs, before, before])
    this.#phi = stack('phi', pair)
    this.#alpha = stack('alpha', node)
    this.#rho = new DenseStack(ops, 'rho', [d + 2 * state, state, state, nodeOutputs])
    this.#overNeighbors = new Lstm(ops, squash, 'neighbours', before ?? pair, state)
    this.#overNodes = new Lstm(ops, squash, 'nodes', before ?? node, state)
    this.#weights = new Weights(
      ops,
      [this.#phi, this.#overNeighbors, this.#alpha, this.#overNodes, this.#rho].flatMap(
        (part) => part?.parts ?? [],
      ),
    )
    this.#base = ops.space.used
  }

  /** Weights uniform on ±1/√inputs, those of LSTMs on ±1/√state, biases zero. */
  initialize(source: Stream): void {
    this.#weights.initialize(source)
  }

  /** The weights with their gradients, to be looked at or put back. */
  get weights(): Weights {
    return this.#weights
  }

  /** Numbers that are trained. */
  get parameters(): number {
    return this.#weights.count
  }

  /** Scores, [graphs · n · classes], of graphs of equal size with all pairs. */
  forward(graphs: readonly Graph[], order: ReadingOrder): Float64Array {
    const fn = 'RecurrentNet.forward'
    const n = this.#check(fn, graphs)
    checkOrder(fn, order, graphs.length, n)
    this.#run(graphs, n, order)
    const { nodeOutputs } = this.#options
    return readRows(this.#ops.space.floats, this.#rho.output, graphs.length * n, nodeOutputs)
  }

  /**
   * One step of Adam on the mean cross-entropy over nodes.
   *
   * @param labels - [graphs · n], from 0 to C − 1
   * @returns the loss before the step
   */
  train(
    graphs: readonly Graph[],
    order: ReadingOrder,
    labels: Int32Array,
    options: AdamOptions = {},
  ): number {
    const loss = this.gradients(graphs, order, labels)
    this.#weights.step(options)
    return loss
  }

  /** The loss, and its gradients added to those of the weights. */
  gradients(graphs: readonly Graph[], order: ReadingOrder, labels: Int32Array): number {
    const fn = 'RecurrentNet.train'
    const n = this.#check(fn, graphs)
    const count = graphs.length * n
    if (labels.length !== count)
      throw new ShapeError(`${fn}: labels must have length ${count}, got ${labels.length}`)
    const { nodeOutputs } = this.#options
    const wrong = labels.find((c) => c < 0 || c >= nodeOutputs)
    if (wrong !== undefined)
      throw new RangeError(`${fn}: labels must be from 0 to ${nodeOutputs - 1}, got ${wrong}`)
    checkOrder(fn, order, graphs.length, n)
    const room = this.#run(graphs, n, order)
    const { floats, ints } = this.#ops.space
    const at = { label: room.label, weight: room.label + fours(count), loss: 0 }
    at.loss = at.weight + fours(count)
    ints.set(labels, at.label)
    floats.fill(1 / Math.max(1, count), at.weight, at.weight + count)
    this.#ops.crossEntropy(this.#rho.output, at, count, nodeOutputs)
    let sum = 0
    for (let r = 0; r < count; r++)
      sum += floats[at.loss + 2 * r] + Math.log(floats[at.loss + 2 * r + 1])
    this.#back(room, order)
    return sum / Math.max(1, count)
  }

  #check(fn: string, graphs: readonly Graph[]): number {
    const { nodeFeatures: d, edgeFeatures: e } = this.#options
    const n = graphs.length === 0 ? 1 : graphs[0].nodes.rows
    for (const graph of graphs) {
      checkGraph(fn, graph)
      const { nodes, edges, mask } = graph
      if (nodes.rows !== n || n === 0)
        throw new ShapeError(`${fn}: graphs must have one size ≥ 1, got ${n} and ${nodes.rows}`)
      if (nodes.cols !== d || edges.cols !== e)
        throw new ShapeError(
          `${fn}: graphs must have ${d} and ${e} features, got ${nodes.cols} and ${edges.cols}`,
        )
      if (mask !== undefined)
        throw new ShapeError(`${fn}: graphs must have all pairs, got one with a mask`)
    }
    return n
  }

  #run(graphs: readonly Graph[], n: number, order: ReadingOrder): Room {
    const room = this.#reserve(graphs.length, n)
    const { floats } = this.#ops.space
    const { nodeFeatures: d, state } = this.#options
    const weights = this.#weights
    const [g, rows] = [graphs.length, graphs.length * n]

    const pairs = this.#phi?.input ?? room.pairs
    writePairs(floats, pairs, graphs, n, order)
    this.#phi?.forward(weights, rows * (n - 1))
    const read = this.#phi?.output ?? room.pairs
    const s = this.#overNeighbors.forward(weights, { rows, steps: n - 1 }, read)

    const nodes = this.#alpha?.input ?? room.nodes
    for (let b = 0; b < g; b++)
      for (let t = 0; t < n; t++) {
        const i = order.nodes[b * n + t]
        const to = nodes.at + (t * g + b) * nodes.ld
        floats.set(graphs[b].nodes.data.subarray(i * d, (i + 1) * d), to)
        copy(floats, to + d, s.at + (b * n + i) * s.ld, state)
      }
    this.#alpha?.forward(weights, rows)
    const all = this.#overNodes.forward(
      weights,
      { rows: g, steps: n },
      this.#alpha?.output ?? room.nodes,
    )

    const { input } = this.#rho
    for (let r = 0; r < rows; r++) {
      const [b, to] = [Math.floor(r / n), input.at + r * input.ld]
      floats.set(graphs[b].nodes.data.subarray((r % n) * d, ((r % n) + 1) * d), to)
      copy(floats, to + d, s.at + r * s.ld, state)
      copy(floats, to + d + state, all.at + b * all.ld, state)
    }
    this.#rho.forward(weights, rows)
    return room
  }

  #back({ graphs: g, n, ds, dg, pairs, nodes }: Room, order: ReadingOrder): void {
    const { floats } = this.#ops.space
    const { nodeFeatures: d, state } = this.#options
    const weights = this.#weights
    const rows = g * n
    const d0 = this.#rho.backward(weights, rows, this.#rho.output)
    floats.fill(0, dg.at, dg.at + g * dg.ld)
    for (let r = 0; r < rows; r++) {
      const from = d0.at + r * d0.ld + d
      copy(floats, ds.at + r * ds.ld, from, state)
      add(floats, dg.at + Math.floor(r / n) * dg.ld, from + state, state)
    }
    const readNodes = this.#alpha?.output ?? nodes
    const d1 = this.#overNodes.backward(weights, { rows: g, steps: n }, readNodes, dg)
    const d2 = this.#alpha?.backward(weights, rows, d1) ?? d1
    for (let b = 0; b < g; b++)
      for (let t = 0; t < n; t++) {
        const to = ds.at + (b * n + order.nodes[b * n + t]) * ds.ld
        add(floats, to, d2.at + (t * g + b) * d2.ld + d, state)
      }
    const readPairs = this.#phi?.output ?? pairs
    const d3 = this.#overNeighbors.backward(weights, { rows, steps: n - 1 }, readPairs, ds)
    this.#phi?.backward(weights, rows * (n - 1), d3)
  }

  #reserve(graphs: number, n: number): Room {
    const old = this.#room
    if (old && old.graphs === graphs && old.n === n) return old
    const { space } = this.#ops
    space.release(this.#base)
    const { nodeFeatures: d, edgeFeatures: e, state } = this.#options
    const rows = graphs * n
    const block = (count: number, width: number): Block => {
      const ld = fours(width)
      return { at: space.reserve(count * ld), ld }
    }
    this.#phi?.reserve(rows * (n - 1))
    this.#alpha?.reserve(rows)
    this.#rho.reserve(rows)
    this.#overNeighbors.reserve({ rows, steps: n - 1 })
    this.#overNodes.reserve({ rows: graphs, steps: n })
    this.#room = {
      graphs,
      n,
      ds: block(rows, state),
      dg: block(graphs, state),
      label: space.reserve(4 * fours(rows)),
      pairs: block(rows * (n - 1), 2 * d + e),
      nodes: block(rows, d + state),
    }
    // what pads the rows must be zero, and is never written
    space.floats.fill(0, this.#base, space.used)
    return this.#room
  }
}

/**
 * [z_i, z_ij, z_j] for each pair: row t · rows + r is the t-th neighbor of node r in its order.
 */
function writePairs(
  floats: Float32Array | Float64Array,
  to: Block,
  graphs: readonly Graph[],
  n: number,
  order: ReadingOrder,
): void {
  const rows = graphs.length * n
  graphs.forEach(({ nodes, edges }, b) => {
    const [d, e] = [nodes.cols, edges.cols]
    for (let i = 0; i < n; i++)
      for (let t = 0; t < n - 1; t++) {
        const r = b * n + i
        const j = order.neighbors[r * (n - 1) + t]
        let at = to.at + (t * rows + r) * to.ld
        for (let f = 0; f < d; f++) floats[at++] = nodes.data[i * d + f]
        for (let f = 0; f < e; f++) floats[at++] = edges.data[(i * n + j) * e + f]
        for (let f = 0; f < d; f++) floats[at++] = nodes.data[j * d + f]
      }
  })
}

function copy(z: Float32Array | Float64Array, to: number, from: number, n: number): void {
  for (let f = 0; f < n; f++) z[to + f] = z[from + f]
}

function add(z: Float32Array | Float64Array, to: number, from: number, n: number): void {
  for (let f = 0; f < n; f++) z[to + f] += z[from + f]
}
