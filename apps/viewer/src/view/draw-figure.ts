// A module of its own becomes one file; the themes are another, which pages load without it.
export { drawFigure, stacksPanels } from '@nonconvex/experiments/figure'
