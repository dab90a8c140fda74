import { ShapeError } from '@nonconvex/tensor'
import type { ScenePrediction, SceneTruth } from './scene.js'

/** Throws unless the prediction has as many boxes as the truth, or none. */
export function checkSameBoxes(fn: string, truth: SceneTruth, prediction: ScenePrediction): void {
  const [expected, got] = [truth.boxes.length, prediction.boxes.length]
  if (got !== expected && got !== 0)
    throw new ShapeError(`${fn}: preddet needs the ${expected} boxes of the truth, got ${got}`)
}

/**
 * For each true relation the rank, from 0, of its predicate among those of all related pairs; ∞ if
 * it is not among the `limit` best. Each such pair counts once, with its best predicate
 * (constrained; ties by smallest index) or with all. Ties are broken by s, o, p. Classes and their
 * scores are ignored.
 */
export function firstPredicates(
  { relations }: SceneTruth,
  { boxes, predicates: { cols, data } }: ScenePrediction,
  constrained: boolean,
  limit: number,
): number[] {
  const n = boxes.length
  if (n === 0) return relations.map(() => Infinity)
  const places = new Set(relations.flatMap(([s, o]) => (s === o ? [] : [(s * n + o) * cols])))
  const candidates = [...places].flatMap((start) => {
    const all = Array.from({ length: cols - 1 }, (_, p) => start + p + 1)
    return constrained ? [all.reduce((top, at) => (data[at] > data[top] ? at : top))] : all
  })
  // the place of a candidate in the data is in the order of s, o, p
  candidates.sort((a, b) => data[b] - data[a] || a - b)
  const ranks = new Map(candidates.slice(0, limit).map((at, rank) => [at, rank]))
  return relations.map(
    ([s, o, p]) => (p < cols ? ranks.get((s * n + o) * cols + p) : undefined) ?? Infinity,
  )
}
