import { choice, integer, object } from '@nonconvex/experiments/define'
import { alphas, phis, rhos, shapes, type Alpha, type Phi, type Rho, type Shape } from './model.js'

/** Values of the form. A type, not an interface: it is one of the forms of `ParamValues`. */
export type TwoSumsParams = {
  readonly graph: Shape
  readonly n: number
  readonly features: 'all 1' | '1, 2, 3, …'
  readonly phi: Phi
  readonly alpha: Alpha
  readonly rho: Rho
}

export const twoSumsParams = object({
  graph: choice({ default: 'star', values: shapes, help: 'edges of the graph' }),
  n: integer({ default: 4, min: 2, max: 9, symbol: 'n', help: 'number of nodes' }),
  features: choice({
    default: 'all 1',
    values: ['all 1', '1, 2, 3, …'],
    help: 'features $z_i$ of the nodes',
  }),
  phi: choice({ default: '1', values: phis, symbol: '\\phi', help: 'function of an edge' }),
  alpha: choice({
    default: 's',
    values: alphas,
    symbol: '\\alpha',
    help: 'function of a node and its inner sum s',
  }),
  rho: choice({
    default: 'g',
    values: rhos,
    symbol: '\\rho',
    help: 'output of a node, from its feature and the outer sum g',
  }),
})
