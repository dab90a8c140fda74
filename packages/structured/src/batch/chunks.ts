import type { GraphBatch } from './graph-batch.js'

/** A range of consecutive rows. */
export interface Range {
  readonly from: number
  readonly count: number
}

/** Consecutive graphs of a batch: their nodes, pairs and couples. */
export interface Chunk {
  readonly nodes: Range
  readonly pairs: Range
  readonly couples: Range
}

/**
 * Pairs and their reverses: rows p of pairs (i, j), rows r of (j, i) or −1; each pair is in one
 * couple.
 */
export interface CoupleLists {
  readonly first: Int32Array
  readonly second: Int32Array
}

/**
 * Pairs that a chunk has at most, unless its only graph has more: what is made of them stays in the
 * second cache.
 */
const MOST_PAIRS = 256

export function couplesOf({ reverse }: Pick<GraphBatch, 'reverse'>): CoupleLists {
  const first = new Int32Array(reverse.length)
  const second = new Int32Array(reverse.length)
  let count = 0
  // the place is written again by the next pair if this one was in a couple already: no branch that
  // could be guessed wrong
  for (let p = 0; p < reverse.length; p++) {
    const r = reverse[p]
    first[count] = p
    second[count] = r
    count += Number(r < 0 || r > p)
  }
  return { first: first.subarray(0, count), second: second.subarray(0, count) }
}

export function chunksOf(
  { graphs, nodeStart, pairStart }: Pick<GraphBatch, 'graphs' | 'nodeStart' | 'pairStart'>,
  { first }: CoupleLists,
): readonly Chunk[] {
  const chunks: Chunk[] = []
  const pairsAt = (graph: number): number => pairStart[nodeStart[graph]]
  let couple = 0
  for (let b = 0; b < graphs;) {
    let end = b + 1
    while (end < graphs && pairsAt(end + 1) - pairsAt(b) <= MOST_PAIRS) end++
    const nodes = { from: nodeStart[b], count: nodeStart[end] - nodeStart[b] }
    const pairs = { from: pairsAt(b), count: pairsAt(end) - pairsAt(b) }
    const from = couple
    while (couple < first.length && first[couple] < pairsAt(end)) couple++
    chunks.push({ nodes, pairs, couples: { from, count: couple - from } })
    b = end
  }
  return chunks
}
