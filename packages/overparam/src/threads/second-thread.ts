import { startThread } from '#start-thread'
import { ARGUMENT, ASLEEP, BUSY, CONTROL_BYTES, GONE, IDLE, JOB, NUMBER, STATE } from './control.js'
import type { StartedThread } from './start-thread.js'
import type { ThreadPlace } from './thread-place.js'

/**
 * The number of checks of the state before this thread sleeps for a millisecond, so that the other
 * thread can run.
 */
const PATIENCE = 1 << 18
/** The minimum number of milliseconds of sleep after which the other thread counts as lost. */
const LOST = 30_000
/**
 * The number of times that a short job may keep this thread waiting; after that the other core is
 * assumed to be busy.
 */
const WAITS = 32

/**
 * A second thread for a run on a wide network. Given the decisions, the units are independent, so
 * the thread processes a part of them with the same bits. The run does not wait for the thread to
 * start.
 */
export class SecondThread {
  private readonly control: Int32Array
  private readonly numbers: Float64Array
  private readonly thread: StartedThread
  private waits = 0

  /** @returns `undefined` where threads cannot share memory */
  static start(): SecondThread | undefined {
    if (typeof SharedArrayBuffer === 'undefined') return undefined
    const control = new SharedArrayBuffer(CONTROL_BYTES)
    const thread = startThread(control)
    return thread && new SecondThread(control, thread)
  }

  private constructor(control: SharedArrayBuffer, thread: StartedThread) {
    this.control = new Int32Array(control)
    this.numbers = new Float64Array(control)
    this.thread = thread
  }

  /** Sends the addresses to the thread. */
  send(place: ThreadPlace): void {
    this.thread.send(place)
  }

  /**
   * Starts a job, to be followed by `end`; false if the thread is not available: the caller then
   * does the job.
   */
  begin(job: number, a: number, b = 0, x = 0, y = 0): boolean {
    const { control, numbers } = this
    if (Atomics.load(control, STATE) !== IDLE) return false
    control[JOB] = job
    control[ARGUMENT] = a
    control[ARGUMENT + 1] = b
    numbers[NUMBER] = x
    numbers[NUMBER + 1] = y
    if (Atomics.compareExchange(control, STATE, IDLE, BUSY) !== IDLE) return false
    if (Atomics.load(control, ASLEEP) === 1) Atomics.notify(control, STATE)
    return true
  }

  /**
   * Waits until the job is done.
   *
   * @param short - whether it takes microseconds: a thread that is repeatedly late is released
   */
  end(short = true): void {
    const { control } = this
    let looks = 0
    for (; Atomics.load(control, STATE) === BUSY; looks++)
      if (looks > PATIENCE) {
        Atomics.wait(control, STATE, BUSY, 1)
        if (looks > PATIENCE + LOST) Atomics.store(control, STATE, GONE)
      }
    if (Atomics.load(control, STATE) === GONE)
      throw new Error('SgdRun: the second thread failed; train again with one thread')
    if (short && looks > PATIENCE && ++this.waits === WAITS) this.close()
  }

  /** Releases the thread; not allowed between `begin` and `end`. */
  close(): void {
    Atomics.store(this.control, STATE, GONE)
    this.thread.stop()
  }
}
