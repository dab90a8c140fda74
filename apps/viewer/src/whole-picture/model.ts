import { bruteForce, pairwiseModel, personOnBoard } from '@nonconvex/structured/pairwise'
import type { WholePictureParams } from './params.js'

/** A labeling of the picture. */
export interface Ranked {
  readonly y: readonly number[]
  readonly score: number
  readonly p: number
}

/** The picture with given scores: all numbers from all twelve labelings. */
export interface Seen {
  /** probability of each label of each part, from the part alone and from the whole */
  readonly alone: readonly (readonly number[])[]
  readonly whole: readonly (readonly number[])[]
  /** the best label of each part alone */
  readonly local: readonly number[]
  /** by falling score */
  readonly ranked: readonly Ranked[]
  /** where `local` is in `ranked`, from 0 */
  readonly rankOfLocal: number
  /** scores of the pairs times their weight, a list for each pair of parts */
  readonly pair: readonly (readonly number[])[]
  /**
   * Score of each label at which the best labeling changes, all others kept: up to it for a label that
   * is not in the best labeling, down to it for one that is. Undefined where no score changes it.
   */
  readonly flips: readonly (readonly (number | undefined)[])[]
}

/** Names and scores by enumeration. */
export function seen({ context, person, board, ground }: WholePictureParams): Seen {
  const unary = [person, board, ground]
  const pair = personOnBoard.pair.map((table) => Array.from(table, (score) => context * score))
  const { node, top, logZ } = bruteForce(pairwiseModel({ ...personOnBoard, unary, pair }), {
    top: 12,
  })
  const parts = bruteForce(pairwiseModel({ ...personOnBoard, unary, edges: [], pair: [] }))
  const local = [...parts.map]
  const ranked = top.map(({ y, score }) => ({ y: [...y], score, p: Math.exp(score - logZ) }))
  const bestWhere = (which: (y: readonly number[]) => boolean): number | undefined =>
    ranked.find(({ y }) => which(y))?.score
  return {
    alone: parts.node.map((p) => [...p]),
    whole: node.map((p) => [...p]),
    local,
    ranked,
    rankOfLocal: ranked.findIndex(({ y }) => y.every((a, i) => a === local[i])),
    pair,
    flips: unary.map((scores, i) =>
      scores.map((score, a) => {
        const having = bestWhere((y) => y[i] === a)
        const lacking = bestWhere((y) => y[i] !== a)
        return having === undefined || lacking === undefined ? undefined : score + lacking - having
      }),
    ),
  }
}

/** The names of a labeling. */
export const namesOf = (y: readonly number[]): string[] =>
  y.map((a, i) => personOnBoard.names[i][a])
