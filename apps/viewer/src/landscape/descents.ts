import { descend, type Run } from './descent.js'
import type { Problem } from './problem.js'
import type { Point } from './initial-points.js'

/** Runs of gradient descent on one loss, computed one by one, kept while their initial points are requested. */
export class Descents {
  readonly #problem: Problem
  #runs: ReadonlyMap<string, Run> = new Map()

  constructor(problem: Problem) {
    this.#problem = problem
  }

  /**
   * Continues with these initial points until `enough`; returns whether all runs have
   * ended.
   */
  advance(points: readonly Point[], enough: () => boolean): boolean {
    const runs = new Map<string, Run>()
    let all = true
    for (const start of points) {
      const key = keyOf(start)
      const known = this.#runs.get(key)
      if (known) runs.set(key, known)
      else if (all && !enough()) runs.set(key, descend(this.#problem, start))
      else all = false
    }
    this.#runs = runs
    return all
  }

  /** The runs from these initial points that have ended. */
  of(points: readonly Point[]): readonly Run[] {
    return points.flatMap((start) => this.#runs.get(keyOf(start)) ?? [])
  }
}

const keyOf = ({ x, y }: Point): string => `${x},${y}`
