import { drawFigure } from '../src/figure/draw.js'
import type { Figure, Frame, Mark, Panel } from '../src/figure/figure.js'
import { headless } from './svg.js'

const document = headless()

/** A figure in the light theme, 720 pixels wide, unless asked otherwise. */
export const draw = (figure: Figure, width = 720, theme: 'light' | 'dark' = 'light'): string =>
  drawFigure(figure, { document, theme, width })

export const figureOf = (...panels: Panel[]): Figure => ({
  id: 'test',
  title: 'Test',
  caption: '',
  panels,
})

/** A panel with axes x and y; its marks read the frame 'f'. */
export const panelOf = (frame: Frame, ...marks: Mark[]): Panel => ({
  x: { label: 'x' },
  y: { label: 'y' },
  frames: { f: frame },
  marks,
})

/** Three rows of everything that a mark may read. */
export const data = {
  x: [1, 2, 3],
  y: [1, 4, 9],
  low: [0, 3, 7],
  high: [2, 5, 11],
  text: ['a', 'b', 'c'],
}

export const drawMark = (mark: Mark, frame: Frame = data): string =>
  draw(figureOf(panelOf(frame, mark)))
