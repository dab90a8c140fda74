/**
 * The angle between two unit vectors of length m of which the second is shifted by `shift` places,
 * both padded with zeros. The object is reused, so that a step of descent does not allocate.
 *
 *     cos = Σ_t û[t] v̂[t − shift],   θ = 2 atan2(‖û − v̂‖, ‖û + v̂‖)
 *
 * Both angles keep their relative accuracy near 0, which the arc cosine of a product does not: it
 * matters where a shifted filter is parallel to the teacher, such as e₁ and e₂.
 */
export class ShiftedPair {
  cos = 0
  sin = 0
  theta = 0
  /** π − theta */
  phi = 0

  set(u: Float64Array, v: Float64Array, shift: number): void {
    const m = u.length
    const back = shift < 0
    const size = back ? -shift : shift
    // the filter in front sticks out at its head, the other at its tail
    const front = back ? v : u
    const rear = back ? u : v
    let outside = 0
    for (let t = 0; t < size; t++) {
      outside += front[t] * front[t]
      outside += rear[m - 1 - t] * rear[m - 1 - t]
    }
    let minus = outside
    let plus = outside
    for (let t = size; t < m; t++) {
      const x = front[t]
      const y = rear[t - size]
      minus += (x - y) * (x - y)
      plus += (x + y) * (x + y)
    }
    const square = minus + plus
    this.cos = (plus - minus) / square
    const half = Math.sqrt(minus)
    const other = Math.sqrt(plus)
    this.sin = (2 * half * other) / square
    if (minus < plus) {
      this.theta = 2 * Math.atan2(half, other)
      this.phi = Math.PI - this.theta
    } else {
      this.phi = 2 * Math.atan2(other, half)
      this.theta = Math.PI - this.phi
    }
  }

  /** h(θ) = sin θ + (π − θ) cos θ; absolute accuracy 1e-15 */
  get h(): number {
    return this.sin + this.phi * this.cos
  }
}
