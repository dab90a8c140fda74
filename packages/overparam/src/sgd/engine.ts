import type { Examples } from '../data/dataset.js'
import { isSparse, shapeOf, type Shape } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import { Arena } from '../network/arena.js'
import { BlockScreen, blockScreenBytes } from './block-screen.js'
import { EagerScreen, eagerScreenBytes } from './eager-screen.js'
import { change, cheapest, costOf, type EngineCost } from './engine-cost.js'
import type { EngineKind, EngineName } from './engine-kind.js'
import {
  DenseLayer,
  SparseLayer,
  sparseLayer,
  sparseLayerBytes,
  type FirstLayer,
} from '../network/first-layer.js'
import { GramScreen } from './gram-screen.js'
import type { UnitGroups } from './identical-units.js'
import { OffsetScreen, offsetScreenBytes } from './offset-screen.js'
import { SecondThread } from '../threads/second-thread.js'
import type { Screen } from './screen.js'

/**
 * The operations of one step: pre-activations of an example, and adding a multiple of it to every
 * unit.
 */
export interface Engine {
  readonly name: EngineKind
  readonly layer: FirstLayer
  /** detects visits without update without using the weights; undefined if there is no screen */
  readonly screen?: Screen
}

const SCREENS = {
  eager: { Screen: EagerScreen, bytes: eagerScreenBytes },
  blocks: { Screen: BlockScreen, bytes: blockScreenBytes },
  offset: { Screen: OffsetScreen, bytes: offsetScreenBytes },
} as const

/**
 * The number of groups of units from which on a second thread is worthwhile, at least for the long
 * jobs.
 */
const BROAD = 128

/**
 * The memory that an automatically chosen engine may use: three times that of the features, but at
 * least 240 MB and at most 1 GB.
 */
const ROOM = { least: 240 * 2 ** 20, most: 2 ** 30, features: 3 }

/** The engines for a network and its data. */
export class Engines {
  private readonly data: Examples
  private readonly net: Net
  private readonly groups: UnitGroups
  private readonly eta: number
  private known: Shape | undefined
  private readonly named: boolean
  /** changes of the engine, and the pass before the current one was started */
  private changes = 0
  private startedAfter = 0
  private readonly threads: 1 | 2
  private second: SecondThread | undefined

  /** @param threads - 2: a second thread does half of the work on wide networks */
  constructor(
    name: EngineName,
    data: Examples,
    net: Net,
    groups: UnitGroups,
    eta: number,
    threads: 1 | 2 = 1,
  ) {
    this.threads = threads
    this.data = data
    this.net = net
    this.groups = groups
    this.eta = eta
    this.named = name !== 'auto'
  }

  /**
   * @param weights - by feature, one column for each group of units; copied if the engine has its
   *   own memory
   */
  start(name: EngineName, weights: Float64Array): Engine {
    const { groups } = this
    const kind = name === 'auto' ? cheapest(this.rows(), groups, this.fitting()) : name
    const units = groups.many.length
    const { x } = this.data
    if (kind === 'primal' && !isSparse(x))
      return { name: kind, layer: new DenseLayer(x, weights, units) }
    const rows = this.rows()
    // rows that are sparse are read as such
    if (kind === 'sparse' || kind === 'primal' || kind === 'gram') {
      const layer = sparseLayer(x, weights, units)
      if (kind !== 'gram') return { name: 'sparse', layer }
      return {
        name: kind,
        layer,
        screen: new GramScreen(layer.rows, this.data.y, this.net, groups),
      }
    }
    const { Screen, bytes: more } = SCREENS[kind]
    // it takes a while to come, so it is called before memory is filled
    if (this.threads === 2 && kind === 'blocks' && units >= BROAD)
      this.second = SecondThread.start()
    const { second } = this
    const bytes = sparseLayerBytes(rows, units) + more(rows, groups)
    const arena = new Arena(bytes, second ? 'shared' : 'auto')
    const layer = new SparseLayer(x, weights, units, arena, second)
    const { data, net, eta } = this
    const screen = new Screen(layer.rows, layer, data.y, net, groups, eta, arena, second)
    return { name: kind, layer, screen }
  }

  /** Releases the second thread; engines continue without it. */
  close(): void {
    this.second?.close()
    this.second = undefined
  }

  /** Another engine with the same weights if it pays; see `change`. */
  reconsider(
    current: Engine,
    { passes, updates }: { readonly passes: number; readonly updates: number },
  ): Engine | undefined {
    if (this.named) return undefined
    const { changes } = this
    const seen = { passes: passes - this.startedAfter, updates, changes }
    const kind = change(current.name, this.rows(), this.groups, this.fitting(), seen)
    if (!kind) return undefined
    this.changes++
    this.startedAfter = passes
    // it cannot leave the memory that it was given
    this.close()
    return this.start(kind, current.layer.weights)
  }

  /**
   * @param traced - whether both potentials are summed at every update
   */
  cost(kind: EngineKind, traced: boolean): EngineCost {
    const cost = costOf(kind, this.rows(), this.groups)
    if (!traced) return cost
    const { x } = this.data
    const summed = isSparse(x)
      ? (2 * this.net.k * x.index.length) / x.rows
      : this.net.weights.length
    return { ...cost, update: cost.update + 2 * summed }
  }

  private rows(): Shape {
    return (this.known ??= shapeOf(this.data.x))
  }

  /** The engines with an acceptable memory size. */
  private fitting(): readonly (keyof typeof SCREENS)[] {
    const rows = this.rows()
    const { x } = this.data
    const features = isSparse(x) ? 12 * x.index.length : 8 * x.data.length
    const room = Math.min(ROOM.most, Math.max(ROOM.least, ROOM.features * features))
    const layer = sparseLayerBytes(rows, this.groups.many.length)
    return (['eager', 'blocks', 'offset'] as const).filter(
      (name) => layer + SCREENS[name].bytes(rows, this.groups) <= room,
    )
  }
}
