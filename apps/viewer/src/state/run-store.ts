import type {
  Conclusion,
  Experiment,
  Failure,
  ParamValues,
  Result,
  Row,
} from '@nonconvex/experiments'
import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { Job } from '../work/messages.js'
import type { Runner } from '../work/runner.js'
import { formatAddress } from './address.js'
import { estimate, secondsLeft, type Cost } from './estimate.js'
import { keepEqual } from './keep-equal.js'
import type { Kept } from './kept.js'
import { addressOf, begun, isOf, isUnderWay, jobOf, type Run } from './run.js'

/** What the store works with. */
export interface Surroundings {
  readonly runner: () => Runner
  readonly kept: Kept
  /** the quick preset's document, which comes with the page */
  readonly quick: (id: string) => Promise<Result | undefined>
  readonly isQuick: (experiment: Experiment, params: ParamValues, seed: number) => boolean
  readonly programOf: (id: string) => string
  /** resolves when the page has been painted */
  readonly painted: () => Promise<void>
  /** milliseconds */
  readonly now: () => number
}

/** Whether an address has been opened, or a value of the form changed. */
export type Asked = 'opened' | 'edited'

/** Seconds, as estimated, that the page computes by itself. */
const limits = { opened: 30, edited: 1 }

/** What a page asks of its runs. */
export interface RunStore {
  /** the run that is shown of an experiment, if there is one */
  runOf(id: string): ReadonlySignal<Run | undefined>
  /** the experiment that runs now, at the reader's wish */
  readonly runningId: ReadonlySignal<string | undefined>
  /** the experiment whose result is being brought, or computed by itself: it is not out of date */
  readonly pendingId: ReadonlySignal<string | undefined>
  warmUp(experiment: Experiment): void
  show(experiment: Experiment, params: ParamValues, seed: number, how: Asked): Promise<void>
  start(experiment: Experiment, params: ParamValues, seed: number): void
  stop(id: string): void
  expectedSeconds(experiment: Experiment, params: ParamValues): number
}

/** A run that begins by itself is given up after this many times its limit. */
const patience = 3
/** So many runs are at hand for Back and Forward. */
const remembered = 40

