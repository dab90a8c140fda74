import { signal, type ReadonlySignal } from '@preact/signals'
import type { Playable } from '../view/play-bar.js'
import type { Problem } from './problem.js'
import { Training, type Snapshot } from './training.js'

/** Updates after so many seconds of playing: the first can be counted, and thousands take no minute. */
export const pace = (seconds: number): number => Math.floor(3 * seconds + seconds ** 3)

/**
 * Runs of SGD on the same examples that are shown update by update: each has made the same number of
 * updates, or has ended before.
 */
export class Player implements Playable {
  private readonly problems: readonly Problem[]
  private trainings: readonly Training[]
  /** updates that are to be shown */
  private wanted = 0
  private seconds = 0
  private readonly now = signal<Playable['mode']['value']>('paused')
  private readonly shown: ReturnType<typeof signal<readonly Snapshot[]>>

  constructor(problems: readonly Problem[]) {
    this.problems = problems
    this.trainings = problems.map((problem) => new Training(problem))
    this.shown = signal(this.trainings.map((training) => training.snapshot()))
  }

  get mode(): Playable['mode'] {
    return this.now
  }

  get snapshots(): ReadonlySignal<readonly Snapshot[]> {
    return this.shown as ReadonlySignal<readonly Snapshot[]>
  }

  get ended(): boolean {
    return this.trainings.every((training) => training.ended)
  }

  /** Goes to the end, in the pieces of `tick`. */
  finish(): void {
    this.now.value = 'ending'
  }

  /** Plays from here; from the initialization if the runs have ended. */
  play(): void {
    if (this.ended) this.restart()
    this.seconds = 0
    while (pace(this.seconds) < this.wanted) this.seconds += 0.02
    this.now.value = 'playing'
  }

  pause(): void {
    this.now.value = 'paused'
  }

  /** Back to the initialization. */
  restart(): void {
    this.trainings = this.problems.map((problem) => new Training(problem))
    this.wanted = 0
    this.now.value = 'paused'
    this.show()
  }

  /** One update more; to the initialization if the runs have ended. */
  step(): void {
    if (this.ended) {
      this.restart()
      return
    }
    this.wanted = 1 + Math.max(...this.trainings.map(({ updates }) => updates))
    // longer only where an update is far: it goes on in `tick`
    this.now.value = 'paused'
    this.tick(0, () => false)
  }

  /**
   * Goes on, `passed` seconds later, while there is time.
   *
   * @returns whether there is more to do
   */
  tick(passed: number, enough: () => boolean): boolean {
    if (this.now.value === 'playing') {
      this.seconds += passed
      this.wanted = pace(this.seconds)
    }
    const wanted = this.now.value === 'ending' ? Infinity : this.wanted
    const before = this.trainings.map(({ updates, ended }) => `${updates} ${ended}`).join()
    const there = this.trainings.map((training) => training.advance(wanted, enough))
    const after = this.trainings.map(({ updates, ended }) => `${updates} ${ended}`).join()
    if (after !== before) this.show()
    if (this.ended) {
      this.wanted = Math.max(...this.trainings.map(({ updates }) => updates))
      this.now.value = 'paused'
      return false
    }
    return this.now.value !== 'paused' || there.includes(false)
  }

  private show(): void {
    const before = this.shown.value ?? []
    this.shown.value = this.trainings.map((training, i) => {
      const old = before[i]
      const same = old?.updates === training.updates && old.updates > 0
      // one that has ended is drawn once
      return same && old.status !== 'running' ? old : training.snapshot()
    })
  }
}
