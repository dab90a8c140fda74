import type { AnnotatedScene, Vocabulary } from '../load/annotated-scene.js'

/** Counts of relations by classes and predicate: the input of the frequency baseline. */
export interface FrequencyTable extends Vocabulary {
  /**
   * [m × 4] subject's class, predicate, object's class, and the number of such pairs of boxes;
   * ascending
   */
  readonly triplets: Int32Array
  /**
   * [q × 3] subject's class, object's class, and the number of ordered pairs of such boxes without
   * a relation; ascending
   */
  readonly unrelated: Int32Array
}

/** A counter of scenes. */
export interface FrequencyCounter {
  /** @throws RangeError if the scene has no classes; scenes without relations are counted, too */
  readonly add: (scene: AnnotatedScene) => void
  readonly table: () => FrequencyTable
}

/**
 * Counts co-occurrences of classes and predicates. Repeated relations of a pair of boxes count
 * once.
 *
 * Memory: O(distinct combinations).
 *
 * @example
 * import { frequencyCounter, frequencyPredictor } from '@nonconvex/structured/baselines'
 * const counter = frequencyCounter({ classes: ['none', 'dog', 'cat'], predicates: ['none', 'sees', 'chases'] })
 * const scene = { id: 1, width: 4, height: 4, boxes: [[0, 0, 2, 2], [2, 2, 4, 4]], classes: [1, 2], relations: [[0, 1, 2]] }
 * counter.add(scene)
 * const { predicates } = frequencyPredictor(counter.table()).predict(scene, 'predcls')
 * console.log(Array.from(predicates.data.subarray(3, 6))) // → [ 0, 0, 1 ]
 */
export function frequencyCounter({ classes, predicates }: Vocabulary): FrequencyCounter {
  const [C, P] = [classes.length, predicates.length]
  const triplets = new Map<number, number>()
  const unrelated = new Map<number, number>()
  const more = (counts: Map<number, number>, key: number): void =>
    void counts.set(key, (counts.get(key) ?? 0) + 1)
  const sorted = (counts: Map<number, number>): [number, number][] =>
    [...counts].sort(([a], [b]) => a - b)
  return {
    add: ({ id, classes: labels, relations = [] }) => {
      if (labels === undefined)
        throw new RangeError(
          `frequencyCounter: scenes must have classes, got image ${id} without classes`,
        )
      const n = labels.length
      const related = new Set<number>()
      const counted = new Set<number>()
      for (const [s, o, p] of relations) {
        const pair = s * n + o
        related.add(pair)
        if (counted.has(pair * P + p)) continue
        counted.add(pair * P + p)
        more(triplets, (labels[s] * P + p) * C + labels[o])
      }
      for (let s = 0; s < n; s++)
        for (let o = 0; o < n; o++)
          if (s !== o && !related.has(s * n + o)) more(unrelated, labels[s] * C + labels[o])
    },
    table: () => ({
      classes,
      predicates,
      triplets: Int32Array.from(
        sorted(triplets).flatMap(([key, count]) => {
          const rest = Math.floor(key / C)
          return [Math.floor(rest / P), rest % P, key % C, count]
        }),
      ),
      unrelated: Int32Array.from(
        sorted(unrelated).flatMap(([key, count]) => [Math.floor(key / C), key % C, count]),
      ),
    }),
  }
}

/** Whether (class, predicate, class) occurs in the counts, for zero-shot recall. */
export function seenIn({
  triplets,
  classes,
  predicates,
}: FrequencyTable): (subject: number, predicate: number, object: number) => boolean {
  const [C, P] = [classes.length, predicates.length]
  const seen = new Set<number>()
  for (let i = 0; i < triplets.length; i += 4)
    seen.add((triplets[i] * P + triplets[i + 1]) * C + triplets[i + 2])
  return (subject, predicate, object) => seen.has((subject * P + predicate) * C + object)
}
