/**
 * The best of a stream of scores, as a heap with the worst of them on top. Ties by `order`, which
 * must increase.
 */
export class BestFew {
  /**
   * a score that is not above it is of no use: −∞ until there are as many as wanted, then the worst
   * of them
   */
  least: number = -Infinity
  private size = 0
  private readonly scores: Float64Array
  private readonly orders: Float64Array

  constructor(limit: number) {
    this.scores = new Float64Array(limit)
    this.orders = new Float64Array(limit)
    if (limit === 0) this.least = Infinity
  }

  /** Inserts a score above `least`. */
  take(score: number, order: number): void {
    const { scores } = this
    if (this.size < scores.length) this.rise(this.size++, score, order)
    else this.sink(score, order)
    if (this.size === scores.length) this.least = scores[0]
  }

  /** The orders of the scores, the best first. */
  inOrder(): { readonly score: number; readonly order: number }[] {
    return Array.from({ length: this.size }, (_, i) => ({
      score: this.scores[i],
      order: this.orders[i],
    })).sort((a, b) => b.score - a.score || a.order - b.order)
  }

  /** Moves an entry up from index `i`. */
  private rise(i: number, score: number, order: number): void {
    const { scores, orders } = this
    while (i > 0) {
      const above = (i - 1) >> 1
      if (!worse(score, order, scores[above], orders[above])) break
      scores[i] = scores[above]
      orders[i] = orders[above]
      i = above
    }
    scores[i] = score
    orders[i] = order
  }

  /** Moves an entry down from the top. */
  private sink(score: number, order: number): void {
    const { scores, orders, size } = this
    let i = 0
    for (let below = 1; below < size; below = 2 * i + 1) {
      const right = below + 1
      if (right < size && worse(scores[right], orders[right], scores[below], orders[below]))
        below = right
      if (!worse(scores[below], orders[below], score, order)) break
      scores[i] = scores[below]
      orders[i] = orders[below]
      i = below
    }
    scores[i] = score
    orders[i] = order
  }
}

const worse = (score: number, order: number, score2: number, order2: number): boolean =>
  score < score2 || (score === score2 && order > order2)
