import type { JOBS } from './control.js'
import type { SecondThread } from './second-thread.js'

/** A function that does a job with two integers and two numbers. */
type Doing = (a: number, b: number, x: number, y: number) => void

/**
 * A job in two parts, one for this thread and one for the second thread; without a second thread
 * this thread does both. The object is made once for many calls, which may be microseconds apart.
 */
export class SharedJob {
  private readonly second: SecondThread | undefined
  private readonly job: number
  private readonly part: Doing
  private readonly all: Doing
  private readonly short: boolean

  /**
   * @param doing - our part and the whole, and whether the job takes microseconds (default yes; see
   * `SecondThread.end`)
   */
  constructor(
    second: SecondThread | undefined,
    job: (typeof JOBS)[keyof typeof JOBS],
    doing: { readonly part: Doing; readonly all: Doing; readonly short?: boolean },
  ) {
    this.second = second
    this.job = job
    this.part = doing.part
    this.all = doing.all
    this.short = doing.short ?? true
  }

  /** whether there is a second thread to divide it with */
  get shared(): boolean {
    return this.second !== undefined
  }

  do(a: number, b = 0, x = 0, y = 0): void {
    const { second } = this
    if (second?.begin(this.job, a, b, x, y)) {
      this.part(a, b, x, y)
      second.end(this.short)
    } else this.all(a, b, x, y)
  }
}