/** The runs of a page: one at a time; others wait. */
export function createRunStore(around: Surroundings): RunStore {
  const runs = new Map<string, Signal<Run | undefined>>()
  /** finished runs by address, the oldest first */
  const finished = new Map<string, Run>()
  const costs = new Map<string, Cost>()
  const queue: Run[] = []
  const current = signal<string | undefined>(undefined)
  const pending = signal<string | undefined>(undefined)
  let shared: Runner | undefined
  /** stops the run that goes on */
  let halt: (() => void) | undefined
  /** gives up the run that has begun by itself */
  let drop: (() => void) | undefined
  /** the last call of `show`: an earlier one that comes later is void */
  let asked = 0

  const slot = (id: string): Signal<Run | undefined> => {
    let found = runs.get(id)
    if (!found) runs.set(id, (found = signal<Run | undefined>(undefined)))
    return found
  }
  const runner = (): Runner => (shared ??= around.runner())
  const expectedSeconds = (experiment: Experiment, params: ParamValues): number =>
    estimate(experiment, params, costs.get(experiment.id))

  const remember = (run: Run): void => {
    const address = addressOf(run)
    finished.delete(address)
    finished.set(address, run)
    const [oldest] = finished.keys()
    if (finished.size > remembered && oldest !== undefined) finished.delete(oldest)
  }

  /** A run whose document is there. */
  const ofResult = (experiment: Experiment, result: Result, before?: Conclusion): Run => ({
    status: 'done',
    experiment,
    params: result.params,
    seed: result.seed,
    done: result.rows.length,
    total: experiment.cells(result.params).length,
    failures: result.failures ?? [],
    result,
    conclusion: keepEqual(before, result),
  })

  const finish = (run: Run, result: Result, before: Conclusion | undefined): Run => {
    const { experiment } = run
    costs.set(experiment.id, { cells: run.total, seconds: result.timings.total })
    const done = ofResult(experiment, result, before)
    remember(done)
    void around.kept.write(addressOf(done), around.programOf(experiment.id), result)
    return done
  }

  /** Shows what there is for these values already; false where nothing is. */
  const recall = async (
    experiment: Experiment,
    params: ParamValues,
    seed: number,
    wanted: () => boolean,
  ): Promise<boolean> => {
    const record = slot(experiment.id)
    const address = formatAddress(experiment, params, seed)
    const place = (run: Run): true => {
      if (wanted()) record.value = run
      return true
    }
    const known = finished.get(address)
    if (known) return place(known)
    const isQuick = around.isQuick(experiment, params, seed)
    const result =
      (await around.kept.read(address, around.programOf(experiment.id))) ??
      (isQuick ? await around.quick(experiment.id) : undefined)
    if (!result) return false
    const run: Run = {
      ...ofResult(experiment, result, shown(record)),
      stored: isQuick ? 'quick' : 'kept',
    }
    remember(run)
    return place(run)
  }

  /** Runs in place of what is shown, which stays until the new result is there. */
  const renew = (run: Run, limit: number): void => {
    const record = slot(run.experiment.id)
    const worker = runner()
    let heard = true
    const end = () => {
      heard = false
      clearTimeout(timer)
      drop = undefined
      pending.value = undefined
    }
    drop = () => {
      end()
      worker.stop()
    }
    const timer = setTimeout(
      () => {
        drop?.()
        costs.set(run.experiment.id, { cells: run.total, seconds: patience * limit })
      },
      patience * limit * 1000,
    )
    const nothing = () => undefined
    worker
      .run(jobOf(run), {
        row: nothing,
        failure: nothing,
        conclusion: () => Promise.resolve(),
        point: nothing,
      })
      .then(
        (result) => {
          if (!heard) return
          end()
          record.value = finish(run, result, shown(record))
        },
        (error: unknown) => {
          if (!heard) return
          end()
          worker.stop()
          record.value = { ...run, ...beforeOf(record), status: 'failed', message: words(error) }
        },
      )
  }

  const launch = (run: Run): void => {
    const { experiment } = run
    const record = slot(experiment.id)
    record.value = { ...run, status: 'running', left: expectedSeconds(experiment, run.params) }
    current.value = experiment.id
    follow(record, record.value, runner())
  }

  const next = (): void => {
    current.value = undefined
    halt = undefined
    const waiting = queue.shift()
    if (waiting) launch(waiting)
  }

  /** Runs and keeps the record. After `halt` nothing more is heard of the run. */
  const follow = (record: Signal<Run | undefined>, run: Run, worker: Runner): void => {
    const rows: Row[] = []
    const failed: Failure[] = []
    const began = around.now()
    const expected = run.left ?? 0
    let heard = true
    const update = (change: Partial<Run>) => {
      if (heard && record.value) record.value = { ...record.value, ...change }
    }
    const end = (last: Run) => {
      if (!heard) return
      heard = false
      record.value = last
      next()
    }
    const job = jobOf(run)
    const seconds = () => (around.now() - began) / 1000
    worker
      .run(job, {
        row: (row, done) => {
          rows.push(row)
          update({ done, left: secondsLeft(seconds(), done, run.total, expected) })
        },
        failure: (failure) => {
          failed.push(failure)
          update({ failures: [...failed] })
        },
        conclusion: (conclusion) => {
          update({
            conclusion: keepEqual(shown(record), conclusion),
            failures: [...failed, ...(conclusion.failures ?? [])],
          })
          return around.painted()
        },
        point: (_key, point) => {
          update({ point })
        },
      })
      .then(
        (result) => {
          if (heard) end(finish(run, result, shown(record)))
        },
        (error: unknown) => {
          if (!heard) return
          // What failed may be the worker itself.
          worker.stop()
          end({ ...(record.value ?? run), status: 'failed', message: words(error) })
        },
      )
    halt = () => {
      worker.stop()
      const stopped: Run = { ...(record.value ?? run), status: 'stopped', done: rows.length }
      end(stopped)
      remember(stopped)
      // a document that cannot be written leaves the figures without one
      keepPartial(record, worker, job, rows, failed).then(
        (kept) => {
          if (kept) remember(kept)
        },
        () => undefined,
      )
    }
  }

  return {
    runOf: slot,
    runningId: current,
    pendingId: pending,
    expectedSeconds,

    /**
     * Starts the workers and brings them the experiment's program, so that its run need not wait
     * for them.
     */
    warmUp(experiment) {
      runner().expect(experiment.id)
    },

    /**
     * Shows the result for these values: one that is at hand, else one computed now, if that takes
     * few seconds as estimated. What is shown until then is out of date.
     */
    async show(experiment, params, seed, how) {
      asked += 1
      const mine = asked
      const limit = limits[how]
      const record = slot(experiment.id)
      const wanted = () => mine === asked && !isUnderWay(record.value)
      drop?.()
      if (isOf(record.value, params, seed)) return
      if (how === 'opened' && record.value?.opened === true) this.stop(experiment.id)
      if (!wanted()) return
      pending.value = experiment.id
      const found = await recall(experiment, params, seed, wanted)
      if (!found && wanted()) {
        const expected = expectedSeconds(experiment, params)
        if (current.value === undefined && expected < limit) {
          const run = begun(experiment, params, seed)
          if (record.value?.conclusion && expected < 1) {
            renew(run, limit)
            return
          }
          launch({ ...run, ...beforeOf(record), opened: true })
        } else if (!record.value) {
          const { quick } = experiment.presets
          await recall(experiment, experiment.params.parse({ ...quick }), 1, wanted)
        }
      }
      if (mine === asked) pending.value = undefined
    },

    /** Runs an experiment; while another runs, it waits. One that runs already goes on. */
    start(experiment, params, seed) {
      const record = slot(experiment.id)
      if (isUnderWay(record.value)) return
      asked += 1
      drop?.()
      pending.value = undefined
      const run = { ...begun(experiment, params, seed), ...beforeOf(record) }
      if (current.value === undefined) {
        launch(run)
        return
      }
      record.value = run
      queue.push(run)
    },

    /** Stops the run of an experiment at once; what it found so far stays. */
    stop(id) {
      if (current.value === id) halt?.()
      const at = queue.findIndex(({ experiment }) => experiment.id === id)
      if (at < 0) return
      const [run] = queue.splice(at, 1)
      if (run) slot(id).value = { ...run, status: 'stopped' }
    },
  }
}

/** What the page shows of this experiment now. */
function shown({ value }: Signal<Run | undefined>): Conclusion | undefined {
  return value?.conclusion ?? value?.before
}

function beforeOf(record: Signal<Run | undefined>): { readonly before?: Conclusion } {
  const before = shown(record)
  return before ? { before } : {}
}

/** Writes the document of a stopped run, unless another has replaced it meanwhile. */
async function keepPartial(
  record: Signal<Run | undefined>,
  runner: Runner,
  job: Job,
  rows: readonly Row[],
  failed: readonly Failure[],
): Promise<Run | undefined> {
  const stopped = record.value
  if (rows.length === 0) return undefined
  const result = await runner.partial(job, rows)
  if (!stopped || record.value !== stopped) return undefined
  record.value = {
    ...stopped,
    result,
    conclusion: keepEqual(shown(record), result),
    failures: [...failed, ...(result.failures ?? [])],
  }
  return record.value
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))
