import { escapeXml } from '@nonconvex/structured/drawing'

const geometric = new Set(
  'd points transform x y x1 y1 x2 y2 dx dy cx cy r rx ry width height stroke-width opacity'.split(
    ' ',
  ),
)
const dropped = new Set(['class', 'aria-label', 'aria-hidden', 'xmlns', 'xmlns:xlink', 'style'])

/**
 * An SVG element as text: the same for every implementation of the DOM and every call.
 *
 * Attributes are in alphabetical order, coordinates are rounded to 0.01 px, ids are counted anew
 * with `prefix`, style sheets, classes and labels for screen readers (the figure has one) are
 * dropped.
 */
export function serialize(element: Element, ids: IdMap): string {
  const tag = element.localName || element.tagName
  if (tag === 'style') return ''
  const attributes = Array.from(element.attributes)
    .filter(({ name }) => !dropped.has(name))
    .map(({ name, value }) => ({ name, value: tidyValue(name, value, ids) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, value }) => ` ${name}="${escapeXml(value)}"`)
    .join('')
  const inner = Array.from(element.childNodes)
    .map((node) => {
      if (node.nodeType === 1) return serialize(node as Element, ids)
      return node.nodeType === 3 ? escapeXml(node.nodeValue ?? '') : ''
    })
    .join('')
  return inner === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${inner}</${tag}>`
}

/** New names for ids, in order of occurrence. */
export class IdMap {
  readonly #names = new Map<string, string>()
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  rename(id: string): string {
    const known = this.#names.get(id)
    if (known !== undefined) return known
    const fresh = `${this.#prefix}-${this.#names.size + 1}`
    this.#names.set(id, fresh)
    return fresh
  }
}

function tidyValue(name: string, value: string, ids: IdMap): string {
  if (name === 'id') return ids.rename(value)
  if (geometric.has(name))
    return value.replace(/-?\d*\.\d+(e[-+]?\d+)?|-?\d+e[-+]?\d+/g, (number) =>
      String(Math.round(Number(number) * 100) / 100 || 0),
    )
  return value.replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${ids.rename(id)})`)
}
