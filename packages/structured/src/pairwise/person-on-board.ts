import type { PairwiseScores } from './model.js'

/** A pairwise model made by hand, with the words for its nodes and labels. */
export interface NamedScores extends PairwiseScores {
  /** name of each node */
  readonly parts: readonly string[]
  /** names of the labels of each node */
  readonly names: readonly (readonly string[])[]
}

/**
 * A picture of a person on a board in front of some ground. Each part alone is best named man,
 * skateboard, sand; the most probable labeling is man, surfboard, wave.
 *
 * @example
 * import { bruteForce, pairwiseModel, personOnBoard } from '@nonconvex/structured/pairwise'
 * const { map } = bruteForce(pairwiseModel(personOnBoard))
 * console.log(personOnBoard.names.map((words, i) => words[map[i]]).join(', ')) // → man, surfboard, wave
 */
export const personOnBoard: NamedScores = {
  parts: ['person', 'board', 'ground'],
  names: [
    ['man', 'woman'],
    ['skateboard', 'surfboard'],
    ['road', 'sand', 'wave'],
  ],
  labels: [2, 2, 3],
  unary: [
    [0.2, 0],
    [0.6, 0],
    [0, 0.5, 0.3],
  ],
  edges: [
    [0, 1],
    [0, 2],
    [1, 2],
  ],
  pair: [
    [0.3, 0.3, 0, 0.1],
    [0.4, 0.6, 0.4, 0.4, 0.6, 0.3],
    [1.2, -0.8, -2.5, -2, 0.6, 1.8],
  ],
}
