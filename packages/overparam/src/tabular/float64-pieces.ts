/**
 * The number of entries of the first piece, half a megabyte, and of the largest piece: above 32 MB
 * an allocator returns unused memory to the system.
 */
const LEAST = 1 << 16
const MOST = (1 << 22) + LEAST

/**
 * Collects numbers whose count is not known beforehand, in pieces of increasing size that are
 * copied once at the end.
 */
export class Float64Pieces {
  length = 0
  private readonly full: Float64Array[] = []
  private last = new Float64Array(LEAST)
  private used = 0

  push(value: number): void {
    if (this.used === this.last.length) this.next()
    this.last[this.used++] = value
    this.length++
  }

  pushAll(values: Float64Array, count: number = values.length): void {
    let from = 0
    while (from < count) {
      const some = Math.min(count - from, this.last.length - this.used)
      this.last.set(values.subarray(from, from + some), this.used)
      this.used += some
      from += some
      if (from < count) this.next()
    }
    this.length += count
  }

  /** Moves everything into a new array, releasing memory piece by piece. */
  take(): Float64Array {
    const all = new Float64Array(this.length)
    let at = 0
    for (let piece = this.full.shift(); piece; piece = this.full.shift()) {
      all.set(piece, at)
      at += piece.length
    }
    all.set(this.last.subarray(0, this.used), at)
    this.length = 0
    this.used = 0
    this.last = new Float64Array(LEAST)
    return all
  }

  private next(): void {
    this.full.push(this.last)
    this.last = new Float64Array(Math.min(MOST, 2 * this.last.length))
    this.used = 0
  }
}
