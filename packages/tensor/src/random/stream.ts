/** The state of a stream as plain JSON: `restoreStream(state)` continues with the same numbers. */
export interface StreamState {
  /** the stream's name; its first segment is the seed */
  readonly name: string
  /** number of 64-bit words used; integer ≥ 0 */
  readonly position: number
}

/**
 * A source of random numbers with a name.
 *
 * The numbers are a function of the name alone: `stream(1).child('restarts', 17)` gives the same
 * numbers alone, in a batch, in a worker or on another machine, independently of draws from other
 * streams. Draws of one stream are sequential; every draw of `uniform` and `normal` uses one 64-bit
 * word, so n single calls and one call that fills n places give the same numbers.
 */
export interface Stream {
  /**
   * The path from the seed, `'1/restarts/17'`. In a segment `%` is written `%25` and `/` `%2F`, so
   * two streams have the same name exactly when they are the same stream.
   */
  readonly name: string

  /**
   * The child of that name (and index): independent of this stream, its other children and the
   * number of draws. `child('restarts', 17)` is short for `child('restarts').child('17')`.
   *
   * @param name - not empty
   * @param index - integer, 0 ≤ index ≤ 2^53 − 1
   * @throws RangeError on an empty name or another index
   */
  child(name: string, index?: number): Stream

  /** Uniform on the 2^52 points (j + ½) 2^-52: in the open interval (0, 1). */
  uniform(): number

  /**
   * Standard normal, by inversion of its distribution function (Wichura's AS 241): 1 bit for the
   * sign, 63 for the tail probability. Relative error of the inversion ≤ 1e-15; |values| ≤ 9.1. The
   * same bits in every engine.
   */
  normal(): number

  /**
   * Uniform on 0, 1, …, n − 1, without bias (Lemire's multiplication up to n = 2^21, rejection of
   * 53-bit numbers beyond).
   *
   * @param n - integer, 1 ≤ n ≤ 2^53 − 1
   * @throws RangeError on another n
   */
  integer(n: number): number

  /** Fills `out` with uniforms and returns it; the numbers `uniform()` would give. */
  uniformInto(out: Float64Array): Float64Array

  /**
   * Fills `out` with normals and returns it; the numbers `normal()` would give. About 10 ns each.
   */
  normalInto(out: Float64Array): Float64Array

  /** Shuffles `items` uniformly (Fisher–Yates) and returns them. */
  shuffleInto<T extends Int32Array | unknown[]>(items: T): T

  /**
   * A random order of 0, 1, …, n − 1.
   *
   * @param n - integer, 0 ≤ n ≤ 2^31 − 1
   * @throws RangeError on another n
   */
  permutation(n: number): Int32Array

  /**
   * `size` different numbers of 0, 1, …, n − 1 in random order, every ordered choice equally
   * likely: the first `size` entries of a Fisher–Yates shuffle. Memory O(min(n, size)).
   *
   * @param n - integer, 0 ≤ n ≤ 2^31 − 1
   * @param size - integer, 0 ≤ size ≤ n
   * @throws RangeError on other values
   */
  sample(n: number, size: number): Int32Array

  /**
   * A point on the unit sphere of R^d, uniform: normals divided by their norm.
   *
   * @param d - integer ≥ 1
   * @throws RangeError on another d
   */
  unitVector(d: number): Float64Array

  /** The state of the stream as plain JSON. */
  save(): StreamState
}
