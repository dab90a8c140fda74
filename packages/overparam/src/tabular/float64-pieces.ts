/** Entries of a piece: half a megabyte of float64. */
const PIECE = 1 << 16

/** Numbers whose count is not known beforehand, kept in pieces: at the end they are copied once. */
export class Float64Pieces {
  length = 0
  private readonly full: Float64Array[] = []
  private last = new Float64Array(PIECE)
  private used = 0

  push(value: number): void {
    if (this.used === PIECE) {
      this.full.push(this.last)
      this.last = new Float64Array(PIECE)
      this.used = 0
    }
    this.last[this.used++] = value
    this.length++
  }

  pushAll(values: Float64Array, count: number = values.length): void {
    let from = 0
    while (from < count) {
      const some = Math.min(count - from, PIECE - this.used)
      if (some === 0) {
        this.full.push(this.last)
        this.last = new Float64Array(PIECE)
        this.used = 0
        continue
      }
      this.last.set(values.subarray(from, from + some), this.used)
      this.used += some
      from += some
    }
    this.length += count
  }

  /** Copies everything into a new array and forgets it, piece by piece. */
  take(): Float64Array {
    const all = new Float64Array(this.length)
    let at = 0
    for (let piece = this.full.shift(); piece; piece = this.full.shift()) {
      all.set(piece, at)
      at += PIECE
    }
    all.set(this.last.subarray(0, this.used), at)
    this.length = 0
    this.used = 0
    return all
  }
}
