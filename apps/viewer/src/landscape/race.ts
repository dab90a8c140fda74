import { stream } from '@nonconvex/tensor'
import { Ends, type End } from './basins.js'
import type { CriticalPoint } from './critical-points.js'
import type { Problem } from './problem.js'
import type { Steps } from './use-slowly.js'

/** Sequences of random restarts, each up to the first that reaches the teacher. */
export interface Race {
  /** the probability that a uniform start on the circle reaches the teacher */
  readonly p: number
  /** for each sequence the ends of its restarts; the last is global unless there were too many */
  readonly sequences: readonly (readonly End[])[]
  /** restarts of the longest sequence */
  readonly longest: number
}

/** Sequences that are run. */
export const SEQUENCES = 100
/** Restarts in a sequence at most. */
export const MOST = 10

/** Directions between which a change of the end is looked for. */
const DIRECTIONS = 360
const OFFSET = 0.37
/** Halvings of the angle between two of them. */
const HALVINGS = 20

/**
 * Runs sequences of restarts from uniform points on the unit circle: the j-th start of the i-th
 * sequence depends on the seed, i and j only.
 */
export function* raceOf(
  problem: Problem,
  points: readonly CriticalPoint[],
  seed: number,
): Steps<Race> {
  const ends = new Ends(problem, points)
  const p = yield* successProbability(ends)
  const sequences: End[][] = []
  for (let i = 0; i < SEQUENCES; i++) {
    const sequence: End[] = []
    while (sequence.at(-1) !== 'global' && sequence.length < MOST) {
      const [x, y] = stream(seed).child('race', i).child('start', sequence.length).unitVector(2)
      sequence.push(ends.of(x, y))
      yield
    }
    sequences.push(sequence)
  }
  return { p, sequences, longest: Math.max(...sequences.map(({ length }) => length)) }
}

/**
 * The fraction of the unit circle from which gradient descent reaches the teacher: the ends from
 * equally spaced directions, the changes between two of them found by bisection. An arc between two
 * neighboring directions is missed.
 */
export function* successProbability(ends: Ends): Steps<number> {
  const succeeds = (angle: number) => ends.of(Math.cos(angle), Math.sin(angle)) === 'global'
  const angleOf = (i: number) => (2 * Math.PI * (i + OFFSET)) / DIRECTIONS
  const seen: boolean[] = []
  for (let i = 0; i < DIRECTIONS; i++) {
    seen.push(succeeds(angleOf(i)))
    yield
  }
  let reached = 0
  for (let i = 0; i < DIRECTIONS; i++) {
    const [here, next] = [seen[i], seen[(i + 1) % DIRECTIONS]]
    if (here === next) {
      reached += here ? 1 : 0
      continue
    }
    let [a, b] = [0, 1]
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (a + b) / 2
      if (succeeds(angleOf(i + middle)) === here) a = middle
      else b = middle
      yield
    }
    reached += here ? (a + b) / 2 : 1 - (a + b) / 2
  }
  return reached / DIRECTIONS
}

/** How many sequences have reached the teacher with so many restarts. */
export function reachedWith({ sequences }: Race, restarts: number): number {
  return sequences.filter((ends) => ends.length <= restarts && ends.at(-1) === 'global').length
}
