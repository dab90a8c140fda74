import {
  errorRate,
  forward,
  hingeLoss,
  SgdRun,
  type Net,
  type SgdStatus,
} from '@nonconvex/overparam'
import { deadUnits, type DeadUnits } from '@nonconvex/overparam/relu'
import type { Problem } from './problem.js'

/** A run of SGD as far as it is. */
export interface Snapshot {
  readonly problem: Problem
  /** 'stuck': no unit is active on any example with a positive loss, so nothing ever changes */
  readonly status: SgdStatus | 'stuck'
  readonly updates: number
  readonly steps: number
  /** examples of the updates so far: the compression set */
  readonly updated: ReadonlySet<number>
  /** the example of the last update; −1 before the first */
  readonly last: number
  readonly net: Net
  /** mean hinge loss, and the fraction of examples on the wrong side */
  readonly loss: number
  readonly error: number
  /** of a ReLU network */
  readonly dead?: DeadUnits
}

/** Visits between two looks at the clock. */
const VISITS = 64

/** One run of SGD that is advanced in pieces: update by update, or for some milliseconds. */
export class Training {
  readonly problem: Problem
  private readonly run: SgdRun
  private readonly updated = new Set<number>()
  private stuck = false
  /** the pass after which a ReLU network is looked at */
  private nextLook = 1

  constructor(problem: Problem) {
    this.problem = problem
    this.run = new SgdRun(problem.examples.data, problem.options)
  }

  get ended(): boolean {
    return this.stuck || this.run.status !== 'running'
  }

  get updates(): number {
    return this.run.lastUpdate().updates
  }

  /** Advances to this number of updates, or to the end, while there is time; whether it is there. */
  advance(updates: number, enough: () => boolean): boolean {
    let visits = 0
    while (!this.ended && this.updates < updates) {
      if (++visits % VISITS === 0 && enough()) return false
      this.visit()
    }
    return true
  }

  private visit(): void {
    const { run } = this
    const before = run.lastUpdate().updates
    run.advance(1)
    const { updates, example } = run.lastUpdate()
    if (updates > before) this.updated.add(example)
    if (this.problem.options.alpha > 0) return
    const n = this.problem.examples.data.y.length
    if (run.progress().step < this.nextLook * n) return
    // after every pass at first, and at most a quarter of the run later
    this.nextLook = Math.ceil(1.25 * this.nextLook)
    const { status, net } = run.outcome()
    this.stuck = status === 'running' && deadUnits(net, this.problem.examples.data).stuck
  }

  snapshot(): Snapshot {
    const { problem, run } = this
    const { data } = problem.examples
    const { net, updates, steps, status } = run.outcome()
    const outputs = forward(net, data.x)
    return {
      problem,
      status: this.stuck ? 'stuck' : status,
      updates,
      steps,
      updated: new Set(this.updated),
      last: run.lastUpdate().example,
      net,
      loss: hingeLoss(outputs, data.y),
      error: errorRate(outputs, data.y),
      ...(net.alpha === 0 && { dead: deadUnits(net, data) }),
    }
  }
}
