/** A text that wants to be near a place. */
export interface Label {
  readonly words: string
  /** of an object: the corner above which it stands; of a relation: its middle */
  readonly x: number
  readonly y: number
  readonly kind: 'object' | 'relation'
  readonly shade: string
}

/** Room that is taken. */
export interface Taken {
  readonly left: number
  readonly top: number
  readonly wide: number
  readonly high: number
}

/** A text and where it stands. */
export type PlacedLabel = Label & Taken

/**
 * Width of a letter in parts of the font's size: fonts are not measured, and this one is generous.
 */
const LETTER = 0.64

/**
 * Puts labels where they overlap as few others as possible, one after the other, inside the
 * picture: each tries its own place, then places above and below, nearer ones first. `others` stand
 * already.
 */
export function placeLabels(
  labels: readonly Label[],
  {
    width,
    height,
    font,
  }: { readonly width: number; readonly height: number; readonly font: number },
  others: readonly Taken[] = [],
): PlacedLabel[] {
  const placed: PlacedLabel[] = []
  const high = font + 6
  for (const label of labels) {
    const wide = label.words.length * font * LETTER + 10
    const between = (x: number, most: number): number => Math.max(0, Math.min(x, most))
    const tries = [0, 1, -1, 2, -2, 3, -3].flatMap((step) =>
      [0, 0.5, -0.5].map((side): PlacedLabel => {
        const [x, y] =
          label.kind === 'object'
            ? [label.x, label.y - high]
            : [label.x - wide / 2, label.y - high / 2]
        return {
          ...label,
          wide,
          high,
          left: between(x + side * wide, width - wide),
          top: between(y + step * (high + 1), height - high),
        }
      }),
    )
    const overlap = (a: PlacedLabel): number =>
      [...others, ...placed].reduce((sum, b) => sum + common(a, b), 0)
    let best = tries[0]
    let least = overlap(best)
    for (const each of tries.slice(1)) {
      if (least === 0) break
      const area = overlap(each)
      if (area < least) [best, least] = [each, area]
    }
    placed.push(best)
  }
  return placed
}

/** The area that both take. */
function common(a: Taken, b: Taken): number {
  const side = (from: number, long: number, from2: number, long2: number): number =>
    Math.max(0, Math.min(from + long, from2 + long2) - Math.max(from, from2))
  return side(a.left, a.wide, b.left, b.wide) * side(a.top, a.high, b.top, b.high)
}
