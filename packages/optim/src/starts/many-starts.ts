import type { Stream } from '@nonconvex/tensor'
import type { RunOptions } from '../run/options.js'
import type { Outcome } from '../run/outcome.js'
import { run, type Run } from '../run/run.js'
import { summarise, type Summary } from './summary.js'

/** Many runs of one kind. Everything of `RunOptions` but the start is shared by all of them. */
export interface ManyStartsOptions<S> extends Omit<RunOptions<S>, 'start'> {
  readonly stream: Stream
  /** integer >= 0: how many runs */
  readonly count: number
  /** integer >= 0, default 0: the index of the first, so that a part of a larger set can be run */
  readonly first?: number
  /** the start of run i from its own stream, stream.child('start', i) */
  readonly start: (stream: Stream, i: number) => S
  /** options of run i in place of the shared ones, for instance an sgd with its own stream */
  readonly each?: (stream: Stream, i: number) => Partial<Omit<RunOptions<S>, 'start' | 'signal'>>
  /** integer >= 1, default 1: how many runs go on side by side, one step each in turn */
  readonly batch?: number
}

/** One of many runs, finished. */
export interface Finished<S> {
  readonly index: number
  readonly outcome: Outcome<S>
}

/**
 * Runs under way: iterating yields them as they finish. Leaving the loop pauses; iterating again
 * goes on.
 */
export interface ManyStarts<S> extends Iterable<Finished<S>> {
  /**
   * Makes all that is left: the outcomes not yielded so far, by index, and what became of those.
   */
  finish(): { readonly finished: readonly Finished<S>[]; readonly summary: Summary }
}

/**
 * Runs from many starts. Run i takes its randomness from `stream.child('start', i)` alone, so it is
 * the same bit for bit alone, in a batch, in another order or on another machine.
 *
 * `batch: 1` makes one run after the other, and they are yielded by index. With a larger batch that
 * many go in lockstep and are yielded as they finish (of those that finish in the same round, by
 * index); the next run takes the free place. When the signal is given, the runs under way end as
 * `aborted`, with their states, and those not begun are left out.
 *
 * @throws RangeError if count, first or batch is out of range; when a run is begun, as `run`, and
 *   what `start` and `each` throw
 *
 * Cost: memory for `batch` runs, and with `finish` for all outcomes.
 *
 * @example
 * import { manyStarts } from '@nonconvex/optim'
 * import { stream } from '@nonconvex/tensor'
 * const halving = manyStarts({
 *   stream: stream(1),
 *   count: 3,
 *   start: (s) => s.uniform(),
 *   step: (x) => x / 2,
 *   stop: (x) => (x < 0.1 ? 'small' : undefined),
 *   maxSteps: 10,
 * })
 * console.log(halving.finish().summary.statuses) // → { converged: 3 }
 */
export function manyStarts<S>(options: ManyStartsOptions<S>): ManyStarts<S> {
  const { count, first = 0, batch = 1 } = options
  integer('count', count, 0)
  integer('first', first, 0)
  integer('batch', batch, 1)
  let active: { readonly index: number; readonly one: Run<S> }[] = []
  let next = first
  const ready: Finished<S>[] = []

  /** Fills the free places and makes one step of each run, or all of a run that is alone. */
  function round(): void {
    while (active.length < batch && next < first + count && options.signal?.aborted !== true)
      active.push({ index: next, one: begin(options, next++) })
    if (batch === 1) for (const { one } of active) one.finish()
    const going = active.filter(({ one }) => one.advance())
    for (const { index, one } of active) if (one.ended) ready.push({ index, outcome: one.finish() })
    active = going
  }

  function* outcomes(): Generator<Finished<S>, void> {
    for (;;) {
      for (let item = ready.shift(); item; item = ready.shift()) yield item
      if (active.length === 0 && (next >= first + count || options.signal?.aborted === true)) return
      round()
    }
  }

  return {
    [Symbol.iterator]: outcomes,
    finish() {
      const finished = [...outcomes()].sort((a, b) => a.index - b.index)
      return { finished, summary: summarise(finished.map(({ outcome }) => outcome)) }
    },
  }
}

function begin<S>(options: ManyStartsOptions<S>, i: number): Run<S> {
  const { stream, start, each, ...shared } = options
  const own = stream.child('start', i)
  // own options draw from a child, so that having them leaves the start as it is
  return run({ ...shared, ...each?.(own.child('options'), i), start: start(own, i) })
}

function integer(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(`manyStarts: ${name} must be an integer >= ${least}, got ${value}`)
}
