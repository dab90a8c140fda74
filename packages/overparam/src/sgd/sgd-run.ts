import { checkInteger } from '@nonconvex/tensor/check'
import type { Breach } from '@nonconvex/optim'
import { boundSetting } from '../bounds/start.js'
import { potentialMonitors } from '../claims/potential-monitors.js'
import { separationsOf, squaredNorms, type Examples } from '../data/dataset.js'
import { isSparse } from '../data/sparse-rows.js'
import { byUnit } from '../network/net.js'
import { Engines, type Engine } from './engine.js'
import type { EngineCost } from './engine-cost.js'
import { settle, type SgdOptions, type SgdProgress, type SgdSetting } from './options.js'
import { visitor } from './order.js'
import {
  groupColumns,
  outputOf,
  pushOf,
  singles,
  unitColumns,
  unitGroups,
  type UnitGroups,
} from './identical-units.js'
import { FeatureSums } from './feature-sums.js'
import { messageOf } from './outcome-message.js'
import type { SgdOutcome, SgdStatus } from './outcome.js'
import { activityOf, joined } from './slope-bits.js'
import { PotentialWatch } from './potential-watch.js'
import {
  checkState,
  freshState,
  resumedState,
  savedState,
  type RunningState,
  type SgdState,
} from './state.js'
import { potentials, slopeSum, type UpdateState } from './update-state.js'
import { lastUpdateState } from './last-update-state.js'

/**
 * A run of SGD on the hinge loss, one example per step, that can be advanced, saved and resumed.
 *
 *     if y_i N(x_i) < 1:  w_j ← w_j + η y_i v_j s_j x_i  for all j,   s_j = 1 if w_j·x_i > 0, else α
 *
 * The run ends when n distinct examples were visited without update since the last update, which is
 * equivalent to a loss of exactly 0. `trainSgd` runs one to its end.
 *
 * @example
 * import { SgdRun } from '@nonconvex/overparam'
 * const data = { x: { rows: 2, cols: 1, data: Float64Array.of(2, -3) }, y: Float64Array.of(1, -1) }
 * const options = { k: 1, start: new Float64Array(2), order: { kind: 'cyclic' } }
 * const first = new SgdRun(data, options)
 * first.advance(1)
 * const second = new SgdRun(data, options, first.save())
 * while (second.advance(100) === 'running');
 * console.log(second.outcome().message) // → 1 update in 3 steps; the loss is exactly 0
 */
export class SgdRun {
  private readonly data: Examples
  private readonly options: SgdOptions
  private readonly setting: SgdSetting
  private readonly engines: Engines
  private engine: Engine
  private readonly visit: (step: number) => number
  /** The example that is visited `offset` steps later in this epoch. */
  private readonly upcoming = (offset: number): number => {
    const { step, stamps } = this.state
    return ((step - 1) % stamps.length) + offset < stamps.length ? this.visit(step + offset) : -1
  }
  private readonly groups: UnitGroups
  private readonly distinctUnits: number
  /** updates before the pass that is being made */
  private updatesBefore = 0
  private readonly state: RunningState
  private readonly watch: PotentialWatch | undefined
  private readonly norms2: Float64Array
  private readonly separations: Float64Array
  /** of a traced run on sparse rows */
  private readonly sums: FeatureSums | undefined
  private breach: Breach | undefined
  private ended: SgdStatus = 'running'

