import { escapeXml } from '@nonconvex/structured/drawing'
import { digestOf } from '../result/canonical.js'
import type { Figure, Panel } from './figure.js'
import { keyGap, keyStep, keyText } from './key.js'
import { fontSize, settle, textWidth, wrap, type Label } from './labels.js'
import {
  frameOf,
  labelsOf,
  lineStep,
  planPanel,
  plotPanel,
  rowOf,
  type Box,
  type Plan,
  type Row,
} from './panel.js'
import { IdMap, serialize } from './serialize.js'
import { themes, type Theme } from './theme.js'

export interface DrawOptions {
  /** the page's own, or a headless one (linkedom's) */
  readonly document: Document
  readonly theme: 'light' | 'dark'
  /** in pixels, at least 240; default 720 */
  readonly width?: number
  /** CSS font list; default 'Source Sans 3', 'DejaVu Sans', sans-serif */
  readonly fontFamily?: string
}

const faces = "'Source Sans 3', 'DejaVu Sans', sans-serif"
const narrow = 560
const gap = 28
const titleSize = 12.5

/**
 * A figure as one standalone SVG: its panels side by side, or one below the other if the width is
 * under 560 px. The same arguments give the same bytes on every call, in every process and with
 * every DOM. The background is painted in the theme's paper color; texts are kept clear of each
 * other and of the edges.
 *
 * Frames without rows draw empty axes. Values that an axis cannot show (missing, not positive on a
 * log axis) leave a gap. Texts are text: the page must have the fonts, or a fallback is used.
 *
 * @throws RangeError if a mark names a frame or column that is not there, a contour's grid does not
 *   fit its size, or a domain is empty; the message says which
 *
 * Cost: about 10 ms per panel, 100 ms for a contour of 100 × 100 values under linkedom.
 *
 * @example
 * import { findExperiment, runExperiment } from '@nonconvex/experiments'
 * import { drawFigure } from '@nonconvex/experiments/figure'
 * import { parseHTML } from 'linkedom'
 * const params = { samples: 100, points: 2 }
 * const { figures } = await runExperiment(findExperiment('gaussian/no-overlap'), { params, seed: 1 })
 * const { document } = parseHTML('<html></html>')
 * const svg = drawFigure(figures[0], { document, theme: 'light', width: 720 })
 * console.log(svg.slice(0, 50)) // → <svg xmlns="http://www.w3.org/2000/svg" width="720
 */
export function drawFigure(figure: Figure, options: DrawOptions): string {
  const width = Math.max(240, Math.round(options.width ?? 720))
  const theme = themes[options.theme]
  const rows = layOut(figure.panels, width)
  const name =
    figure.id.replace(/[^\w-]+/g, '-').replace(/^(?![a-z_])/i, 'f') + `-${options.theme}-${width}`
  const ids = new IdMap(name)
  let top = 0
  const parts: string[] = []
  for (const row of rows) {
    const each = (width - gap * (row.length - 1)) / row.length
    const plans = row.map((panel) =>
      planPanel(panel, theme, each, `figure ${figure.id}, panel ${figure.panels.indexOf(panel)}`),
    )
    const common = rowOf(plans)
    const titles = row.map((panel) =>
      panel.title ? wrap(panel.title, each, true, titleSize / fontSize) : [],
    )
    const titleLines = Math.max(...titles.map((lines) => lines.length))
    const title = titleLines === 0 ? 0 : titleLines * lineStep + 8
    plans.forEach((plan, i) => {
      const inner =
        titles[i].map((line, j) => titleText(line, 13 + j * lineStep)).join('') +
        `<g transform="translate(0,${title})">${panelText(plan, common, theme, ids, options.document)}</g>`
      parts.push(`<g transform="translate(${round(i * (each + gap))},${round(top)})">${inner}</g>`)
    })
    top += title + common.top + common.frameHeight + common.bottom
    if (row !== rows.at(-1)) top += gap / 2
  }
  const height = Math.max(1, Math.ceil(top))
  const family = escapeXml(options.fontFamily ?? faces)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"` +
    ` role="img" aria-label="${escapeXml(figure.title)}" fill="${theme.ink}" color="${theme.ink}"` +
    ` font-family="${family}" font-size="${fontSize}" text-anchor="middle">` +
    `<rect width="${width}" height="${height}" fill="${theme.paper}"/>${withOwnIds(parts.join(''), name)}</svg>`
  )
}

