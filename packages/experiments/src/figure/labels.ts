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

/**
 * The width of a text in pixels at the figure's font size, from above: as wide as in DejaVu Sans,
 * the widest of the faces that may stand in.
 */
export function textWidth(text: string, bold = false): number {
  let em = 0
  for (const c of text) {
    if ("ijlI.,:;|!'’()[]".includes(c)) em += 0.36
    else if (c === ' ' || c === ' ') em += 0.32
    else if ('⁰¹²³⁴⁵⁶⁷⁸⁹⁻'.includes(c)) em += 0.42
    else if ('frt-/'.includes(c)) em += 0.42
    else if ('mwMW%@—'.includes(c)) em += 0.9
    else if (c >= 'A' && c <= 'Z') em += 0.7
    else if ('+=≤≥≈→↑−×~<>'.includes(c)) em += 0.84
    else em += 0.62
  }
  return em * fontSize * (bold ? 1.1 : 1)
}

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
  const placed: Label[] = []
  const { left, top: frameTop, width: frameWidth, height } = bounds.frame
  const top = frameTop + lineHeight / 2 - 4
  const bottom = frameTop + height - lineHeight / 2 + 4
  for (const label of labels) {
    const wide = textWidth(label.text, label.bold)
    const start = leftOf(label)
    const fits = wide <= frameWidth - 4
    const least = fits ? left + 2 : 2
    const most = fits && label.anchor !== 'start' ? left + frameWidth - 2 : bounds.width - 2
    // at the left end if the text is wider than the panel
    const shift = Math.max(least - start, Math.min(0, most - start - wide))
    const inside = { ...label, x: label.x + shift, y: Math.min(Math.max(label.y, top), bottom) }
    const free = [0, -1, 1, -2, 2, -3, 3, -4, 4]
      .map((lines) => ({ ...inside, y: nudge(inside, lines, placed) }))
      .find((at) => at.y >= top && at.y <= bottom && !placed.some((other) => overlap(at, other)))
    placed.push(free ?? inside)
  }
  return placed
}

/** `lines` neighbours up or down: beside the label that is in the way, not just a line further. */
function nudge(label: Label, lines: number, placed: readonly Label[]): number {
  if (lines === 0) return label.y
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