  /**
   * @param saved - what `save` returned, of a run with the same data and options
   * @param fn - the function name for error messages
   * @throws ShapeError, RangeError for a malformed data set or option; ShapeError for the state of
   *   another run
   */
  constructor(data: Examples, options: SgdOptions, saved?: SgdState, fn = 'SgdRun') {
    this.setting = settle(fn, data, options)
    const { net, eta } = this.setting
    this.data = data
    this.options = options
    this.visit = visitor(options.order, data.x.rows)
    if (saved) checkState(fn, saved, this.setting, data.x.rows)
    this.state = saved ? resumedState(saved) : freshState(this.setting, data.x.rows)
    const { trace } = options
    const groups = unitGroups(net)
    this.distinctUnits = groups.many.length
    // potentials are summed over all units
    this.groups = trace ? singles(net) : groups
    const name = options.engine ?? 'auto'
    this.engines = new Engines(name, data, net, this.groups, eta, options.threads ?? 1)
    this.engine = this.engines.start(name, groupColumns(this.state.weights, this.groups, net.d))
    this.state.weights = this.engine.layer.weights
    this.norms2 = trace ? squaredNorms(data.x) : new Float64Array(0)
    this.separations = trace ? separationsOf(data, trace.wStar) : new Float64Array(0)
    if (!trace) return
    const monitors = trace.monitors ?? potentialMonitors(boundSetting(net, data, trace.wStar, eta))
    this.watch = new PotentialWatch(monitors, saved?.rooms)
    if (isSparse(data.x)) this.sums = new FeatureSums(this.state.weights, trace.wStar, 2 * net.k)
    if (!saved) this.record(this.sums ?? potentials(this.state.weights, trace.wStar, 2 * net.k), 0)
    this.watch.begin(this.updateState())
  }

  get status(): SgdStatus {
    return this.ended
  }

  progress(): SgdProgress {
    const { step, clean, sequence, f, s } = this.state
    const traced = f.length > 0 && { f: f.last(0), s: s.last(0) }
    return { step, updates: sequence.length, clean, ...traced }
  }

  /**
   * Makes up to `steps` more visits; stops early when the run ends.
   *
   * @throws RangeError if steps is not an integer ≥ 0
   */
  advance(steps: number): SgdStatus {
    checkInteger('SgdRun.advance', 'steps', steps, 0)
    const { state, visit, groups } = this
    const { y } = this.data
    const { net } = this.setting
    const { stamps } = state
    const n = stamps.length
    const last = Math.min(state.step + steps, this.setting.maxSteps)
    while (this.ended === 'running' && state.step < last) {
      if (state.step % n === 0) this.reconsider()
      const { layer, screen } = this.engine
      const i = visit(++state.step)
      // clean since the last update: the same weights would give the same answer
      if (stamps[i] === state.sequence.length) continue
      let clean = screen?.clean(i, this.upcoming) ?? false
      let margin = 1
      if (!clean) {
        layer.activate(i)
        margin = y[i] * outputOf(layer.z, groups, net, layer)
        screen?.set(i, layer.z, margin)
        clean = margin >= 1
      }
      if (clean) {
        stamps[i] = state.sequence.length
        if (++state.clean === n) this.converge()
      } else this.update(i, margin)
    }
    if (this.ended === 'running' && state.step >= this.setting.maxSteps) this.ended = 'max-steps'
    if (this.ended !== 'running') this.engines.close()
    return this.ended
  }

  /**
   * Skips visits, for subsets of examples; the skipped ones are not evaluated.
   *
   * @throws RangeError if steps is not an integer ≥ 0
   */
  pass(steps: number): void {
    checkInteger('SgdRun.pass', 'steps', steps, 0)
    if (this.ended === 'running') this.state.step += steps
  }

  /** The number of updates, and the example of the last one (−1 if none). */
  lastUpdate(): { readonly updates: number; readonly example: number } {
    const { sequence } = this.state
    return { updates: sequence.length, example: sequence.last(-1) }
  }

  /** The estimated cost of a visit and of an update with the current engine, in nanoseconds. */
  cost(): EngineCost {
    return this.engines.cost(this.engine.name, this.watch !== undefined)
  }

  /** Ends the run with status `aborted`. */
  abort(): void {
    if (this.ended === 'running') this.ended = 'aborted'
    this.engines.close()
  }

