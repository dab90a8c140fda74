import { ShapeError } from '@nonconvex/tensor'
import { api } from './api.js'
import {
  dataRefusals,
  good,
  nan,
  net,
  netRefusals,
  ones,
  sgdRefusals,
  wide,
  type Refusal,
} from './refusals.js'

// What the functions about ReLU cannot work with.

const half = 'must be a positive integer, got 0.5'
const fate = { k: 1, d: 1, v: 1, eta: 1, start: ones }
const relu = { ...net, alpha: 0 }

export const reluRefusals: { readonly [name: string]: readonly Refusal[] } = {
  reluBadMinimum: [
    [() => api.reluBadMinimum(ones, 0.5, 1), `k ${half}`],
    [() => api.reluBadMinimum(ones, 1, 0), 'v must be positive, got 0'],
    [() => api.reluBadMinimum(nan, 1, 1), 'w[0] must be finite, got NaN'],
    [() => api.reluBadMinimum(ones, 1, 1, { depth: -1 }), 'depth must be positive, got -1'],
    [
      () => api.reluBadMinimum(ones, 1, 1, { lead: 1 }),
      'lead must be greater than 1/(kv) = 1, got 1',
    ],
  ],
  flatRadius: [
    ...netRefusals((n) => api.flatRadius(n, good)),
    ...dataRefusals((data) => api.flatRadius(net, data)),
  ],
  deadUnits: [
    // the networks are leaky, which is refused first
    ...netRefusals((n) => api.deadUnits(n.alpha === net.alpha ? { ...n, alpha: 0 } : n, good)),
    ...dataRefusals((data) => api.deadUnits(relu, data)),
    [() => api.deadUnits(net, good), 'alpha must be 0, got 0.5: a leak lets every unit learn'],
  ],
  trainRelu: sgdRefusals(api.trainRelu),
  coordinateData: [[() => api.coordinateData(0.5), `d ${half}`]],
  coordinateFate: [
    [() => api.coordinateFate({ ...fate, k: 0.5 }), `k ${half}`],
    [() => api.coordinateFate({ ...fate, d: 0.5 }), `d ${half}`],
    [() => api.coordinateFate({ ...fate, v: 0 }), 'v must be positive, got 0'],
    [() => api.coordinateFate({ ...fate, eta: NaN }), 'eta must be positive, got NaN'],
    [
      () => api.coordinateFate({ ...fate, start: wide }),
      'start must have 2k·d = 2 entries, got 3',
      ShapeError,
    ],
    [() => api.coordinateFate({ ...fate, start: nan }), 'start[0] must be finite, got NaN'],
  ],
  deadProbability: [[() => api.deadProbability(0.5), `k ${half}`]],
  reluFailureProbability: [
    [() => api.reluFailureProbability(0.5, 1), `d ${half}`],
    [() => api.reluFailureProbability(1, 0.5), `k ${half}`],
  ],
  reluWidths: [
    [() => api.reluWidths(0.5, 0.1), `d ${half}`],
    [() => api.reluWidths(1, 1), 'delta must be in (0, 1), got 1'],
  ],
  transitionSides: [[() => api.transitionSides(0.5), `d ${half}`]],
  widthSides: [
    [() => api.widthSides(0.5, 0.1), `d ${half}`],
    [() => api.widthSides(1, 1), 'delta must be in (0, 1), got 1'],
  ],
  attainedUpdates: [[() => api.attainedUpdates(0.5), `d ${half}`]],
  transitionLimit: [
    [() => api.transitionLimit(0.5, 1), `d ${half}`],
    [() => api.transitionLimit(1, 0.5), `k ${half}`],
  ],
}

/** These take what others made. */
export const reluFree = ['tallyCoordinates']
