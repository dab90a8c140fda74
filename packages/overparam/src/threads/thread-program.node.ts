/// <reference types="node" />
import { parentPort, workerData } from 'node:worker_threads'
import { Arena } from '../network/arena.js'
import { LayerWork } from '../network/layer-work.js'
import { BlockWork } from '../sgd/block-work.js'
import { GramWork } from '../sgd/gram-work.js'
import {
  ARGUMENT,
  ASLEEP,
  BUSY,
  GONE,
  IDLE,
  JOB,
  JOBS,
  NUMBER,
  STARTING,
  STATE,
} from './control.js'
import type { ThreadPlace } from './thread-place.js'

// The second thread of a run: it waits for jobs, and does its units of each.

/**
 * The number of checks of the state before the thread sleeps; the next job usually arrives after a
 * few hundred.
 */
const PATIENCE = 1 << 22
/** The number of milliseconds without a job after which the thread ends. */
const FORGOTTEN = 10_000

const control = new Int32Array(workerData as SharedArrayBuffer)
const numbers = new Float64Array(workerData as SharedArrayBuffer)

/** Waits for a job; false if there will be none. */
function wait(): boolean {
  for (let looks = 0; looks < PATIENCE; looks++)
    if (Atomics.load(control, STATE) !== IDLE) return Atomics.load(control, STATE) === BUSY
  Atomics.store(control, ASLEEP, 1)
  Atomics.wait(control, STATE, IDLE, FORGOTTEN)
  Atomics.store(control, ASLEEP, 0)
  return Atomics.compareExchange(control, STATE, IDLE, GONE) === BUSY
}

function work({
  memory,
  layer: layerPlace,
  blocks: blockPlace,
  gram: gramPlace,
}: ThreadPlace): void {
  const arena = new Arena(memory)
  const layer = LayerWork.start(arena, layerPlace, 1)
  const gram = new GramWork(arena, gramPlace, 1)
  const blocks = new BlockWork(arena, blockPlace, 1)
  if (!layer || Atomics.compareExchange(control, STATE, STARTING, IDLE) !== STARTING) return
  try {
    while (wait()) {
      const [a, b] = [control[ARGUMENT], control[ARGUMENT + 1]]
      switch (control[JOB]) {
        case JOBS.activate:
          layer.activate(a)
          break
        case JOBS.add:
          layer.add(a)
          break
        case JOBS.tiles:
          layer.tiles(a, b)
          break
        case JOBS.prime:
          blocks.prime(a, numbers[NUMBER])
          break
        case JOBS.rows:
          blocks.rows(a >> 1, b, numbers[NUMBER], numbers[NUMBER + 1])
          break
        case JOBS.products:
          gram.make(a, b)
      }
      Atomics.store(control, STATE, IDLE)
    }
  } finally {
    Atomics.store(control, STATE, GONE)
  }
}

parentPort?.once('message', work)
