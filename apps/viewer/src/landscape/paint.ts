import { BOLD, fontFamily, RIM, type Picture, type Shape, type TextShape } from './shape.js'

/**
 * Draws a picture on a canvas of its size, as sharp as the screen is.
 *
 * @param density - of its pixels, as a fraction of the screen's
 * @param paper - color below the picture; without it what lies under the canvas is seen
 */
export function paint(
  canvas: HTMLCanvasElement,
  { width, height, shapes }: Picture,
  density = 1,
  paper?: string,
): void {
  const context = canvas.getContext('2d')
  if (!context || width <= 0 || height <= 0) return
  const scale = density * window.devicePixelRatio
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)]
  if (canvas.width !== across) canvas.width = across
  if (canvas.height !== down) canvas.height = down
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, width, height)
  if (paper !== undefined) {
    context.fillStyle = paper
    context.fillRect(0, 0, width, height)
  }
  context.lineJoin = 'round'
  context.lineCap = 'round'
  for (const shape of shapes) draw(context, shape)
}

function draw(context: CanvasRenderingContext2D, shape: Shape): void {
  if (shape.kind === 'clip') {
    const { left, top, width, height } = shape.box
    context.save()
    context.beginPath()
    context.rect(left, top, width, height)
    context.clip()
    for (const inner of shape.shapes) draw(context, inner)
    context.restore()
    return
  }
  if (shape.kind === 'text') {
    write(context, shape)
    return
  }
  context.beginPath()
  if (shape.kind === 'disc') context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI)
  else
    for (const line of shape.lines) {
      context.moveTo(line[0], line[1])
      for (let i = 2; i < line.length; i += 2) context.lineTo(line[i], line[i + 1])
      if (shape.closed) context.closePath()
    }
  context.globalAlpha = shape.opacity ?? 1
  if (shape.fill !== undefined) {
    context.fillStyle = shape.fill
    context.fill('evenodd')
  }
  if (shape.stroke !== undefined) {
    context.strokeStyle = shape.stroke
    context.lineWidth = shape.width ?? 1
    context.setLineDash(shape.kind === 'lines' ? [...(shape.dash ?? [])] : [])
    context.stroke()
  }
  context.globalAlpha = 1
}

function write(context: CanvasRenderingContext2D, shape: TextShape): void {
  const { text, x, y, size, fill, anchor = 'start', bold = false, rim } = shape
  context.font = `${bold ? BOLD : 400} ${size}px ${fontFamily}`
  context.textAlign = anchor === 'middle' ? 'center' : anchor
  context.textBaseline = 'alphabetic'
  if (rim !== undefined) {
    context.setLineDash([])
    context.strokeStyle = rim
    context.lineWidth = RIM * size
    context.strokeText(text, x, y)
  }
  context.fillStyle = fill
  context.fillText(text, x, y)
}
