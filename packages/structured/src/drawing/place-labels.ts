/** A rectangle of a picture, in pixels; y points down. */
export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Places labels greedily: each gets the first of its candidate positions, in order of preference,
 * with the lowest cost given the labels placed before.
 *
 * @param labels - in the order in which they are placed
 * @param candidates - positions of a label, the preferred one first; a label without any is dropped
 * @param cost - of a position, at least 0; for example the overlap with other labels. Costs that
 *   differ by less than 1e-9 are equal
 * Cost: labels × candidates evaluations of the cost, fewer if one has cost 0.
 *
 * @example
 * import { overlapArea, placeLabels } from '@nonconvex/structured/drawing'
 * const at = (left: number) => ({ left, top: 0, width: 10, height: 5 })
 * const places = placeLabels(
 *   ['a', 'b'],
 *   () => [at(0), at(5), at(12)],
 *   (place, placed) => placed.reduce((sum, other) => sum + overlapArea(place, other), 0),
 * )
 * console.log(places.map(({ left }) => left)) // → [ 0, 12 ]
 */
export function placeLabels<L, P>(
  labels: readonly L[],
  candidates: (label: L, placed: readonly P[]) => readonly P[],
  cost: (place: P, placed: readonly P[]) => number,
): P[] {
  const placed: P[] = []
  for (const label of labels) {
    let least = Infinity
    let best: P | undefined
    for (const place of candidates(label, placed)) {
      const value = cost(place, placed)
      if (best !== undefined && value >= least - 1e-9) continue
      least = value
      best = place
      if (least === 0) break
    }
    if (best !== undefined) placed.push(best)
  }
  return placed
}

/** The area of the intersection of two rectangles. */
export function overlapArea(a: Rect, b: Rect): number {
  const common = (from: number, long: number, from2: number, long2: number): number =>
    Math.max(0, Math.min(from + long, from2 + long2) - Math.max(from, from2))
  return common(a.left, a.width, b.left, b.width) * common(a.top, a.height, b.top, b.height)
}

/**
 * An upper bound of the width of a text: its width in DejaVu Sans, the widest of the fallback
 * fonts. Computed without a renderer, so it is the same everywhere.
 *
 * @param size - of the font, in pixels
 */
export function textWidth(text: string, size: number, bold = false): number {
  let em = 0
  for (const c of text) {
    if ("ijlI.,:;|!'’()[]".includes(c)) em += 0.36
    else if (c === ' ') em += 0.32
    else if ('⁰¹²³⁴⁵⁶⁷⁸⁹⁻'.includes(c)) em += 0.42
    else if ('frt-/'.includes(c)) em += 0.42
    else if ('mwMW%@—'.includes(c)) em += 0.9
    else if (c >= 'A' && c <= 'Z') em += 0.7
    else if ('+=≤≥≈→↑−×~<>'.includes(c)) em += 0.84
    else em += 0.62
  }
  return em * size * (bold ? 1.1 : 1)
}
