import type { Measured } from '../src/overparam/runs/facts.js'

/** The lines of the proof, watched at every update. */
export const proof = ['cauchy-schwarz', 'lower-line', 'norm-envelope', 'update-identities']
/** What both experiments with SGD claim, sorted. */
export const theorem = [
  'bound-independent-of-width',
  ...proof.slice(0, 1),
  'global-minimum',
  ...proof.slice(1, 3),
  'published-bounded',
  ...proof.slice(3),
  'updates-bounded',
]

type Change = (m: Measured) => Measured

const room = (claim: string): Change => {
  const broken = { claim: `overparam/${claim}`, room: -1e-6, update: 2 }
  return (m) => ({
    ...m,
    rooms: m.rooms.map((one) => (one.claim === broken.claim ? broken : one)),
  })
}

/** For each claim a change of one run's numbers that breaks it and nothing else. */
export const broken: readonly (readonly [string, Change])[] = [
  ['updates-bounded', (m) => ({ ...m, updates: Math.floor(m.bounds?.best ?? 0) + 1 })],
  [
    'published-bounded',
    (m) => ({ ...m, bounds: m.bounds && { ...m.bounds, paper: m.updates - 1 } }),
  ],
  ['global-minimum', (m) => ({ ...m, loss: 1e-12 })],
  ...proof.map((claim) => [claim, room(claim)] as const),
  [
    'bound-independent-of-width',
    // a second layer of weight 1/k instead of 1/√(2k): the bound then grows like k
    (m) => ({ ...m, setting: m.setting && { ...m.setting, v: m.setting.v / 2 } }),
  ],
]
