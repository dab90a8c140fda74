import { stream, type Stream } from '@nonconvex/tensor'
import type { Cell, Experiment, ParamValues, Row } from '../define/experiment.js'
import { InputError } from '../define/input-error.js'
import type { Readers } from '../define/readers.js'
import { plain } from '../result/canonical.js'

/** A point of a trajectory that is streamed while a cell runs; never part of the result. */
export interface WatchPoint {
  readonly [name: string]: number
}

/** Options of a cell that do not affect its numbers. */
export interface CellOptions extends Readers {
  readonly signal: AbortSignal
  readonly watch: (point: WatchPoint) => void
  /** called with the seconds of the computation alone, where a cell waits for its turn before */
  readonly took?: (seconds: number) => void
}

/**
 * Everything that a cell's numbers depend on, as plain data that can be sent to another thread or
 * machine.
 */
export interface CellJob {
  readonly experiment: string
  readonly params: ParamValues
  readonly seed: number
  readonly key: string
}

/**
 * Runs a job in this thread, in a worker thread or on a queue. Rejects if the cell fails or is
 * aborted.
 */
export type Execute = (job: CellJob, options: CellOptions) => Promise<Row>

/** The streams of a cell: its own, and the one that all cells of the experiment share. */
export function cellStreams(
  experiment: Experiment,
  seed: number,
  key: string,
): { readonly stream: Stream; readonly shared: Stream } {
  const root = stream(seed).child(experiment.id)
  return { stream: root.child('cell').child(key), shared: root.child('shared') }
}

/** The cells of an experiment; a repeated key is a defect of the experiment. */
export function cellsOf(experiment: Experiment, params: ParamValues): readonly Cell[] {
  const cells = experiment.cells(params)
  const keys = new Set<string>()
  for (const { key } of cells) {
    if (keys.has(key))
      throw new RangeError(`${experiment.id}: expected unique cell keys, got "${key}" twice`)
    keys.add(key)
  }
  return cells
}

/** A seed that streams accept. */
export function checkSeed(seed: number): number {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new InputError(
      `seed: expected a whole number from 0 to 2^53 − 1, got ${seed}`,
      undefined,
      'seed-range',
    )
  return seed
}

/** Computes one cell in this thread. */
export async function measureCell(
  experiment: Experiment,
  cell: Cell,
  params: ParamValues,
  seed: number,
  options: CellOptions,
): Promise<Row> {
  const work = await experiment.work()
  options.signal.throwIfAborted()
  const row = await work.measure(cell, {
    params,
    ...cellStreams(experiment, seed, cell.key),
    ...options,
  })
  return checkRow(row, cell.key)
}

/** The row as plain data, as it would be read back from a file. */
export function checkRow(row: Row, key: string): Row {
  if (row.key !== key)
    throw new RangeError(`expected a row with key "${key}", got ${JSON.stringify(row.key)}`)
  const { measured, witness } = row
  // a row from elsewhere may lack them, whatever its type says
  if ((measured as unknown) === undefined || (witness as unknown) === undefined)
    throw new RangeError(
      `expected a row with measured and witness, got ${Object.keys(row).join(', ')}`,
    )
  return plain({ key, measured, witness })
}
