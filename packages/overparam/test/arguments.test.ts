import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import type { Initialization } from '../src/index.js'
import { api } from './api.js'
import { biasRefusals } from './bias-refusals.js'
import { claimRefusals } from './claim-refusals.js'
import { guaranteeRefusals, guaranteesFree } from './guarantee-refusals.js'
import { dataset } from './problems.js'
import {
  boundRefusals,
  dataRefusals,
  good,
  labels,
  matrixRefusals,
  nan,
  net,
  netRefusals,
  ones,
  options,
  order,
  orderRefusals,
  setting,
  sgdRefusals,
  vectorRefusals,
  wide,
  wrong,
  x,
  type Refusal,
} from './refusals.js'
import { reluFree, reluRefusals } from './relu-refusals.js'

// Every public function of the entry is called with each kind of argument that it cannot work with.

const { trace, ...untraced } = api.trainSgd(good, { ...options, trace: { wStar: ones } })
const run = { ...untraced, ...(trace && { trace }) }
const noSlopes = { sequence: new Int32Array(0), slopes: new Uint8Array(0) }
const memorized = { k: 2, alpha: 0.1, stream: stream(1) }
const empty = { sequence: new Int32Array(0), atStep: new Int32Array(0) }

const refusals: { readonly [name: string]: readonly Refusal[] } = {
  ...biasRefusals,
  ...guaranteeRefusals,
  ...reluRefusals,
  radius: dataRefusals(api.radius),
  rowNorms2: matrixRefusals(api.rowNorms2),
  withConstant: [
    ...matrixRefusals((m) => api.withConstant(m, 1)),
    [() => api.withConstant(x, NaN), 'value must be finite, got NaN'],
  ],
  signedMargins: [
    ...dataRefusals((data) => api.signedMargins(data, ones)),
    ...vectorRefusals('w', (w) => api.signedMargins(good, w)),
  ],
  minMargin: [
    ...dataRefusals((data) => api.minMargin(data, ones)),
    ...vectorRefusals('w', (w) => api.minMargin(good, w)),
  ],
  findContradiction: dataRefusals(api.findContradiction),
  forward: [
    ...netRefusals((n) => api.forward(n, x)),
    ...matrixRefusals((m) => api.forward(net, m)),
  ],
  activations: [
    ...netRefusals((n) => api.activations(n, x)),
    ...matrixRefusals((m) => api.activations(net, m)),
  ],
  memorize: [
    ...dataRefusals((data) => api.memorize(data, memorized)),
    [() => api.memorize(good, { ...memorized, k: 0 }), 'k must be a positive integer, got 0'],
    [() => api.memorize(good, { ...memorized, alpha: 2 }), 'alpha must be in [0, 1], got 2'],
  ],
  errorRate: labels(api.errorRate),
  hingeLoss: labels(api.hingeLoss),
  hingeRate: labels(api.hingeRate),
  trainSgd: sgdRefusals(api.trainSgd),
  SgdRun: sgdRefusals((data, o) => new api.SgdRun(data, o)),
  replay: [
    ...sgdRefusals((data, o) => api.replay(data, o, empty)),
    [
      () => api.replay(good, options, { ...empty, sequence: new Int32Array(1) }),
      'expected a step for each of 1 updates, got 0',
      ShapeError,
    ],
  ],
  rebuildWeights: [
    ...sgdRefusals((data, o) => api.rebuildWeights(data, o, noSlopes)),
    [
      () => api.rebuildWeights(good, options, { ...noSlopes, sequence: new Int32Array(1) }),
      'expected 1 bytes for each of 1 updates, got 0',
      ShapeError,
    ],
    [
      () =>
        api.rebuildWeights(good, options, { sequence: Int32Array.of(2), slopes: Uint8Array.of(0) }),
      'expected updates of examples 0 to 1, got 2',
    ],
  ],
  epochOf: [
    ...orderRefusals((o) => api.epochOf(o, 2, 0)),
    [() => api.epochOf(order, 0, 0), 'n must be a positive integer, got 0'],
    [() => api.epochOf(order, 2, -1), 'epoch must be an integer ≥ 0, got -1'],
  ],
  visitor: [
    ...orderRefusals((o) => api.visitor(o, 2)),
    [() => api.visitor(order, 0), 'n must be a positive integer, got 0'],
    [() => api.visitor(order, 3)(0), 'step must be a positive integer, got 0'],
  ],
  initialWeights: [
    [
      () => api.initialWeights({ kind: 'nope' } as unknown as Initialization, 1, 1),
      'start.kind must be zero, gauss, scaled or adversarial, got nope',
    ],
    [() => api.initialWeights({ kind: 'zero' }, 0, 1), 'k must be a positive integer, got 0'],
    [() => api.initialWeights({ kind: 'zero' }, 1, NaN), 'd must be a positive integer, got NaN'],
    [
      () => api.initialWeights({ kind: 'scaled', row: Infinity, stream: stream(1) }, 1, 1),
      'the size of the start must be finite, got Infinity',
    ],
    ...vectorRefusals('wStar', (wStar) =>
      api.initialWeights({ kind: 'adversarial', rho: 1, wStar }, 1, 2),
    ),
  ],
  updateBounds: boundRefusals(api.updateBounds),
  paperBound: boundRefusals(api.paperBound),
  quadraticBound: boundRefusals(api.quadraticBound),
  slopeBound: boundRefusals(api.slopeBound),
  displacementBound: boundRefusals(api.displacementBound),
  alignment: [
    [
      () => api.alignment(wide, ones),
      'weights must be a multiple of 2·d = 4 entries, got 3',
      ShapeError,
    ],
  ],
  initialExcess: [
    ...netRefusals((n) => api.initialExcess(n, good)),
    ...dataRefusals((data) => api.initialExcess(net, data)),
  ],
  initialPush: [
    ...netRefusals((n) => api.initialPush(n, good)),
    ...dataRefusals((data) => api.initialPush(net, data)),
  ],
  boundSetting: [
    ...netRefusals((n) => api.boundSetting(n, good, ones, 1)),
    ...dataRefusals((data) => api.boundSetting(net, data, ones, 1)),
    ...vectorRefusals('wStar', (w) => api.boundSetting(net, good, w, 1)),
    [() => api.boundSetting(net, good, ones, -1), 'eta must be positive, got -1'],
  ],
  ledger: [
    ...dataRefusals((data) => api.ledger(setting, data, ones, run)),
    ...vectorRefusals('wStar', (w) => api.ledger(setting, good, w, run)),
    ...boundRefusals((b) => api.ledger(b, good, ones, run)),
    [
      () => api.ledger(setting, good, ones, untraced),
      `expected a traced run with updates, got ${run.updates} updates`,
    ],
    [
      () => api.ledger(setting, dataset([[1, 2]], [1]), ones, run),
      'expected a run on these 1 examples, got an update of example 1',
    ],
  ],
  certifyMargin: [
    ...dataRefusals((data) => api.certifyMargin(data, ones)),
    [() => api.certifyMargin(good, wide), 'expected n = 2 weights, got 3', ShapeError],
    [() => api.certifyMargin(good, nan), 'lambda[0] must be finite and not negative, got NaN'],
  ],
  exactWitness: [
    ...dataRefusals((data) => api.exactWitness(data, ones)),
    [() => api.exactWitness(good, wide), 'expected n = 2 weights, got 3', ShapeError],
    [() => api.exactWitness(good, nan), 'lambda[0] must be finite and not negative, got NaN'],
  ],
  separatorProof: [
    ...dataRefusals((data) => api.separatorProof(data, ones)),
    ...vectorRefusals('w', (w) => api.separatorProof(good, w)),
  ],
  separability: [
    ...dataRefusals((data) => api.separability(data)),
    [() => api.separability(good, { gap: 0 }), 'gap must be in (0, 1), got 0'],
    [() => api.separability(good, { sweeps: -1 }), 'sweeps must be an integer ≥ 0, got -1'],
    [() => api.separability(good, { rounds: 0.5 }), 'rounds must be an integer ≥ 0, got 0.5'],
  ],
  margin: [
    ...dataRefusals((data) => api.margin(data)),
    [() => api.margin(good, { gap: 1 }), 'gap must be in (0, 1), got 1'],
    [() => api.margin(good, { sweeps: 0 }), 'sweeps must be a positive integer, got 0'],
  ],
  minNormPoint: [
    ...dataRefusals((data) => api.minNormPoint(data)),
    [() => api.minNormPoint(good, { gap: NaN }), 'gap must be in (0, 1), got NaN'],
    [() => api.minNormPoint(good, { rounds: 0 }), 'rounds must be a positive integer, got 0'],
  ],
  perceptron: [
    ...dataRefusals((data) => api.perceptron(data)),
    [() => api.perceptron(good, { maxSteps: 0 }), 'maxSteps must be a positive integer, got 0'],
  ],
  orthonormalExamples: [
    [() => api.orthonormalExamples(0), 'd must be a positive integer, got 0'],
    [() => api.orthonormalExamples(NaN), 'd must be a positive integer, got NaN'],
  ],
  batchWorstCase: [
    [() => api.batchWorstCase(0), 'n must be a positive integer, got 0'],
    [() => api.batchWorstCase(1.5), 'n must be a positive integer, got 1.5'],
  ],
  averagedPerceptron: [
    ...dataRefusals((data) => api.averagedPerceptron(data)),
    [
      () => api.averagedPerceptron(good, { maxSteps: 0.5 }),
      'maxSteps must be a positive integer, got 0.5',
    ],
  ],
  marginPerceptron: [
    ...dataRefusals((data) => api.marginPerceptron(data)),
    [() => api.marginPerceptron(good, { eta: -1 }), 'eta must be positive, got -1'],
    [
      () => api.marginPerceptron(good, { maxSteps: NaN }),
      'maxSteps must be a positive integer, got NaN',
    ],
  ],
  batchPerceptron: [
    ...dataRefusals((data) => api.batchPerceptron(data)),
    [
      () => api.batchPerceptron(good, { maxIterations: 0 }),
      'maxIterations must be a positive integer, got 0',
    ],
  ],
  potentialMonitors: [
    [() => api.potentialMonitors(wrong({ startF: NaN })), 'startF must be finite, got NaN'],
    [() => api.potentialMonitors(wrong({ k: 1.5 })), 'k must be a positive integer, got 1.5'],
  ],
}

