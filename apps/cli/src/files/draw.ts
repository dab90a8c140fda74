import { createRequire } from 'node:module'
import { drawFigure, type Figure } from '@nonconvex/experiments/figure'
import { Resvg } from '@resvg/resvg-js'
import { parseHTML } from 'linkedom'

const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
  document: Document
}

/**
 * Widths in pixels: one panel, several side by side, and a phone, where panels stand below each
 * other.
 */
const widths = { one: 720, several: 880, phone: 360 }

export interface SvgOptions {
  readonly theme?: 'light' | 'dark'
  readonly phone?: boolean
}

/** A figure as SVG: the same bytes on every call. */
export function toSvg(figure: Figure, { theme = 'light', phone = false }: SvgOptions = {}): string {
  const width = phone ? widths.phone : figure.panels.length > 1 ? widths.several : widths.one
  return drawFigure(figure, { document, theme, width })
}

/**
 * An SVG picture as PNG, at twice its size, on white. Letters are DejaVu Sans, which ships with us:
 * a bare machine may have no fonts at all, and its signs (‖ ≤ η →) are complete.
 */
export function toPng(svg: string): Uint8Array {
  const font = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
  const bold = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')
  const picture = new Resvg(svg, {
    background: 'white',
    fitTo: { mode: 'zoom', value: 2 },
    font: {
      loadSystemFonts: false,
      fontFiles: [font, bold],
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  })
  return picture.render().asPng()
}
