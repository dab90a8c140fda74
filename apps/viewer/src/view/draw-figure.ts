// A module of its own becomes one file; the themes are another, which pages load without it.
export { drawFigure } from '@nonconvex/experiments/figure'
