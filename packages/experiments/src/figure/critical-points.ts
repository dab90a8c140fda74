import type { DotMark } from './figure.js'

/** A kind of critical point of a loss. */
export type PointKind =
  | 'global minimum'
  | 'local minimum'
  | 'saddle'
  | 'local maximum'
  | 'non-differentiable'

/** How a dot of this kind looks: kinds differ by shape, color only repeats it. */
export type PointLook = Required<Pick<DotMark, 'symbol' | 'tone' | 'filled' | 'radius'>>

/** The symbols of critical points in every map, of the figures and of the pages. */
export const pointLooks: { readonly [kind in PointKind]: PointLook } = {
  'global minimum': { symbol: 'star', tone: 'holds', filled: true, radius: 7 },
  'local minimum': { symbol: 'square', tone: 'violated', filled: true, radius: 5 },
  saddle: { symbol: 'diamond', tone: 'ink', filled: false, radius: 5 },
  'local maximum': { symbol: 'triangle', tone: 'ink', filled: false, radius: 5 },
  'non-differentiable': { symbol: 'circle', tone: 'ink', filled: false, radius: 4 },
}
