import { parseResult, type Result } from '@nonconvex/experiments'
import { drawFigure } from '@nonconvex/experiments/figure'
import { placeSvg, unitsPerRem } from '../view/place-svg.js'

const sheet = new CSSStyleSheet()
sheet.replaceSync(`
  :host { display: block; min-height: 6rem; }
  :host([hidden]) { display: none; }
  svg { display: block; width: 100%; height: auto; }
  p { margin: 0; font: 1rem/1.45 system-ui, sans-serif; white-space: pre-line; }
`)

/**
 * A figure of a result document in any page:
 *
 *     <script type="module" src="nonconvex-figure.js"></script>
 *     <nonconvex-figure src="result.json" figure="escape"></nonconvex-figure>
 *
 * `src` is the address of a document that `nonconvex run --out` or the viewer's JSON export wrote, as it is or
 * packed by gzip; a script may set the property `result` to a document instead. `figure` is the id of one
 * of its figures, by default the first. The figure is drawn for the element's width, anew when that
 * changes, light or dark as the reader's system, or as the attribute `theme`. Its text is `aria-label`.
 * Sends `load` when it is drawn, and `error` when it cannot be; the reason is shown in its place.
 */
export class NonconvexFigure extends HTMLElement {
  static readonly observedAttributes = ['src', 'figure', 'theme']
  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #dark = matchMedia('(prefers-color-scheme: dark)')
  readonly #observer = new ResizeObserver(() => {
    this.#draw()
  })
  readonly #redraw = (): void => {
    this.#draw()
  }
  #result: Result | undefined
  /** what was drawn last: the same is not drawn again */
  #drawn = ''
  /** counts the documents that were asked for: only the last is shown */
  #asked = 0

  connectedCallback(): void {
    this.#root.adoptedStyleSheets = [sheet]
    this.#observer.observe(this)
    this.#dark.addEventListener('change', this.#redraw)
  }

  disconnectedCallback(): void {
    this.#observer.disconnect()
    this.#dark.removeEventListener('change', this.#redraw)
  }

  attributeChangedCallback(name: string): void {
    if (name === 'src') void this.#load()
    else this.#draw()
  }

  /** the document whose figure is shown */
  get result(): Result | undefined {
    return this.#result
  }

  set result(next: Result | undefined) {
    this.#asked++
    this.#result = next
    this.#drawn = ''
    this.#draw()
  }

  async #load(): Promise<void> {
    const src = this.getAttribute('src')
    const mine = ++this.#asked
    if (src === null) return
    try {
      const text = await textOf(new URL(src, document.baseURI))
      if (mine === this.#asked) this.result = parseResult(text, src)
    } catch (error) {
      if (mine === this.#asked) this.#refuse(error)
    }
  }

  #draw(): void {
    const width = this.clientWidth
    if (!this.#result || width === 0) return
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const units = Math.floor((width / rem) * unitsPerRem)
    const theme = this.#theme()
    const id = this.getAttribute('figure')
    const wanted = `${id} ${theme} ${units}`
    if (wanted === this.#drawn) return
    this.#drawn = wanted
    try {
      const { figures } = this.#result
      const figure = id === null ? figures[0] : figures.find((each) => each.id === id)
      if (!figure) {
        const ids = figures.map((each) => `"${each.id}"`).join(', ') || 'none'
        throw new RangeError(
          `figure: expected one of ${ids}, got ${id === null ? 'none' : `"${id}"`}`,
        )
      }
      placeSvg(this.#root, drawFigure(figure, { document, theme, width: units }))
      this.dispatchEvent(new Event('load'))
    } catch (error) {
      this.#refuse(error)
    }
  }

  #theme(): 'light' | 'dark' {
    const said = this.getAttribute('theme')
    if (said === 'light' || said === 'dark') return said
    return this.#dark.matches ? 'dark' : 'light'
  }

  #refuse(error: unknown): void {
    const text = document.createElement('p')
    text.setAttribute('role', 'alert')
    text.textContent = `nonconvex-figure: ${error instanceof Error ? error.message : String(error)}`
    this.#root.replaceChildren(text)
    this.dispatchEvent(new Event('error'))
  }
}

/** The text of a document, unpacked if it begins as gzip does. */
async function textOf(address: URL): Promise<string> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address.href}: ${response.status} ${response.statusText}`)
  const bytes = await response.blob()
  const [first, second] = new Uint8Array(await bytes.slice(0, 2).arrayBuffer())
  if (first !== 0x1f || second !== 0x8b) return bytes.text()
  return new Response(bytes.stream().pipeThrough(new DecompressionStream('gzip'))).text()
}

if (!customElements.get('nonconvex-figure'))
  customElements.define('nonconvex-figure', NonconvexFigure)
