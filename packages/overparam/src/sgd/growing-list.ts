/** The initial capacity of a list. */
const FIRST = 64

/**
 * A growable list of numbers in one typed array that grows by an eighth when it is full; it takes
 * at most nine eighths of the necessary memory, and twice that while growing.
 */
export class GrowingList<A extends Int32Array | Float64Array> {
  length: number
  private array: A
  private readonly make: (length: number) => A

  /**
   * @param make - an array of zeros
   * @param given - the first entries; copied
   */
  constructor(make: (length: number) => A, given?: A) {
    this.make = make
    this.length = given?.length ?? 0
    this.array = make(Math.max(FIRST, this.length))
    if (given) this.array.set(given)
  }

  push(value: number): void {
    if (this.length === this.array.length) {
      const larger = this.make(this.length + Math.ceil(this.length / 8))
      larger.set(this.array)
      this.array = larger
    }
    this.array[this.length++] = value
  }

  /** The last entry; `otherwise` if the list is empty. */
  last(otherwise: number): number {
    return this.length > 0 ? this.array[this.length - 1] : otherwise
  }

  /** A view of the entries so far, without a copy; later entries are not included. */
  view(): A {
    return this.array.subarray(0, this.length) as A
  }
}

export type GrowingInt32 = GrowingList<Int32Array>
export type GrowingFloat64 = GrowingList<Float64Array>

export const growingInt32 = (given?: Int32Array): GrowingInt32 =>
  new GrowingList<Int32Array>((length) => new Int32Array(length), given)

export const growingFloat64 = (given?: Float64Array): GrowingFloat64 =>
  new GrowingList<Float64Array>((length) => new Float64Array(length), given)
