import { ArgumentError } from '@nonconvex/tensor'
import { readable } from '../claims/readable.js'
import { decode, encode } from './encode.js'
import { allFinite, findNonFinite } from './finite.js'
import type { RunOptions } from './options.js'
import type { Ending, Outcome, RunStatus } from './outcome.js'
import type { Run, RunState, Visit } from './run-state.js'
import { Watch } from './tally.js'
import { Recorder, type LastRow } from './trace.js'

/** The loop of `run` and `resume`. */
export class Loop<S> implements Run<S> {
  #state: S
  #step = 0
  #begun = false
  #ending: Ending<S> | undefined
  #error: { readonly thrown: unknown } | undefined
  #outcome: Outcome<S> | undefined
  /** the function that is being called, to name the place of a failure */
  #place = 'step'
  readonly #options: Omit<RunOptions<S>, 'start'>
  readonly #watch: Watch<S>
  readonly #recorder: Recorder
  readonly #finite: (state: S) => boolean

  constructor(options: Omit<RunOptions<S>, 'start'> & { readonly start?: S }, saved?: RunState<S>) {
    this.#options = options
    this.#finite = options.finite ?? allFinite
    this.#watch = new Watch(options.monitors ?? [])
    this.#recorder = new Recorder(options.thin, saved && decode(saved.recorder))
    // `start` may be left out of the options only where there is a saved state
    this.#state = saved ? decode(saved.state) : (options.start as S)
    if (!saved) return
    this.#step = saved.step
    this.#begun = saved.begun
    this.#ending = saved.ending && decode(saved.ending)
    this.#watch.restore(decode(saved.tallies), decode(saved.breaches))
  }

  get step(): number {
    return this.#step
  }

  get state(): S {
    return this.#state
  }

  get ended(): boolean {
    return this.#ending !== undefined
  }