/**
 * The drawing with eight digits of its own digest in every id. Ids are global in a page, and
 * figures of two experiments, or of two runs of one, may have the same name.
 */
function withOwnIds(drawn: string, name: string): string {
  const own = digestOf(drawn).slice(0, 8)
  // quotes in texts are escaped, so this meets attributes only
  return drawn
    .replaceAll(`="${name}-`, `="${name}-${own}-`)
    .replaceAll(`="url(#${name}-`, `="url(#${name}-${own}-`)
}

/**
 * Whether the panels of a figure of this width are drawn below each other: a caption that says Left
 * and Right is then wrong.
 */
export const stacksPanels = (width: number): boolean => width < narrow

/** The panels in rows of about equal length, each panel at least 220 px wide. */
function layOut(panels: readonly Panel[], width: number): Panel[][] {
  const most = stacksPanels(width) ? 1 : Math.max(1, Math.floor((width + gap) / (220 + gap)))
  const rowCount = Math.ceil(panels.length / most)
  const columns = Math.ceil(panels.length / Math.max(1, rowCount))
  return Array.from({ length: rowCount }, (_, i) => panels.slice(i * columns, (i + 1) * columns))
}

function panelText(plan: Plan, row: Row, theme: Theme, ids: IdMap, document: Document): string {
  const frame = frameOf(plan, row)
  const plot = plotPanel(plan, frame, row.bottom, document)
  const marks = Array.from(plot.children).map((child) => serialize(child, ids))
  const labels = settle(labelsOf(plan.panel, plan.brush, frame), { frame, width: plan.width })
  const { key, brush, yName } = plan
  const keyEnd = frame.top - 14 - yName.length * lineStep - keyGap
  return [
    ...key.map((line, i) =>
      keyText(line, keyEnd - (key.length - 1 - i) * keyStep, brush, ids, document),
    ),
    ...marks,
    ...axisNames(plan, frame),
    ...labels.map((label) => labelText(label, theme)),
  ].join('')
}

const titleText = (line: string, y: number): string =>
  `<text x="0" y="${y}" text-anchor="start" font-size="${titleSize}" font-weight="600">${escapeXml(line)}</text>`

/** A label with a rim in the paper color, so that it can be read over lines and level bands. */
function labelText({ text, x, y, anchor, bold, color }: Label, theme: Theme): string {
  return (
    `<text x="${round(x)}" y="${round(y)}" dy="0.32em" text-anchor="${anchor}" fill="${color}"` +
    `${bold ? ' font-weight="600"' : ''} stroke="${theme.paper}" stroke-width="3.5"` +
    ` stroke-linejoin="round" paint-order="stroke">${escapeXml(text)}</text>`
  )
}

/** The names of the axes at their ends. */
function axisNames({ xName, yName, width }: Plan, frame: Box): string[] {
  const widest = Math.max(0, ...xName.map((line) => textWidth(line)))
  const end = round(Math.min(width, Math.max(frame.left + frame.width, widest)))
  const bottom = frame.top + frame.height + 36
  return [
    ...yName.map((line, i) => {
      const y = frame.top - 14 - (yName.length - 1 - i) * lineStep
      return `<text x="0" y="${round(y)}" text-anchor="start">${escapeXml(line)}</text>`
    }),
    ...xName.map((line, i) => {
      const y = bottom + i * lineStep
      return `<text x="${end}" y="${round(y)}" text-anchor="end">${escapeXml(line)}</text>`
    }),
  ]
}

const round = (value: number): number => Math.round(value * 100) / 100
