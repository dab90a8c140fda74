/**
 * What a terminal obeys or that changes the order in which text is read: control characters (C0,
 * DEL, C1, and with them escape and OSC sequences), bidirectional controls, separators of lines and
 * paragraphs, halves of surrogate pairs.
 */
const obeyed = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/gu

const short: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const code = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * Text on one line whose characters are all seen: a terminal shows it, and does nothing else.
 * Applied twice it is the same.
 */
export const printable = (text: string): string =>
  text.replace(obeyed, (character) => short[character] ?? code(character))

/** The same for a text of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')

/** Characters of a line of a message: a path has up to 4,096. */
const LONGEST = 8000

/**
 * A message: further lines are indented, so that no part of it looks like a line of its own, and the
 * rest of a very long one is left out.
 */
export const printableMessage = (text: string): string =>
  text
    .split('\n')
    .map((line) => printable(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line))
    .join('\n')
    .replace(/\n(?! {2})/g, '\n  ')

/** JSON text of the same value whose strings have no such characters. */
export const printableJson = (json: string): string =>
  json.replace(obeyed, (character) => (character === '\n' ? character : code(character)))

/** Text that a terminal gets as it is. Made by `printed` and by styles only. */
export class Printed {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** One line for a terminal: of text every character is shown. */
export type Line = Printed | string

/** What a terminal gets for a line. */
export const lineText = (line: Line): string =>
  line instanceof Printed ? line.text : printable(line)

/** A line from pieces, some of which have a style. */
export const printed = (
  strings: TemplateStringsArray,
  ...pieces: readonly (Line | number)[]
): Printed =>
  new Printed(
    strings
      .map((text, i) => {
        if (i >= pieces.length) return text
        const piece = pieces[i]
        return text + (typeof piece === 'number' ? String(piece) : lineText(piece))
      })
      .join(''),
  )
