import { ShapeError, stream } from '@nonconvex/tensor'
import { batchedLayer } from '../batch/make-layer.js'
import {
  labelWidths,
  layerSizes,
  type BatchedLayerOptions,
  type LayerSizes,
} from '../batch/options.js'
import type { NamedParameters } from '../batch/parameters.js'
import { oneOf } from '../layer/kinds.js'
import { gpiOp, howOn, type GpiOp } from './gpi-op.js'
import {
  listOf,
  shapesOf,
  type GraphTensors,
  type Layer,
  type LayerArgs,
  type Shape,
  type Tensor,
  type Tf,
} from './types.js'

/**
 * Options of a graph layer: those of `batchedLayer` except the features, which follow from its
 * inputs.
 */
export interface GraphLayerArgs
  extends LayerArgs, Omit<BatchedLayerOptions, 'nodeFeatures' | 'edgeFeatures'> {
  /** initial weights are those of `batchedLayer` with `stream(seed)`; integer ≥ 0, default 0 */
  readonly seed?: number
  /**
   * auto (default): the kernel if tensors are in this thread's memory, composed ops of tfjs
   * otherwise; or one of them
   */
  readonly compute?: 'auto' | GpiOp['how']
}

/** A graph layer of tfjs, with the weights by name, compatible with `batchedLayer`. */
export interface GraphLayer extends Layer {
  /** sizes and kinds; throws RangeError before the layer is built */
  readonly sizes: LayerSizes
  /** copies of the weights, [inputs, outputs] by name */
  parameters(): NamedParameters
  /** throws ShapeError for a missing or unknown name, or another shape */
  setParameters(named: NamedParameters): void
}

interface Variable {
  read(): Tensor
  write(value: Tensor): unknown
}

/** Makes graph layers, with the given pooling or attention by default. */
export interface GraphLayerMakers {
  readonly invariant: (args: GraphLayerArgs) => GraphLayer
  readonly attention: (args: GraphLayerArgs) => GraphLayer
}

