import { verdictOn } from '@nonconvex/optim/claims'
import { api } from './api.js'
import type { Refusal } from './refusals.js'

// What the claims cannot be decided on.

const half = 'must be a positive integer, got 0.5'
const draws = { draws: [], hypotheses: [] }
const tally = api.tallyCoordinates([])
const point = { d: 1, k: 1, starts: 3, failed: 1 }
const tested = { name: 'a run', bound: 0.5, short: 3, examples: 9 }

export const claimRefusals: { readonly [name: string]: readonly Refusal[] } = {
  boundIndependentOfWidth: [
    [
      () => verdictOn(api.boundIndependentOfWidth, { runs: [], hypotheses: [], tolerance: NaN }),
      'tolerance must be finite and not negative, got NaN',
    ],
  ],
  boundCovers: [
    [() => verdictOn(api.boundCovers, { ...draws, delta: 1 }), 'delta must be in (0, 1), got 1'],
  ],
  heldOutCovers: [
    [() => verdictOn(api.heldOutCovers, { ...draws, delta: 1 }), 'delta must be in (0, 1), got 1'],
  ],
  leaveOneOut: [[() => verdictOn(api.leaveOneOut, { ...draws, n: 0.5 }), `n ${half}`]],
  certificateConfirmed: (
    [
      [{ bound: NaN }, 'bound must be in [0, 1], got NaN'],
      [{ short: -1 }, 'short must be an integer ≥ 0, got -1'],
      [{ examples: 2 }, 'examples must be an integer ≥ 3, got 2'],
    ] as const
  ).map(([change, message]): Refusal => [
    () => verdictOn(api.certificateConfirmed, { runs: [{ ...tested, ...change }], hypotheses: [] }),
    message,
  ]),
  reluFails: [
    [() => verdictOn(api.reluFails, { d: 0.5, widths: [], hypotheses: [] }), `d ${half}`],
    [
      () => verdictOn(api.reluFails, { d: 1, widths: [{ k: 0.5, tally }], hypotheses: [] }),
      `k ${half}`,
    ],
  ],
  deadCoordinates: (
    [
      [{ d: 0.5 }, {}, `d ${half}`],
      [{}, { k: 0.5 }, `k ${half}`],
      [{}, { wrong: 2 }, 'wrong must be in [0, runs · d = 1], got 2'],
    ] as const
  ).map(([facts, width, message]): Refusal => [
    () => {
      const widths = [{ k: 1, tally: { ...tally, runs: 1 }, wrong: 0, ...width }]
      return verdictOn(api.deadCoordinates, { d: 1, widths, hypotheses: [], ...facts })
    },
    message,
  ]),
  reluTransition: (
    [
      [{ starts: 0 }, 'starts must be a positive integer, got 0'],
      [{ failed: -1 }, 'failed must be an integer ≥ 0, got -1'],
      [{ failed: 4 }, 'failed must be at most starts = 3, got 4'],
    ] as const
  ).map(([change, message]): Refusal => [
    () => verdictOn(api.reluTransition, { points: [{ ...point, ...change }], hypotheses: [] }),
    message,
  ]),
  leakSucceeds: [
    [
      () => verdictOn(api.leakSucceeds, { runs: NaN, failed: 0, cut: 0, hypotheses: [] }),
      'runs must be an integer ≥ 0, got NaN',
    ],
  ],
}
