import { printable } from './printed.js'

/** Columns a text takes on a terminal: code points less combining marks, as it is printed. */
export const width = (text: string): number => [...printable(text).replace(/\p{M}/gu, '')].length

/** Lines of at most `columns`; a longer word stays whole, because paths and numbers are copied. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter((piece) => piece !== '')) {
    if (line === '') line = word
    else if (width(line) + 1 + width(word) <= columns) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  if (line !== '') lines.push(line)
  return lines
}

/** Pads with spaces to `columns`, on the right or on the left. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - width(text)))
  return align === 'left' ? text + space : space + text
}

/** A text on one line of at most `columns`: whole words, and … where some are missing. */
export function shortened(text: string, columns: number): string {
  if (width(text) <= columns) return text
  const [first = ''] = wrap(text, columns - 2)
  return `${first} …`
}
