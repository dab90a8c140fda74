import type { TextMark } from './figure.js'

/**
 * Where a name stands and what it looks like; the columns are x, y and text unless they are named.
 */
export type NameOptions = Partial<Omit<TextMark, 'mark' | 'frame'>>

/**
 * The mark that writes the names of a frame beside their points: of a curve at its end, of a bound,
 * of a place.
 */
export const nameMark = (frame: string, options: NameOptions = {}): TextMark => ({
  mark: 'text',
  frame,
  x: 'x',
  y: 'y',
  text: 'text',
  ...options,
})
