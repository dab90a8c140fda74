/** A block of rows in a space: where it starts and how far its rows are apart, in numbers. */
export interface Block {
  readonly at: number
  readonly ld: number
}

/** Numbers and 32-bit indices that lie in one memory; both are addressed by place, counted in numbers. */
export interface Space {
  /** the numbers; read anew after each `reserve`, which may move them */
  readonly floats: Float32Array | Float64Array
  readonly ints: Int32Array
  /** room for `count` numbers or indices from here on, a multiple of 4 places from the start; zeros the first time */
  reserve(count: number): number
  /** where the next reservation starts */
  readonly used: number
  /** forgets what was reserved from `place` on */
  release(place: number): void
}

/**
 * What a layer is computed with: products of matrices and row-wise steps on blocks of a space. `n` columns, a multiple of 4 where
 * nothing else is said. All implementations of one precision give the same bits.
 */
export interface Ops {
  readonly space: Space
  /** C ← A B (or A Bᵀ), or C + that; [m, k] times [k, n] (or [n, k]); `panels`: room for k · n numbers, n rounded up to fours */
  gemm(c: Block, a: Block, b: Block, m: number, k: number, n: number, how: Product): void
  /** C ← C + Aᵀ B; [m, k] and [m, n] */
  gemmT(c: Block, a: Block, b: Block, m: number, k: number, n: number): void
  /** x[r] ← x[r] + row */
  addRow(x: Block, row: number, rows: number, n: number): void
  /** out ← out + Σ_r x[r] */
  sumRows(out: number, x: Block, rows: number, n: number): void
  relu(x: Block, rows: number, n: number): void
  /** d ← d where h > 0, else 0 */
  mask(d: Block, h: Block, rows: number, n: number): void
  /** x[r] ← x[r] + src[index[r]] */
  gatherAdd(x: Block, src: Block, index: number, rows: number, n: number): void
  /** out[index[r]] ← out[index[r]] + x[r] */
  scatterAdd(out: Block, x: Block, index: number, rows: number, n: number): void
  /** dst[r] ← src[index[r]] (both in rows equally far apart), zeros where the index is negative */
  gather(dst: Block, src: Block, index: number, rows: number, n: number): void
  /** u[p] ← relu(u[p] + zi[i_p] + zj[j_p] + v[reverse_p]); no v, or a negative index: without the last term */
  pairHidden(u: Block, zi: Block, zj: Block, v: Block | undefined, pairs: Pairs, n: number): void
  /** out[s] ← Σ of the rows of segment s, or their mean */
  segmentSum(out: Block, x: Block, of: Segments, n: number, mean: boolean): void
  /** backwards through segmentSum and the ReLU that made h */
  segmentSpread(dx: Block, dOut: Block, h: Block, of: Segments, n: number, mean: boolean): void
  /** scores w to weights in each segment, out[s] ← Σ w h; `one`: a single score for all columns */
  attend(out: Block, h: Block, w: Block, of: Segments, n: number, one: boolean): void
  /** backwards through attend and the ReLU that made h; `out` and `dOut` have rows equally far apart */
  attendBack(back: AttendBack, of: Segments, n: number, one: boolean): void
  /** scores to gradients of the weighted cross-entropy, in place; loss gets top − x[label] and Σ e^(x − top) for each row */
  crossEntropy(x: Block, at: Labelled, rows: number, n: number): void
  adam(of: AdamState, step: AdamStep): void
}

export interface Product {
  readonly panels: number
  readonly transposed?: boolean
  readonly accumulate?: boolean
}

/** Pairs (i, j) in the order of i, and the place of (j, i) in the same list or −1. */
export interface Pairs {
  readonly i: number
  readonly j: number
  readonly reverse: number
  readonly count: number
}

/** Rows start[s] ≤ r < start[s + 1] belong to segment s. */
export interface Segments {
  readonly start: number
  readonly count: number
}

export interface AttendBack {
  readonly dh: Block
  readonly dw: Block
  readonly dOut: Block
  readonly out: Block
  readonly h: Block
  readonly w: Block
}

/** Places of labels, of weights, of the losses (two numbers a row). */
export interface Labelled {
  readonly label: number
  readonly weight: number
  readonly loss: number
}

export interface AdamState {
  readonly p: number
  readonly g: number
  readonly m: number
  readonly v: number
  readonly count: number
}

export interface AdamStep {
  readonly rate: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** 1 − β₁ᵗ, 1 − β₂ᵗ */
  readonly first: number
  readonly second: number
}
