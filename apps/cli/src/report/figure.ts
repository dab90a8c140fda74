import type { Figure } from '@nonconvex/experiments/figure'
import { toSvg } from '../files/draw.js'
import { inlineTexToText } from '../text/tex.js'
import { escape, html, raw, type Html } from './html.js'
import { prose } from './math.js'
import { twoThemes } from './palette.js'
import { withSvgScripts } from './scripts.js'

/** An SVG document as part of a page: no XML declaration, and ids that no other figure has. */
export function inlineSvg(svg: string, prefix: string, label: string): string {
  const ids = new Set([...svg.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id))
  const named = (id: string) => (ids.has(id) ? `${prefix}-${id}` : id)
  return svg
    .replace(/^\s*<\?xml[^>]*>\s*/, '')
    .replace(/\bid="([^"]+)"/g, (_, id: string) => `id="${named(id)}"`)
    .replace(
      /url\((['"]?)#([^)'"]+)\1\)/g,
      (_, quote: string, id: string) => `url(${quote}#${named(id)}${quote})`,
    )
    .replace(
      /((?:xlink:)?href)="#([^"]+)"/g,
      (_, name: string, id: string) => `${name}="#${named(id)}"`,
    )
    .replace(/^<svg\b[^>]*>/, (tag) =>
      tag
        .replace(/ (?:role|aria-label|aria-labelledby)="[^"]*"/g, '')
        .replace('<svg', `<svg role="img" aria-label="${escape(label)}"`),
    )
}

const places = { Left: 'Above', Right: 'Below' } as const

/**
 * Panels that stand side by side on a page stand below each other on a phone; the caption says so.
 */
const withPlaces = (caption: string): string =>
  caption.replace(
    /\b(Left|Right)(?=:)/g,
    (_, place: keyof typeof places) =>
      html`<span class="page-wide">${place}</span><span class="phone-wide">${places[place]}</span>`
        .text,
  )

/**
 * A figure with its caption, drawn for a page and for a phone; the two are never on different
 * pages.
 *
 * @param link - where the figure can be changed
 */
export function figureBlock(figure: Figure, prefix: string, link?: string): Html {
  const label = inlineTexToText(`${figure.title}. ${figure.caption}`)
  const drawn = (phone: boolean) => {
    const [light, dark] = (['light', 'dark'] as const).map((theme) =>
      toSvg(figure, { theme, phone }),
    )
    const svg = withSvgScripts(twoThemes(light, dark))
    return raw(inlineSvg(svg, `${prefix}-${figure.id}${phone ? '-phone' : ''}`, label))
  }
  const interactive =
    link !== undefined && html` <a class="interactive" href="${link}">Interactive</a>`
  return html`<figure>
    <div class="page-wide">${drawn(false)}</div>
    <div class="phone-wide">${drawn(true)}</div>
    <figcaption>${raw(withPlaces(prose(figure.caption).text))}${interactive}</figcaption>
  </figure>`
}
