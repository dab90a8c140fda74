/**
 * The Cholesky factor of the Gram matrix of a set that grows and shrinks by one member at a time,
 * in O(p²) operations for p members. Rows of the factor are separate arrays, so a member in the
 * middle is removed by rotations.
 */
export class CholeskySet {
  readonly members: number[] = []
  private readonly rows: Float64Array[] = []
  private readonly capacity: number

  constructor(capacity: number) {
    this.capacity = capacity
  }

  /**
   * Adds a member.
   *
   * @param gram - [p] its products with the members, in their order
   * @param self - its product with itself
   * @param floor - smallest squared pivot allowed, relative to self
   * @returns false, without a change, if the new member depends linearly on the others
   */
  add(member: number, gram: Float64Array, self: number, floor: number): boolean {
    const p = this.members.length
    if (p >= this.capacity) return false
    const row = new Float64Array(this.capacity)
    let rest = self
    for (let i = 0; i < p; i++) {
      const other = this.rows[i]
      let sum = gram[i]
      for (let j = 0; j < i; j++) sum -= row[j] * other[j]
      row[i] = sum / other[i]
      rest -= row[i] * row[i]
    }
    if (!(rest > floor * self)) return false
    row[p] = Math.sqrt(rest)
    this.rows.push(row)
    this.members.push(member)
    return true
  }

  /** Removes the member at a position. */
  removeAt(place: number): void {
    this.rows.splice(place, 1)
    this.members.splice(place, 1)
    const p = this.rows.length
    for (let c = place; c < p; c++) {
      const [x, y] = [this.rows[c][c], this.rows[c][c + 1]]
      // not Math.hypot, whose last bit differs between engines
      const h = Math.sqrt(x * x + y * y)
      const [cos, sin] = [x / h, y / h]
      for (let i = c; i < p; i++) {
        const row = this.rows[i]
        const [a, b] = [row[c], row[c + 1]]
        row[c] = cos * a + sin * b
        row[c + 1] = cos * b - sin * a
      }
      this.rows[c][c + 1] = 0
    }
  }

  /** Solves (Gram matrix) z = (1, …, 1); z in the order of the members. */
  solveOnes(): Float64Array {
    const p = this.members.length
    const z = new Float64Array(p)
    for (let i = 0; i < p; i++) {
      const row = this.rows[i]
      let sum = 1
      for (let j = 0; j < i; j++) sum -= row[j] * z[j]
      z[i] = sum / row[i]
    }
    for (let i = p - 1; i >= 0; i--) {
      const row = this.rows[i]
      z[i] /= row[i]
      for (let j = 0; j < i; j++) z[j] -= row[j] * z[i]
    }
    return z
  }
}
