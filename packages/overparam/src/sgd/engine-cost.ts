import { isDense, type Shape } from '../data/sparse-rows.js'
import { FEW } from '../network/accumulate.js'
import { SMALL } from '../network/first-layer.js'
import type { EngineKind } from './engine-kind.js'
import type { UnitGroups } from './identical-units.js'

/** The estimated cost of an engine in nanoseconds. */
export interface EngineCost {
  readonly once: number
  readonly update: number
  readonly visit: number
}

/**
 * The expected numbers of epochs and of updates per example of a run about which nothing is known.
 */
const PASSES = 25
const UPDATES = 0.3
/** The fraction of updates that need a row of the Gram matrix that is not there yet. */
const NEW_ROWS = 1 / 3
/** The same after the first epochs, when most examples have been updated before. */
const LATER_ROWS = 1 / 10
/** The engine is changed only if the cost of an epoch decreases to this fraction. */
const BETTER = 0.7
/**
 * The number of epochs before the engine may be changed, since the first epochs have most of the
 * updates; twice as many after each change.
 */
const PATIENCE = 5

/**
 * The cost model of the engines, measured on digits and dense data with 2 to 4000 units: G distinct
 * units of 2k, n examples, ν non-zero features in a row. In nanoseconds:
 *
 * | engine | once                  | per update                    | per visit                |
 * | ------ | --------------------- | ----------------------------- | ------------------------ |
 * | sparse |                       | G ν/4                         | 100 + G ν/4 + 1.5 · 2k   |
 * | gram   | n G ν/4               | G ν/2 + nν + n G              | 50 + 2 G                 |
 * | eager  | 3e5 + 8nν + n G ν/2   | G ν/2 + nν/8 + n (2 + 0.3 G)  | 30                       |
 * | blocks | 4e5 + 8nν + n G ν/2.5 | G ν/2 + nν/8 + n (8 + 0.08 G) | 100 + 0.3 G              |
 * | offset | 3e5 + 8nν + n G ν/2   | G ν/2 + nν/8 + n (6 + 0.4 G)  | 50 + 1.5 G               |
 *
 * `sparse` and `primal` on fewer weights than 4096 are four times as slow, ten times with at most 8
 * units: they do not use WebAssembly.
 *
 * @param newRows - fraction of the updates that need a row of the Gram matrix, 3nν/8: most examples
 *   are updated more than once
 */
export function costOf(
  name: EngineKind,
  rows: Shape,
  groups: UnitGroups,
  newRows = NEW_ROWS,
): EngineCost {
  const n = rows.rows
  const features = rows.index.length / n
  const units = groups.many.length
  const layer = units * features
  const once = 8 * n * features
  const row = newRows * 0.375 * n * features
  switch (name) {
    case 'primal':
    case 'sparse': {
      const slow = units > FEW ? 1 : 2.5
      const small = units * rows.cols < SMALL ? slow * layer : layer / 4
      return { once: 0, update: small, visit: 100 + small + 1.5 * groups.of.length }
    }
    case 'gram':
      return {
        once: (n * layer) / 4,
        update: layer / 2 + n * (features + units),
        visit: 50 + 2 * units,
      }
    case 'eager':
      return {
        once: 3e5 + once + (n * layer) / 2,
        update: layer / 2 + row + n * (2 + 0.3 * units),
        visit: 30,
      }
    case 'blocks':
      return {
        once: 4e5 + once + (n * layer) / 2.5,
        update: layer / 2 + row + n * (8 + 0.08 * units),
        visit: 100 + 0.3 * units,
      }
    case 'offset':
      return {
        once: 3e5 + once + (n * layer) / 2,
        update: layer / 2 + row + n * (6 + 0.4 * units),
        visit: 50 + 1.5 * units,
      }
  }
}

const passOf = (cost: EngineCost, visits: number, updates: number): number =>
  visits * cost.visit + updates * cost.update

function least<T>(items: readonly T[], of: (item: T) => number): T {
  return items.reduce((best, item) => (of(item) < of(best) ? item : best))
}

/** The engine of least expected cost among those without a screen and the given ones. */
export function cheapest(
  rows: Shape,
  groups: UnitGroups,
  screened: readonly EngineKind[],
): EngineKind {
  const small = groups.many.length * rows.cols < SMALL
  const without = small && isDense(rows) ? 'primal' : 'sparse'
  const [visits, updates] = [PASSES * rows.rows, UPDATES * rows.rows]
  return least([without, ...screened], (name) => {
    const cost = costOf(name, rows, groups)
    return cost.once + passOf(cost, visits, updates)
  })
}

/**
 * Whether to change the engine after a pass over the data, not before the fifth pass, the tenth
 * after the first change, the twentieth after the second: when the passes with this engine have
 * cost as much as starting another one, and a pass like the last one would be much cheaper with it.
 * Runs have fewer and fewer updates in an epoch, so the cheapest engine can change twice. So a run
 * costs at most about twice the optimum, whatever its length.
 *
 * @param seen - passes since the engine was started, updates in the last of them, and the number of
 *   changes before
 * @returns the other engine, or `undefined` to keep this one
 */
export function change(
  current: EngineKind,
  rows: Shape,
  groups: UnitGroups,
  screened: readonly EngineKind[],
  seen: { readonly passes: number; readonly updates: number; readonly changes: number },
): EngineKind | undefined {
  const pass = (name: EngineKind): number =>
    passOf(costOf(name, rows, groups, LATER_ROWS), rows.rows, seen.updates)
  const other = least(['sparse', ...screened], pass)
  const worth = pass(other) < BETTER * pass(current)
  const { once } = costOf(other, rows, groups)
  const paid = seen.passes >= PATIENCE * 2 ** seen.changes && seen.passes * pass(current) >= once
  return other !== current && worth && paid ? other : undefined
}
