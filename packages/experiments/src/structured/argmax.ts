/** The first largest of `count` entries, counted from the first of them. */
export function argmax(x: Float64Array, from: number, count: number): number {
  let best = 0
  for (let f = 1; f < count; f++) if (x[from + f] > x[from + best]) best = f
  return best
}
