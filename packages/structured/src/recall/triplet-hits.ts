import { boxAround, overlapOf, type Box } from './boxes.js'
import type { Triplet } from './rank-triplets.js'
import type { ScenePrediction, SceneTruth } from './scene.js'

/** The intersection over union from which on two boxes match; equality counts. */
const OVERLAP = 0.5

/**
 * Finds for each true relation the rank, from 0, of the first candidate that matches it; ∞ if none
 * does. A candidate matches a relation if the three classes are the same and the boxes overlap with
 * an intersection over union of at least one half; with `phrases` the boxes around both objects are
 * compared instead.
 */
export function firstHits(
  truth: SceneTruth,
  prediction: ScenePrediction,
  ranked: readonly Triplet[],
  { inclusive, phrases }: { readonly inclusive: boolean; readonly phrases: boolean },
): number[] {
  const key = (subject: number, p: number, object: number): string => `${subject} ${p} ${object}`
  const wanted = new Map<string, number[]>()
  truth.relations.forEach(([s, o, p], row) => {
    const name = key(truth.classes[s], p, truth.classes[o])
    wanted.set(name, [...(wanted.get(name) ?? []), row])
  })
  const first = truth.relations.map(() => Infinity)
  ranked.forEach(({ s, o, p }, rank) => {
    for (const row of wanted.get(key(prediction.classes[s], p, prediction.classes[o])) ?? []) {
      if (first[row] < Infinity) continue
      const [ts, to] = truth.relations[row]
      const near = (there: Box, here: Box): boolean => overlapOf(there, here, inclusive) >= OVERLAP
      const [a, b] = [truth.boxes, prediction.boxes]
      const found = phrases
        ? near(boxAround(a[ts], a[to]), boxAround(b[s], b[o]))
        : near(a[ts], b[s]) && near(a[to], b[o])
      if (found) first[row] = rank
    }
  })
  return first
}
