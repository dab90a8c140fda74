/** A block of rows in a space: start and stride, in numbers. */
export interface Block {
  readonly at: number
  readonly ld: number
}

/**
 * A memory of numbers and 32-bit indices, both addressed by position in numbers.
 */
export interface Space {
  /** the numbers; get them again after each `reserve`, which may move them */
  readonly floats: Float32Array | Float64Array
  readonly ints: Int32Array
  /**
   * allocates `count` numbers or indices at a multiple of 4; initially zero
   */
  reserve(count: number): number
  /** start of the next reservation */
  readonly used: number
  /** frees everything from `place` on */
  release(place: number): void
}

/**
 * The operations of a layer: matrix products and row-wise steps on blocks of a space. `n` columns,
 * a multiple of 4 unless noted. All implementations of one precision give the same bits.
 */
export interface Ops {
  readonly space: Space
  /**
   * C ← A B (or A Bᵀ), or C + that; [m, k] times [k, n] (or [n, k]); `panels`: scratch for k · n
   * numbers, n rounded up to a multiple of 4
   */
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
  /** x[r] ← 0 */
  clear(x: Block, rows: number, n: number): void
  finite(x: Block, rows: number, n: number): boolean
  /** out[s] ← Σ of the rows of segment s, or their mean */
  segmentSum(out: Block, x: Block, of: Segments, n: number, mean: boolean): void
  /** backwards through segmentSum and the ReLU that made h, if one did; a `linear` h is not read */
  segmentSpread(dx: Block, dOut: Block, h: Block, of: Segments, n: number, how: Spread): void
  /** u[p] ← relu(u[p] + zi[i_p] + zj[j_p]) */
  pairHidden(u: Block, zi: Block, zj: Block, pairs: Pairs, n: number): void
  /**
   * s[i] ← Σ relu(u[p] + zi[i] + zj[j_p]) over the pairs of each node i of the segments, or their
   * mean. The signs of the terms are stored in `signs`: n / 8 words for each pair, with eight bits
   * each
   */
  pairSum(
    s: Block,
    signs: number,
    u: Block,
    zi: Block,
    zj: Block,
    of: Segments,
    j: number,
    n: number,
    mean: boolean,
  ): void
  /**
   * backwards through pairSum: dx; di ← Σ dx for each node of the segments, dj[j_p] ← dj[j_p] +
   * dx[p]; `di` and `dj` have rows equally far apart
   */
  pairSpread(
    dx: Block,
    di: Block,
    dj: Block,
    dOut: Block,
    signs: number,
    of: Segments,
    j: number,
    n: number,
    mean: boolean,
  ): void
  /**
   * plus and minus ← scale (x[p] ± x[r]) for each couple (p, r); rows of plus and minus are equally
   * far apart, here and below
   */
  fold(plus: Block, minus: Block, x: Block, of: Couples, n: number, scale: number): void
  /** x[p] and x[r] ← scale (plus ± minus) */
  unfold(x: Block, plus: Block, minus: Block, of: Couples, n: number, scale: number): void
  /**
   * u[p] ← relu(plus + minus + zi[i] + zj[j]), u[r] ← relu(plus − minus + zi[j] + zj[i]); `zi` and
   * `zj` as di and dj
   */
  coupleHidden(
    u: Block,
    plus: Block,
    minus: Block,
    zi: Block,
    zj: Block,
    of: Couples,
    n: number,
  ): void
  /**
   * backwards through coupleHidden, which made h: plus and minus as `fold` from d where h > 0; di
   * and dj get the sums
   */
  coupleBack(
    plus: Block,
    minus: Block,
    d: Block,
    h: Block,
    di: Block,
    dj: Block,
    of: Couples,
    n: number,
  ): void
  /** plus ← x + y, minus ← x − y; x and y have rows equally far apart */
  sumAndDifference(plus: Block, minus: Block, x: Block, y: Block, rows: number, n: number): void
  /** x ← x + (plus + minus), y ← y + (plus − minus) */
  addBack(x: Block, y: Block, plus: Block, minus: Block, rows: number, n: number): void
  /** scores w to weights in each segment, out[s] ← Σ w h; `one`: a single score for all columns */
  attend(out: Block, h: Block, w: Block, of: Segments, n: number, one: boolean): void
  /**
   * backwards through attend and the ReLU that made h, if one did; `out` and `dOut` have rows
   * equally far apart
   */
  attendBack(back: AttendBack, of: Segments, n: number, how: Attention): void
  /**
   * scores to gradients of the weighted cross-entropy, in place; loss gets top − x[label] and Σ
   * e^(x − top) for each row
   */
  crossEntropy(x: Block, at: Labeled, rows: number, n: number): void
  adam(of: AdamState, step: AdamStep): void
}

export interface Product {
  readonly panels: number
  readonly transposed?: boolean
  readonly accumulate?: boolean
}

/** The record of how rows were summed; `linear` means without a ReLU. */
export interface Spread {
  readonly mean: boolean
  readonly linear: boolean
}

/** How rows were weighted: `one` score for all columns; `linear` as above. */
export interface Attention {
  readonly one: boolean
  readonly linear: boolean
}

/** Pairs (i, j) in the order of i. */
export interface Pairs {
  readonly i: number
  readonly j: number
  readonly count: number
}

/**
 * Couples: indices of the rows p of pairs (i, j), of the rows r of (j, i) or −1; and i and j of all
 * pairs, by row.
 */
export interface Couples {
  readonly first: number
  readonly second: number
  readonly i: number
  readonly j: number
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

/** Addresses of labels, weights and losses (two numbers for each row). */
export interface Labeled {
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