  advance(): boolean {
    if (this.#ending !== undefined) return false
    if (this.#options.signal?.aborted === true) {
      this.#endAborted()
      return false
    }
    try {
      if (!this.#begun) this.#begin()
      else if (this.#step >= this.#options.maxSteps) this.#endAtMaxSteps()
      else this.#makeStep()
    } catch (thrown) {
      this.#fail(thrown)
    }
    return this.#ending === undefined
  }

  *[Symbol.iterator](): Iterator<Visit<S>> {
    while (this.#ending === undefined) {
      const step = this.#step
      const begun = this.#begun
      this.advance()
      if (this.#step !== step || this.#begun !== begun)
        yield { step: this.#step, state: this.#state }
    }
  }

  finish(): Outcome<S> {
    while (this.advance());
    return (this.#outcome ??= this.#conclude())
  }

  async finishAsync({ slice = 1000 }: { readonly slice?: number } = {}): Promise<Outcome<S>> {
    if (!Number.isSafeInteger(slice) || slice < 1)
      throw new ArgumentError(`finishAsync: expected slice to be an integer >= 1, got ${slice}`)
    for (;;) {
      for (let i = 0; i < slice; i++) if (!this.advance()) return this.finish()
      await nextTurn()
    }
  }

  save(): RunState<S> {
    const ending = this.#ending
    const forGood = ending && ending.status !== 'aborted' && ending.status !== 'max-steps'
    return {
      schema: 'nonconvex/run@1',
      step: this.#step,
      begun: this.#begun,
      state: encode(this.#state),
      recorder: encode(this.#recorder.save()),
      tallies: encode(this.#watch.tallies()),
      breaches: encode(this.#watch.breaches),
      ...(forGood && { ending: encode(ending) }),
    }
  }

  #begin(): void {
    this.#begun = true
    this.#look(undefined)
  }

  #makeStep(): void {
    const before = this.#state
    const step = this.#step + 1
    this.#place = 'step'
    this.#state = this.#options.step(before, step)
    this.#step = step
    this.#look(before)
  }

  /** Processes a new state. */
  #look(before: S | undefined): void {
    const { onBreach = 'stop', stop, observe } = this.#options
    const now = this.#state
    const step = this.#step
    this.#place = 'finite'
    if (!this.#finite(now)) {
      this.#endNotFinite(placeIn(now), before)
      return
    }
    this.#place = 'monitors'
    if (!this.#watch.check(now, before, step)) {
      if (this.#watch.notFinite !== undefined) {
        this.#endNotFinite(`monitor ${this.#watch.notFinite}`, before)
        return
      }
      if (onBreach === 'stop') this.#endViolated()
    }
    if (observe && step >= this.#recorder.nextStep) {
      this.#place = 'observe'
      const bad = this.#recorder.record(step, observe(now))
      if (bad !== undefined) this.#endNotFinite(`observed ${bad}`, before)
    }
    if (this.#ending !== undefined || !stop) return
    this.#place = 'stop'
    const reason = stop(now, step)
    if (reason !== undefined)
      this.#end('converged', `converged at step ${readable(step)}: ${reason}`)
  }

  #endViolated(): void {
    const broken = this.#watch.breaches.filter((b) => b.step === this.#step)
    const list = broken.map(
      (b) =>
        `${b.claim} (measured ${readable(b.measured)}, expected ${b.relation} ${readable(b.bound)})`,
    )
    // a run that counted more breaches than it keeps, resumed to stop at the next one, has no list
    const what = list.join(', ') || 'a monitored bound'
    this.#end('violated', `step ${readable(this.#step)} broke ${what}`)
  }

  #endAtMaxSteps(): void {
    const { maxSteps } = this.#options
    this.#end(
      'max-steps',
      `stopped at step ${readable(this.#step)}: maxSteps is ${readable(maxSteps)}`,
    )
  }

  #endNotFinite(place: string, before: S | undefined): void {
    this.#ending = {
      status: 'not-finite',
      message: `step ${readable(this.#step)} is not finite: ${place}`,
      place,
      ...(before !== undefined && { lastFinite: before }),
    }
  }

  #fail(thrown: unknown): void {
    if (this.#place === 'step' && this.#options.signal?.aborted === true) {
      this.#endAborted()
      return
    }
    const place = this.#place === 'monitors' ? `monitor ${this.#watch.current}` : this.#place
    // a step that throws has not made its state: it is the next one
    const step = place === 'step' ? this.#step + 1 : this.#step
    this.#error = { thrown }
    this.#ending = {
      status: 'failed',
      message: `step ${readable(step)} failed in ${place}: ${String(thrown)}`,
      place,
    }
  }

  #endAborted(): void {
    this.#end('aborted', `aborted at step ${readable(this.#step)}; resume from save() to go on`)
  }

  #end(status: RunStatus, message: string): void {
    this.#ending = { status, message }
  }

  #conclude(): Outcome<S> {
    const last = this.#lastRow()
    const ending = this.#ending as Ending<S>
    return {
      ...ending,
      step: this.#step,
      state: this.#state,
      ...(this.#error && { error: this.#error.thrown }),
      trace: this.#recorder.trace(last),
      breaches: [...this.#watch.breaches],
      tallies: this.#watch.tallies(),
    }
  }

  /** The row of the last state if the schedule skipped it. Not saved. */
  #lastRow(): LastRow | undefined {
    const { observe } = this.#options
    const ending = this.#ending as Ending<S>
    const broken = ending.status === 'not-finite' || ending.place === 'observe'
    if (!observe || !this.#begun || broken || this.#recorder.has(this.#step)) return undefined
    this.#place = 'observe'
    try {
      const row = this.#recorder.checked(observe(this.#state))
      const bad = Object.keys(row).find((name) => !Number.isFinite(row[name]))
      if (bad !== undefined && benign(ending.status))
        this.#endNotFinite(`observed ${bad}`, undefined)
      return { step: this.#step, row }
    } catch (thrown) {
      if (benign(ending.status)) this.#fail(thrown)
      return undefined
    }
  }
}

/** Whether a failure while recording the last row replaces this status. */
function benign(status: RunStatus): boolean {
  return status === 'converged' || status === 'max-steps' || status === 'aborted'
}

function placeIn(state: unknown): string {
  const found = findNonFinite(state)
  if (found === undefined || found === '') return 'state'
  return found.startsWith('[') ? `state${found}` : `state.${found}`
}

/**
 * Resolves after one turn of the event loop. A message, not a timer: browsers delay timers by 4 ms.
 */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
