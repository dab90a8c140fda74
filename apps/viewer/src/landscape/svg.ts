import { escapeXml } from '@nonconvex/structured/drawing'
import { BOLD, fontFamily, RIM, type Picture, type Shape, type TextShape } from './shape.js'

/** A picture as an SVG that stands alone; coordinates are rounded to hundredths. */
export function svgOf({ width, height, shapes }: Picture, paper: string, title: string): string {
  const clips: string[] = []
  const body = shapes.map((shape) => element(shape, clips)).join('')
  const defs = clips.length > 0 ? `<defs>${clips.join('')}</defs>` : ''
  const size = `width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" stroke-linejoin="round" stroke-linecap="round"><title>${escapeXml(title)}</title>${defs}<rect width="100%" height="100%" fill="${paper}"/>${body}</svg>\n`
}

function element(shape: Shape, clips: string[]): string {
  switch (shape.kind) {
    case 'clip': {
      const { left, top, width, height } = shape.box
      const id = `clip-${clips.length + 1}`
      clips.push(
        `<clipPath id="${id}"><rect x="${short(left)}" y="${short(top)}" width="${short(width)}" height="${short(height)}"/></clipPath>`,
      )
      const inner = shape.shapes.map((each) => element(each, clips)).join('')
      return `<g clip-path="url(#${id})">${inner}</g>`
    }
    case 'text':
      return textElement(shape)
    case 'disc':
      return `<circle cx="${short(shape.x)}" cy="${short(shape.y)}" r="${short(shape.radius)}"${ink(shape)}/>`
    case 'lines':
      return `<path d="${shape.lines.map((line) => pathOf(line, shape.closed ?? false)).join('')}" fill-rule="evenodd"${ink(shape)}${dashes(shape.dash)}/>`
  }
}

function ink({ fill, stroke, width = 1, opacity = 1 }: Exclude<Shape, { kind: 'clip' | 'text' }>) {
  return [
    ` fill="${fill ?? 'none'}"`,
    stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="${short(width)}"`,
    opacity === 1 ? '' : ` opacity="${short(opacity)}"`,
  ].join('')
}

function dashes(dash: readonly number[] = []): string {
  return dash.length === 0 ? '' : ` stroke-dasharray="${dash.map(short).join(' ')}"`
}

function textElement(shape: TextShape): string {
  const { x, y, text, size, fill, anchor = 'start', bold = false, rim } = shape
  const rimmed =
    rim === undefined
      ? ''
      : ` stroke="${rim}" stroke-width="${short(RIM * size)}" paint-order="stroke"`
  return `<text x="${short(x)}" y="${short(y)}" font-family="${fontFamily}" font-size="${short(size)}" font-weight="${bold ? BOLD : 400}" text-anchor="${anchor}" fill="${fill}"${rimmed}>${escapeXml(text)}</text>`
}

function pathOf(line: ArrayLike<number>, closed: boolean): string {
  let path = ''
  for (let i = 0; i < line.length; i += 2)
    path += `${i === 0 ? 'M' : 'L'}${short(line[i])} ${short(line[i + 1])}`
  return closed ? `${path}Z` : path
}

function short(value: number): string {
  return String(Math.round(100 * value) / 100 + 0)
}
