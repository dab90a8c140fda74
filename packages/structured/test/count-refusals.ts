import { ShapeError, stream } from '@nonconvex/tensor'
import * as api from './api.js'
import type { Refusal } from './refusal.js'

/** What functions of scores and counts cannot work with. */
export const countRefusals: { readonly [name: string]: readonly Refusal[] } = {
  projectBudget: [
    [() => api.projectBudget([1, NaN], 1), 'v[1] must be finite, got NaN'],
    [
      () => api.projectBudget([1, 2], 2.5),
      'z must be in [0, 2], since these are the possible sums of 2 labels in [0, 1], got 2.5',
    ],
    [() => api.projectBudget([1, 2], -1, { mode: 'le' }), /z must be at least 0, .* got -1$/],
    [() => api.projectBudget([1, 2], 3, { mode: 'ge' }), /z must be at most 2, .* got 3$/],
    [() => api.projectBudget([1, 2], NaN), 'z must be finite, got NaN'],
    [() => api.projectBudget([1, 2], Infinity, { mode: 'le' }), 'z must be finite, got Infinity'],
    [
      () => api.projectBudget([1], 1, { mode: 'LE' as 'le' }),
      'mode must be one of eq, le, ge, got LE',
    ],
    [() => api.projectBudget([1], 1, { lo: 1 }), 'lo must be finite and below hi, got 1 and 1'],
    [
      () => api.projectBudget([1], 1, { weights: [1, 2] }),
      'weights must have length 1, got 2',
      ShapeError,
    ],
    [
      () => api.projectBudget([1], 1, { weights: [Infinity] }),
      'weights[0] must be finite, got Infinity',
    ],
  ],
  softBudget: [
    [() => api.softBudget([NaN], 1), 'v[0] must be finite, got NaN'],
    [() => api.softBudget([1, 2], 3), 'z must be in [0, 2], got 3'],
    [() => api.softBudget([1, 2], 1, { eps: 0 }), 'eps must be in [1e-100, 1e100], got 0'],
    [
      () => api.softBudget([1, 2], 1, { kind: 'gauss' as 'laplace' }),
      'kind must be one of sigmoid, laplace, got gauss',
    ],
  ],
  budgetGradient: [
    [
      () => api.budgetGradient(api.projectBudget([1, 2], 1), [1]),
      'g must have length 2, got 1',
      ShapeError,
    ],
  ],
  projectConstraints: [
    [() => api.projectConstraints([NaN], []), 'v[0] must be finite, got NaN'],
    [
      () => api.projectConstraints([1], [], { lo: 1 }),
      'lo and hi must be finite, lo < hi, got 1 and 1',
    ],
    [
      () => api.projectConstraints([1], [{ labels: [1] }]),
      /labels to be an integer in \[0, 0\], got 1/,
    ],
    [
      () => api.projectConstraints([1, 2], [{ labels: [1, 1] }]),
      'constraints[0].labels must be distinct, got 1, 1',
    ],
    [
      () => api.projectConstraints([1, 2], [{ weights: [1] }]),
      'constraints[0].weights must have length 2, got 1',
      ShapeError,
    ],
    [
      () => api.projectConstraints([1], [{ min: NaN }]),
      /min below Infinity.* got NaN and Infinity/,
    ],
  ],
  constraintsGradient: [
    [
      () => {
        const found = api.projectConstraints([1, 2], [])
        return found.status === 'projected' && api.constraintsGradient(found, [1])
      },
      'g must have length 2, got 1',
      ShapeError,
    ],
  ],
  projectMarginals: [
    [
      () => api.projectMarginals({ rows: 1, cols: 2, data: Float64Array.of(0, NaN) }, [1, 1]),
      'v[0, 1] must be finite, got NaN',
    ],
    [
      () => api.projectMarginals({ rows: 1, cols: 2, data: new Float64Array(2) }, [1]),
      'caps must have length 2, got 1',
      ShapeError,
    ],
    [
      () => api.projectMarginals({ rows: 1, cols: 2, data: new Float64Array(2) }, [1, -1]),
      /caps\[1\].*got -1/,
    ],
  ],
  marginalsGradient: [
    [
      () => {
        const v = { rows: 1, cols: 2, data: Float64Array.of(0.5, 0.5) }
        const found = api.projectMarginals(v, [1, 1])
        return (
          found.status === 'projected' &&
          api.marginalsGradient(found, { rows: 2, cols: 1, data: v.data })
        )
      },
      'g must be 1 × 2, got 2 × 1',
      ShapeError,
    ],
  ],
  cappedClasses: [
    [
      () => api.cappedClasses({ rows: 1, cols: 1, data: Float64Array.of(-Infinity) }, [1]),
      'scores[0, 0] must be finite, got -Infinity',
    ],
    [
      () => api.cappedClasses({ rows: 1, cols: 1, data: new Float64Array(1) }, [1, 1]),
      'caps must have length 1, got 2',
      ShapeError,
    ],
  ],
  budgetBatch: [
    [() => api.budgetBatch({ rows: 0, labels: 1 }), 'rows must be an integer ≥ 1, got 0'],
    [() => api.budgetBatch({ rows: 1, labels: 0.5 }), 'labels must be an integer ≥ 1, got 0.5'],
  ],
  dykstra: [
    [() => api.dykstra([Infinity], [(x) => x]), 'v[0] must be finite, got Infinity'],
    [() => api.dykstra([1], []), 'sets must have a projection, got none'],
    [() => api.dykstra([1], [(x) => x], { rounds: 0 }), 'rounds must be an integer ≥ 1, got 0'],
    [() => api.dykstra([1], [(x) => x], { tol: NaN }), 'tol must be ≥ 0, got NaN'],
  ],
  publishedBudget: [
    [() => api.publishedBudget([NaN], 1), 'v[0] must be finite, got NaN'],
    [() => api.publishedBudget([1], NaN), 'z must be finite, got NaN'],
  ],
  poissonBinomial: [
    [() => api.poissonBinomial([0.5, 1.5]), 'p[1] must be in [0, 1], got 1.5'],
    [() => api.poissonBinomial([0.5], { maxCount: -1 }), 'maxCount must be an integer ≥ 0, got -1'],
  ],
  cardinalityLogZ: [
    [() => api.cardinalityLogZ([NaN], [0]), 'theta[0] must be finite, got NaN'],
    [
      () => api.cardinalityLogZ([1], []),
      'f must have one entry for each count from 0 on, at most 2 of them, got 0',
    ],
    [() => api.cardinalityLogZ([1], [0, 0, 0]), /got 3$/],
    [() => api.cardinalityLogZ([1], [0, NaN]), 'f[1] must be a number below Infinity, got NaN'],
    [() => api.cardinalityLogZ([1], [-Infinity]), 'f must allow a count, got −Infinity for all'],
  ],
  cardinalityMarginals: [[() => api.cardinalityMarginals([1], [-Infinity]), /must allow a count/]],
  cardinalitySample: [[() => api.cardinalitySample([1], [], stream(1)), /got 0$/]],
  cardinalityMap: [
    [
      () => api.cardinalityMap([1], [Infinity]),
      'f[0] must be a number below Infinity, got Infinity',
    ],
  ],
  countPotential: [
    [() => api.countPotential([NaN], [1]), 'theta[0] must be finite, got NaN'],
    [
      () => api.countPotential([1], [0.5, 0.25, 0.25]),
      'distribution must have one entry for each count from 0 on, at most 2 of them, got 3',
    ],
    [() => api.countPotential([1], [2]), 'p[0] must be in [0, 1], got 2'],
    [() => api.countPotential([1], [1, 1]), 'distribution must sum to 1, got 2'],
  ],
  decodeF1: [[() => api.decodeF1([-0.1]), 'p[0] must be in [0, 1], got -0.1']],
  decodeCountF1: [
    [() => api.decodeCountF1([NaN], [0]), 'theta[0] must be finite, got NaN'],
    [() => api.decodeCountF1([1], [-Infinity]), /must allow a count/],
  ],
  decodeTopK: [
    [() => api.decodeTopK([NaN], 1), 'p[0] must be finite, got NaN'],
    [() => api.decodeTopK([1], 2), 'k must be an integer in [0, 1], got 2'],
  ],
  threshold: [
    [() => api.threshold([NaN], 1), 'p[0] must be finite, got NaN'],
    [() => api.threshold([1], NaN), 't must be finite, got NaN'],
  ],
  f1Example: [[() => api.f1Example([1], [1, 0]), 'truth must have length 1, got 2', ShapeError]],
  publishedBudgetGradient: [
    [() => api.publishedBudgetGradient([NaN], 1, [1]), 'v[0] must be finite, got NaN'],
    [() => api.publishedBudgetGradient([1], NaN, [1]), 'z must be finite, got NaN'],
    [() => api.publishedBudgetGradient([1], 1, []), 'g must have length L = 1, got 0', ShapeError],
  ],
  makeMultilabel: [
    [
      () => api.makeMultilabel({ examples: 0, stream: stream(1) }),
      'examples must be an integer ≥ 1, got 0',
    ],
    [
      () => api.makeMultilabel({ examples: 1, labels: 3, stream: stream(1) }),
      'maxCount must be at most labels = 3, got 8',
    ],
    [
      () => api.makeMultilabel({ examples: 1, scale: NaN, stream: stream(1) }),
      'scale must be positive and finite, got NaN',
    ],
  ],
}
