import { overlapArea, placeLabels, type Rect } from '../drawing/index.js'

/** A text near a point. */
export interface Label {
  readonly words: string
  /** of an object: the corner below the text; of a relation: the center of the text */
  readonly x: number
  readonly y: number
  readonly kind: 'object' | 'relation'
  readonly shade: string
}

/** A text with its rectangle. */
export type PlacedLabel = Label & Rect

/**
 * Width of a letter in parts of the font's size: fonts are not measured, and this one is generous.
 */
const LETTER = 0.64

/**
 * Places labels inside the picture with the least overlap: each tries its own position, then
 * positions above and below, nearest first. `others` are fixed.
 */
export function placeSceneLabels(
  labels: readonly Label[],
  {
    width,
    height,
    font,
  }: { readonly width: number; readonly height: number; readonly font: number },
  others: readonly Rect[] = [],
): PlacedLabel[] {
  const high = font + 6
  const clamp = (x: number, most: number): number => Math.max(0, Math.min(x, most))
  const candidates = (label: Label): PlacedLabel[] => {
    const wide = label.words.length * font * LETTER + 10
    const [x, y] =
      label.kind === 'object' ? [label.x, label.y - high] : [label.x - wide / 2, label.y - high / 2]
    return [0, 1, -1, 2, -2, 3, -3].flatMap((step) =>
      [0, 0.5, -0.5].map((side) => ({
        ...label,
        width: wide,
        height: high,
        left: clamp(x + side * wide, width - wide),
        top: clamp(y + step * (high + 1), height - high),
      })),
    )
  }
  return placeLabels(labels, candidates, (place, placed) =>
    [...others, ...placed].reduce((sum, other) => sum + overlapArea(place, other), 0),
  )
}
