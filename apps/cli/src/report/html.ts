/** Markup that needs no escaping. Made by `html` and `raw` only. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/**
 * What may stand in a template: text is escaped, `Html` is not, false and undefined are nothing.
 */
export type Piece = Html | string | number | false | undefined | readonly Piece[]

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c])

function render(piece: Piece): string {
  if (piece === undefined || piece === false) return ''
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece))
  return piece.map(render).join('')
}

/** A template whose values are escaped. */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  new Html(strings.map((text, i) => text + (i < pieces.length ? render(pieces[i]) : '')).join(''))

/** Markup made elsewhere by a trusted writer: KaTeX, the figure renderer, our style sheet. */
export const raw = (text: string): Html => new Html(text)