/**
 * Of a case '<argument> must …, got <value>' the argument and the value are compared, since words
 * may change; of others all of the message.
 */
function check(error: unknown, fn: string, text: string, kind: Refusal[2] = RangeError): void {
  expect(error).toBeInstanceOf(kind)
  const { message } = error as Error
  const [, argument, got] = /^(.*?) must .*, got (.*?)(?:[:;] .*)?$/.exec(text) ?? []
  if (argument === undefined) return expect(message).toBe(`${fn}: ${text}`)
  expect(message.startsWith(`${fn}: expected ${argument} `)).toBe(true)
  expect(message).toContain(`, got ${got}`)
}

describe.each(Object.entries({ ...refusals, ...claimRefusals }))('%s', (name, cases) => {
  it.each(cases.map(([call, message, kind]) => ({ call, message, kind })))(
    'says: $message',
    ({ call, message, kind }) => {
      let thrown: unknown
      try {
        call()
      } catch (error) {
        thrown = error
      }
      check(thrown, name, message, kind)
    },
  )
})

it('trainSgdAsync rejects, and does not throw', async () => {
  for (const [call, message] of sgdRefusals(api.trainSgdAsync)) {
    const promise = call() as Promise<unknown>
    expect(promise).toBeInstanceOf(Promise)
    check(await promise.catch((error: unknown) => error), 'trainSgdAsync', message)
  }
})

it('no public function is forgotten', () => {
  // these take what others made, or nothing that could be out of range
  const free = [
    ...guaranteesFree,
    ...reluFree,
    'clopperPearsonAssertions',
    'flatAssertions',
    'floorAssertions',
    'partAssertions',
    'checkDataset',
    'sparseRows',
    'linearityKind',
    'traceNormRatio',
    'theoremHypotheses',
    'trainSgdAsync',
  ]
  const functions = Object.entries(api).flatMap(([name, value]) =>
    typeof value === 'function' ? [name] : [],
  )
  expect([...Object.keys(refusals), ...free].sort()).toEqual(functions.sort())
})
