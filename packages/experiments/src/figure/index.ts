export { drawFigure, type DrawOptions } from './draw.js'
export { themes, type Theme } from './theme.js'
