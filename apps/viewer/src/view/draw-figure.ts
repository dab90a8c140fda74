// By itself, so that it is one file: the figures' colours are another, which comes without it.
export { drawFigure } from '@nonconvex/experiments/figure'