  /**
   * Verifies with the weights that the loss is 0 on all examples, as a screen has found.
   */
  private converge(): void {
    const { screen, layer, name } = this.engine
    const { net } = this.setting
    if (screen)
      layer.each((i, z) => {
        const margin = this.data.y[i] * outputOf(z, this.groups, net, layer)
        if (!(margin >= 1))
          throw new Error(
            `SgdRun: engine ${name} skipped the update of example ${i}, y N is ${margin}`,
          )
      })
    this.ended = 'converged'
  }

  /** Decides between two epochs whether to change the engine. */
  private reconsider(): void {
    const { state } = this
    const updates = state.sequence.length - this.updatesBefore
    this.updatesBefore = state.sequence.length
    if (state.step === 0) return
    const passes = state.step / state.stamps.length
    this.engine = this.engines.reconsider(this.engine, { passes, updates }) ?? this.engine
    state.weights = this.engine.layer.weights
  }

  private update(i: number, margin: number): void {
    const { state, groups } = this
    const { layer, screen } = this.engine
    const { z, push } = layer
    const { net, eta } = this.setting
    if (!Number.isFinite(margin)) {
      this.ended = 'not-finite'
      return
    }
    const plus = eta * this.data.y[i] * net.v
    const active = pushOf(layer, groups, plus, net.alpha)
    layer.add(i)
    screen?.update(i, push, active, margin)
    state.clean = 0
    state.sequence.push(i)
    state.atStep.push(state.step)
    state.active.push(active)
    state.margins.push(margin)
    if (this.options.slopes) state.slopes.push(activityOf(z, groups))
    if (active > 0 || net.alpha > 0) {
      state.moving++
      state.lastMoving = state.step
    }
    const { trace } = this.options
    if (!trace || !this.watch) return
    const { sums, data } = this
    if (sums && isSparse(data.x)) sums.update(state.weights, data.x, i)
    this.record(sums ?? potentials(state.weights, trace.wStar, 2 * net.k), slopeSum(active, net))
    const found = this.watch.see(this.updateState())
    if (found === 'not-finite') this.ended = found
    else if (found) {
      this.breach = found
      this.ended = 'violated'
    }
  }

  private record(now: { readonly f: number; readonly s: number }, slopes: number): void {
    const { f, s, a } = this.state
    f.push(now.f)
    s.push(now.s)
    a.push(a.last(0) + slopes)
  }

  private updateState(): UpdateState {
    return lastUpdateState(this.state, this.setting.net, this.norms2, this.separations)
  }

  /** The weights by feature, with a column for each unit. */
  private weights(): Float64Array {
    return unitColumns(this.state.weights, this.groups, this.setting.net.d)
  }

  /** The state of the run; pass it to the constructor to resume with identical numbers. */
  save(): SgdState {
    return savedState({
      ...this.state,
      weights: this.weights(),
      rooms: this.watch?.rooms() ?? [],
    })
  }

  /** The outcome so far; final once `status` is no longer 'running'. */
  outcome(): SgdOutcome {
    const { state, setting } = this
    const { net } = setting
    return {
      status: this.ended,
      message: messageOf({
        status: this.ended,
        updates: state.sequence.length,
        steps: state.step,
        ...(this.breach && { claim: this.breach.claim }),
      }),
      updates: state.sequence.length,
      steps: state.step,
      lastUpdate: state.atStep.last(0),
      distinct: new Set(state.sequence.view()).size,
      moving: state.moving,
      lastMoving: state.lastMoving,
      sequence: state.sequence.view(),
      atStep: state.atStep.view(),
      active: state.active.view(),
      margins: state.margins.view(),
      distinctUnits: this.distinctUnits,
      ...(this.options.slopes && { slopes: joined(state.slopes) }),
      net: { ...net, weights: byUnit(this.weights(), 2 * net.k, net.d) },
      engine: this.engine.name,
      ...(this.watch && {
        trace: {
          f: state.f.view(),
          s: state.s.view(),
          a: state.a.view(),
          rooms: this.watch.rooms(),
        },
      }),
      ...(this.breach && { breach: this.breach }),
    }
  }
}
