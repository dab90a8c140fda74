import { descend, type Run } from './descent.js'
import type { Problem } from './problem.js'
import type { Point } from './initial-points.js'

/** Descents on one loss, gone down one by one and kept while their starts are asked for. */
export class Descents {
  readonly #problem: Problem
  #runs: ReadonlyMap<string, Run> = new Map()

  constructor(problem: Problem) {
    this.#problem = problem
  }

  /**
   * Goes on with these starts until it is told that it is enough; whether all of them have come to
   * their ends.
   */
  advance(starts: readonly Point[], enough: () => boolean): boolean {
    const runs = new Map<string, Run>()
    let all = true
    for (const start of starts) {
      const key = keyOf(start)
      const known = this.#runs.get(key)
      if (known) runs.set(key, known)
      else if (all && !enough()) runs.set(key, descend(this.#problem, start))
      else all = false
    }
    this.#runs = runs
    return all
  }

  /** The runs of these starts that have come to their ends. */
  of(starts: readonly Point[]): readonly Run[] {
    return starts.flatMap((start) => this.#runs.get(keyOf(start)) ?? [])
  }
}

const keyOf = ({ x, y }: Point): string => `${x},${y}`
