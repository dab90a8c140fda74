import type { Figure } from '@nonconvex/experiments'
import type { DrawnFigure } from '../files/result-files.js'
import { inlineTexToText } from '../text/tex.js'
import { escape, html, raw, type Html } from './html.js'
import { prose } from './math.js'

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

/** A figure with its caption; the two are never on different pages. */
export function figureBlock(figure: Figure, drawn: DrawnFigure, prefix: string): Html {
  const label = inlineTexToText(`${figure.title}. ${figure.caption}`)
  return html`<figure>
    ${raw(inlineSvg(drawn.svg, `${prefix}-${figure.id}`, label))}
    <figcaption>${prose(figure.caption)}</figcaption>
  </figure>`
}
