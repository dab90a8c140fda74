import { api } from './api.js'
import type { GuaranteeRun, UpdateCounts } from '../src/generalization/index.js'
import { good, options, sgdRefusals, type Refusal } from './refusals.js'

// What the guarantees cannot work with.

const counts: GuaranteeRun = { n: 10, updates: 3, distinct: 2, delta: 0.1, converged: true }

const subsetRefusals = (of: (counts: UpdateCounts) => unknown): readonly Refusal[] => {
  const change = (part: Partial<UpdateCounts>) => () => of({ ...counts, ...part })
  return [
    [change({ n: 0 }), 'n must be a positive integer, got 0'],
    [change({ n: 1.5 }), 'n must be a positive integer, got 1.5'],
    [change({ distinct: 11 }), 'distinct must be an integer in [0, n = 10], got 11'],
    [change({ distinct: NaN }), 'distinct must be an integer in [0, n = 10], got NaN'],
    [change({ delta: 0 }), 'delta must be in (0, 1), got 0'],
    [change({ delta: NaN }), 'delta must be in (0, 1), got NaN'],
  ]
}

const updatesRefusals = (of: (counts: UpdateCounts) => unknown): readonly Refusal[] => [
  ...subsetRefusals(of),
  [() => of({ ...counts, updates: NaN }), 'updates must be an integer ≥ 0, got NaN'],
  [() => of({ ...counts, updates: 1 }), 'updates must be at least distinct = 2, got 1'],
  [() => of({ ...counts, distinct: 0 }), 'updates must be 0 as distinct is, got 3'],
]

const half = 'must be a positive integer, got 0.5'
const noDelta = 'delta must be in (0, 1), got 1'

export const guaranteeRefusals: { readonly [name: string]: readonly Refusal[] } = {
  sequenceBound: updatesRefusals(api.sequenceBound),
  multisetBound: updatesRefusals(api.multisetBound),
  subsetBound: subsetRefusals(api.subsetBound),
  compressionFloor: subsetRefusals((counts) => api.compressionFloor(counts)),
  blocksBound: subsetRefusals(api.blocksBound),
  stableClosedForm: subsetRefusals(api.stableClosedForm),
  certificates: updatesRefusals(api.certificates),
  agnosticBound: [
    ...subsetRefusals((c) => api.agnosticBound({ ...c, errorsUnused: 0 })),
    ...[9, -1, NaN].map((errorsUnused): Refusal => [
      () => api.agnosticBound({ ...counts, errorsUnused }),
      `errorsUnused must be an integer in [0, n − distinct = 8], got ${errorsUnused}`,
    ]),
  ],
  compareGuarantees: [
    ...updatesRefusals((c) => api.compareGuarantees({ ...c, converged: true })),
    [
      () => api.compareGuarantees({ ...counts, candidates: 0.5 }),
      'candidates must be a positive integer, got 0.5',
    ],
    [
      () => api.compareGuarantees({ ...counts, supportVectors: -1 }),
      'supportVectors must be an integer ≥ 0, got -1',
    ],
    [
      () => api.compareGuarantees({ ...counts, budgets: 0 }),
      'budgets must be a positive integer, got 0',
    ],
    [
      () => api.compareGuarantees({ ...counts, errorsUnused: NaN }),
      'errorsUnused must be an integer ≥ 0, got NaN',
    ],
    [
      () => api.compareGuarantees({ ...counts, theoremUpdates: -1 }),
      'theoremUpdates must be ≥ 0, got -1',
    ],
  ],
  leaveOneOutBound: [
    [() => api.leaveOneOutBound(1, 0.5), `n ${half}`],
    [() => api.leaveOneOutBound(NaN, 3), 'count must be ≥ 0, got NaN'],
  ],
  leaveOneOutSides: [
    [() => api.leaveOneOutSides({ n: 0.5, q: 0.1 }), `n ${half}`],
    [() => api.leaveOneOutSides({ n: 5, q: 1 }), 'q must be in (0, 1), got 1'],
  ],
  codeCases: [
    ...subsetRefusals(api.codeCases),
    [
      () => api.codeCases({ n: 10, distinct: 10, delta: 0.1 }),
      'distinct must be an integer in [1, 9], got 10',
    ],
  ],
  closedForms: [
    [() => api.closedForms({ n: 5, delta: 0.1 }), 'n must be an integer ≥ 10, got 5'],
    [() => api.closedForms({ n: 10, delta: 1 }), noDelta],
  ],
  publishedBound: [
    [() => api.publishedBound({ n: 0.5, updates: 1, delta: 0.1 }), `n ${half}`],
    [
      () => api.publishedBound({ n: 5, updates: NaN, delta: 0.1 }),
      'updates must be at least 1, got NaN',
    ],
    [() => api.publishedBound({ n: 5, updates: 1, delta: 1 }), noDelta],
    [
      () => api.publishedBound({ n: 5, updates: 1, delta: 0.1, unusedError: 2 }),
      'unusedError must be in [0, 1], got 2',
    ],
  ],
  marginBound: [
    [() => api.marginBound({ n: 0.5, radius: 1, wStarNorm: 1, delta: 0.1 }), `n ${half}`],
    [
      () => api.marginBound({ n: 5, radius: 0, wStarNorm: 1, delta: 0.1 }),
      'radius must be positive, got 0',
    ],
    [
      () => api.marginBound({ n: 5, radius: 1, wStarNorm: NaN, delta: 0.1 }),
      'wStarNorm must be positive, got NaN',
    ],
    [() => api.marginBound({ n: 5, radius: 1, wStarNorm: 1, delta: 1 }), noDelta],
  ],
  logGrowth: [
    [() => api.logGrowth(0.5, 1, 1), `n ${half}`],
    [() => api.logGrowth(1, 0.5, 1), `k ${half}`],
    [() => api.logGrowth(1, 1, 0.5), `d ${half}`],
  ],
  growthBound: [
    [() => api.growthBound({ n: 0.5, k: 1, d: 1, delta: 0.1 }), `n ${half}`],
    [() => api.growthBound({ n: 5, k: 0.5, d: 1, delta: 0.1 }), `k ${half}`],
    [() => api.growthBound({ n: 5, k: 1, d: 0.5, delta: 0.1 }), `d ${half}`],
    [() => api.growthBound({ n: 5, k: 1, d: 1, delta: 1 }), noDelta],
  ],
  retrain: [
    ...sgdRefusals((data, o) => api.retrain(data, o, [])),
    [() => api.retrain(good, options, [0, 2]), 'kept must have indices in [0, n = 2), got 2'],
  ],
}

/** These take what others made, or nothing that could be out of range. */
export const guaranteesFree = ['boundStatus', 'differingWeights', 'errorGrowth', 'sampleHypotheses']
