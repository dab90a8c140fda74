import { placeLabels, textWidth as widthOf } from '@nonconvex/structured/drawing'

/** A text to be placed, in pixels of its panel. */
export interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly bold: boolean
  readonly color: string
}

/** What labels must stay within, in pixels. */
export interface Bounds {
  /**
   * the axes' frame: texts stay in it, those that start at the end of a line may leave it on the
   * right
   */
  readonly frame: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  }
  /** the panel's width: the limit of texts that leave the frame or are wider than it */
  readonly width: number
}

export const fontSize = 11
const lineHeight = 14

/** The width of a text in pixels at the figure's font size, from above. */
export const textWidth = (text: string, bold = false): number => widthOf(text, fontSize, bold)

/** The left end of a label. */
export function leftOf({ x, anchor, text, bold }: Label): number {
  const width = textWidth(text, bold)
  return anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
}

/**
 * The labels moved as little as needed: each into the bounds, then up or down, line by line, until
 * it is clear of the labels before it. If no place is free it stays where it was.
 */
export function settle(labels: readonly Label[], bounds: Bounds): Label[] {
  const { left, top: frameTop, width: frameWidth, height } = bounds.frame
  const top = frameTop + lineHeight / 2 - 4
  const bottom = frameTop + height - lineHeight / 2 + 4
  const candidates = (label: Label, placed: readonly Label[]): Label[] => {
    const wide = textWidth(label.text, label.bold)
    const start = leftOf(label)
    const fits = wide <= frameWidth - 4
    const least = fits ? left + 2 : 2
    const most = fits && label.anchor !== 'start' ? left + frameWidth - 2 : bounds.width - 2
    // at the left end if the text is wider than the panel
    const shift = Math.max(least - start, Math.min(0, most - start - wide))
    const inside = { ...label, x: label.x + shift, y: Math.min(Math.max(label.y, top), bottom) }
    const moved = [-1, 1, -2, 2, -3, 3, -4, 4]
      .map((lines) => ({ ...inside, y: nudge(inside, lines, placed) }))
      .filter(({ y }) => y >= top && y <= bottom)
    return [inside, ...moved]
  }
  return placeLabels(labels, candidates, (at, placed) =>
    placed.some((other) => overlap(at, other)) ? 1 : 0,
  )
}

/** `lines` lines up or down: beside the label that is in the way, not just a line further. */
function nudge(label: Label, lines: number, placed: readonly Label[]): number {
  const blocker = placed.find((other) => overlap(label, other))
  return (blocker?.y ?? label.y) + lines * lineHeight
}

function overlap(a: Label, b: Label): boolean {
  const [left, other] = [leftOf(a), leftOf(b)]
  const apart =
    left + textWidth(a.text, a.bold) + 4 <= other || other + textWidth(b.text, b.bold) + 4 <= left
  return !apart && Math.abs(a.y - b.y) < lineHeight - 0.5
}

/**
 * A text in lines no wider than `width` pixels, broken between words; a longer word stands alone.
 *
 * @param scale - of its font size to the figure's
 */
export function wrap(text: string, width: number, bold = false, scale = 1): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`
    if (lines.length > 0 && textWidth(longer, bold) * scale <= width)
      lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
