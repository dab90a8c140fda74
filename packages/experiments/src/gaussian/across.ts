import { norm2, type Stream } from '@nonconvex/tensor'

/** A random unit vector orthogonal to the unit vector `wStar`, of length 2 or more. */
export function across(wStar: Float64Array, draws: Stream): Float64Array {
  for (;;) {
    const e = draws.unitVector(wStar.length)
    for (let pass = 0; pass < 2; pass++) {
      const along = e.reduce((sum, x, i) => sum + x * wStar[i], 0)
      for (let i = 0; i < e.length; i++) e[i] -= along * wStar[i]
    }
    const length = norm2(e)
    // nearly parallel draws are no use; in two dimensions one in thousands
    if (length > 1e-3) return e.map((x) => x / length)
  }
}