/** The classes of the graph layers, registered with `tf`. */
export function graphLayers(tf: Tf): GraphLayerMakers {
  class GraphPermutationInvariant extends tf.layers.Layer implements GraphLayer {
    static readonly className: string = 'GraphPermutationInvariant'
    /** with no features: the inputs have them */
    readonly #options: LayerSizes
    readonly #seed: number
    readonly #compute: 'auto' | GpiOp['how']
    readonly #variables = new Map<string, Variable>()
    #sizes: LayerSizes | undefined
    #op: GpiOp | undefined

    constructor(args: GraphLayerArgs) {
      super(args)
      this.#options = optionsOf(this.getClassName(), args)
      this.#seed = args.seed ?? 0
      stream(this.#seed)
      this.#compute = args.compute ?? 'auto'
      oneOf(this.getClassName(), 'compute', this.#compute, ['auto', 'kernel', 'composed'])
    }

    get sizes(): LayerSizes {
      if (this.#sizes) return this.#sizes
      throw new RangeError(
        `${this.name}: expected a built layer, got one that is not built; apply it to an input first`,
      )
    }

    override build(shape: Shape | Shape[]): void {
      const { d, e } = features(this.name, shape)
      const sizes = layerSizes(this.name, { ...this.#options, nodeFeatures: d, edgeFeatures: e })
      this.#sizes = sizes
      for (const [name, { rows, cols, data }] of Object.entries(
        batchedLayer(sizes, stream(this.#seed)).parameters(),
      )) {
        // tfjs keeps no variables without entries; a product with one is zero
        if (data.length === 0) continue
        const drawn = { apply: () => tf.tensor2d(Float32Array.from(data), [rows, cols]) }
        const initializer = drawn as unknown as Parameters<typeof this.addWeight>[3]
        this.#variables.set(name, this.addWeight(name, [rows, cols], 'float32', initializer))
      }
      this.built = true
    }

    override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
      const [[B, n]] = shapesOf(shape)
      const { node, edge } = labelWidths(this.#options)
      const nodes = [B, n, node]
      return edge > 0 ? [nodes, [B, n, n, edge]] : nodes
    }

    override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
      return tf.tidy(() => {
        const op = this.#operation()
        const graphs = graphTensors(tf, this.name, listOf(inputs))
        const named = op.shapes.map(([name, shape]) => {
          const variable = this.#variables.get(name)
          return [name, variable ? variable.read() : tf.zeros([...shape])] as const
        })
        const { nodes, edges } = op.apply(graphs, Object.fromEntries(named))
        return op.sizes.edgeOutputs > 0 ? [nodes, edges] : nodes
      })
    }

    override getConfig(): ReturnType<Layer['getConfig']> {
      const options = Object.entries(this.#options).filter(([name]) => !(name in NONE))
      return {
        ...super.getConfig(),
        ...Object.fromEntries(options),
        seed: this.#seed,
        compute: this.#compute,
      }
    }

    parameters(): NamedParameters {
      return Object.fromEntries(
        this.#operation().shapes.map(([name, [rows, cols]]) => {
          const values = this.#variables.get(name)?.read().dataSync() ?? []
          return [name, { rows, cols, data: Float64Array.from(values) }]
        }),
      )
    }

    setParameters(named: NamedParameters): void {
      const check = batchedLayer(this.sizes)
      check.setParameters(named)
      tf.tidy(() => {
        for (const [name, variable] of this.#variables) {
          const { rows, cols, data } = named[name]
          variable.write(tf.tensor2d(Float32Array.from(data), [rows, cols]))
        }
      })
    }

    /** The op for the current backend. */
    #operation(): GpiOp {
      const how = this.#compute === 'auto' ? howOn(tf.getBackend()) : this.#compute
      if (this.#op?.how !== how) this.#op = gpiOp({ tf }, this.sizes, how)
      return this.#op
    }
  }

  class GraphAttention extends GraphPermutationInvariant {
    static override readonly className = 'GraphAttention'
    constructor(args: GraphLayerArgs) {
      super({ pool: 'neighbor', globalPool: 'neighbor', ...args })
    }
  }
  tf.serialization.registerClass(GraphPermutationInvariant)
  tf.serialization.registerClass(GraphAttention)
  return {
    invariant: (args) => new GraphPermutationInvariant(args),
    attention: (args) => new GraphAttention(args),
  }
}

/** The options among the arguments, with their defaults. Throws RangeError for one out of range. */
function optionsOf(fn: string, args: GraphLayerArgs): LayerSizes {
  const { hidden, nodeOutputs } = args
  const defaults = layerSizes(fn, { ...NONE, hidden, nodeOutputs })
  const given = Object.entries(args).filter(([name]) => name in defaults)
  return layerSizes(fn, { ...defaults, ...Object.fromEntries(given), ...NONE })
}

const NONE = { nodeFeatures: 0, edgeFeatures: 0 }

/** Features of nodes and of pairs by the shapes of the inputs; without pairs 0. */
function features(fn: string, shape: Shape | Shape[]): { d: number; e: number } {
  const [nodes, ...others] = shapesOf(shape)
  const pairs = others.find(({ length }) => length === 4)
  const d = nodes.length === 3 ? nodes[2] : null
  const e = pairs ? pairs[3] : 0
  if (d === null || e === null)
    throw new ShapeError(
      `${fn}: expected nodes [B, n, d] and pairs [B, n, n, e] with d and e known, got ${shapesOf(
        shape,
      )
        .map((one) => `[${one.join(', ')}]`)
        .join(', ')}`,
    )
  return { d, e }
}

/** The inputs by their ranks: nodes first, then pairs 4, mask of nodes 2, mask of pairs 3. */
function graphTensors(tf: Tf, fn: string, [nodes, ...others]: readonly Tensor[]): GraphTensors {
  const [B, n] = nodes.shape
  let [edges, nodeMask, pairMask]: (Tensor | undefined)[] = []
  for (const tensor of others)
    if (tensor.rank === 4 && !edges) edges = tensor
    else if (tensor.rank === 2 && !nodeMask) nodeMask = tensor
    else if (tensor.rank === 3 && !pairMask) pairMask = tensor
    else
      throw new ShapeError(
        `${fn}: expected nodes, then at most one of pairs [B, n, n, e], a mask [B, n] and a mask [B, n, n], got another of shape [${tensor.shape.join(', ')}]`,
      )
  return {
    nodes,
    edges: edges ?? tf.zeros([B, n, n, 0]),
    ...(nodeMask && { nodeMask }),
    ...(pairMask && { pairMask }),
  }
}
