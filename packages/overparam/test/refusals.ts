import { ShapeError } from '@nonconvex/tensor'
import type { BoundSetting, Dataset, Net, Order, SgdOptions } from '../src/index.js'
import { dataset } from './problems.js'

// Arguments that public functions cannot work with, and what they say.

export const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
export const good: Dataset = { x, y: Float64Array.of(1, -1) }
export const ones = Float64Array.of(1, 1)
export const wide = new Float64Array(3)
export const nan = Float64Array.of(NaN, 1)
export const net: Net = { k: 1, d: 2, v: 1, alpha: 0.5, weights: new Float64Array(4) }
export const order: Order = { kind: 'cyclic' }
export const options: SgdOptions = { k: 1, start: new Float64Array(4), order }
/** Numbers that bounds follow from. */
export const setting: BoundSetting = {
  wStarNorm: Math.SQRT2,
  gamma: 1,
  radius: 1,
  alpha: 0.5,
  eta: 1,
  v: 1,
  k: 1,
  startF: 0,
  startS: 0,
  startRow: 0,
  excess: 0,
}
export const wrong = (change: Partial<BoundSetting>): BoundSetting => ({ ...setting, ...change })

/** What is called, with what it says after its name. */
export type Refusal = readonly [
  call: () => unknown,
  message: string,
  kind?: new (message: string) => Error,
]

/** Every way in which a data set can be malformed. */
export const dataRefusals = (of: (data: Dataset) => unknown): readonly Refusal[] => [
  [() => of(dataset([[NaN, 1]], [1])), 'x must be finite, got NaN in row 0, column 0'],
  [
    () =>
      of(
        dataset(
          [
            [1, 2],
            [3, -Infinity],
          ],
          [1, 1],
        ),
      ),
    'x must be finite, got -Infinity in row 1, column 1',
  ],
  [() => of(dataset([[1, 2]], [0])), 'y[0] must be 1 or -1, got 0'],
  [
    () =>
      of(
        dataset(
          [
            [1, 2],
            [2, 1],
          ],
          [1, 7],
        ),
      ),
    'y[1] must be 1 or -1, got 7',
  ],
  [() => of({ x, y: nan }), 'y[0] must be 1 or -1, got NaN'],
  [
    () => of({ x, y: Float64Array.of(1) }),
    'y must have 2 labels, one for each row of x, got 1',
    ShapeError,
  ],
  [() => of({ ...good, x: { ...x, data: wide } }), 'x must have 4 entries, got 3', ShapeError],
  [
    () => of({ x: { rows: 0, cols: 2, data: new Float64Array(0) }, y: new Float64Array(0) }),
    'x must have at least one row and column, got 0 × 2',
  ],
]

export const vectorRefusals = (
  name: string,
  of: (w: Float64Array) => unknown,
): readonly Refusal[] => [
  [() => of(wide), `${name} must have d = 2 entries, got 3`, ShapeError],
  [() => of(nan), `${name}[0] must be finite, got NaN`],
]

export const netRefusals = (of: (net: Net) => unknown): readonly Refusal[] => [
  [() => of({ ...net, k: 0 }), 'k must be a positive integer, got 0'],
  [() => of({ ...net, d: 1.5 }), 'd must be a positive integer, got 1.5'],
  [() => of({ ...net, v: -1 }), 'v must be positive, got -1'],
  [() => of({ ...net, alpha: 1.1 }), 'alpha must be in [0, 1], got 1.1'],
  [() => of({ ...net, alpha: NaN }), 'alpha must be in [0, 1], got NaN'],
  [() => of({ ...net, weights: wide }), 'weights must have 2k·d = 4 entries, got 3', ShapeError],
  [
    () => of({ ...net, weights: Float64Array.of(0, 0, Infinity, 0) }),
    'weights must be finite, got Infinity at 2',
  ],
  [
    () => of({ ...net, d: 3, weights: new Float64Array(6) }),
    'x must have d = 3 columns, got 2',
    ShapeError,
  ],
]

/** Orders that only JavaScript can give. */
export const orderRefusals = (of: (order: Order) => unknown): readonly Refusal[] => {
  const given = (order: unknown) => () => of(order as Order)
  const kinds = 'order.kind must be cyclic, permutation or replacement'
  return [
    [given({ kind: 'nope' }), `${kinds}, got nope`],
    [given(undefined), `${kinds}, got undefined`],
    [
      given({ kind: 'permutation' }),
      'order.stream must be a stream for kind permutation, got undefined',
    ],
  ]
}

export const sgdRefusals = (
  of: (data: Dataset, options: SgdOptions) => unknown,
): readonly Refusal[] => {
  const change = (part: Partial<SgdOptions>) => () => of(good, { ...options, ...part })
  return [
    ...dataRefusals((data) => of(data, options)),
    ...vectorRefusals('wStar', (wStar) => of(good, { ...options, trace: { wStar } })),
    ...orderRefusals((order) => of(good, { ...options, order })),
    [change({ k: 0 }), 'k must be a positive integer, got 0'],
    [change({ start: wide }), 'weights must have 2k·d = 4 entries, got 3', ShapeError],
    [change({ v: 0 }), 'v must be positive, got 0'],
    [change({ alpha: -0.1 }), 'alpha must be in [0, 1], got -0.1'],
    [change({ eta: 0 }), 'eta must be positive, got 0'],
    [change({ eta: Infinity }), 'eta must be positive, got Infinity'],
    [change({ maxSteps: 0 }), 'maxSteps must be a positive integer, got 0'],
    [change({ maxSteps: 1.5 }), 'maxSteps must be a positive integer, got 1.5'],
  ]
}

export const boundRefusals = (of: (setting: BoundSetting) => unknown): readonly Refusal[] => [
  [() => of(wrong({ gamma: 0 })), 'gamma must be positive, got 0'],
  [() => of(wrong({ alpha: 0 })), 'alpha must be in (0, 1], got 0'],
  [() => of(wrong({ k: 0 })), 'k must be a positive integer, got 0'],
]

export const labels = (
  of: (outputs: Float64Array, y: Float64Array) => unknown,
): readonly Refusal[] => [
  [() => of(wide, ones), 'expected 2 outputs, one for each label, got 3', ShapeError],
  [() => of(new Float64Array(0), new Float64Array(0)), 'expected at least one example, got none'],
  [() => of(ones, Float64Array.of(1, 2)), 'y[1] must be 1 or -1, got 2'],
]

export const matrixRefusals = (of: (x: Dataset['x']) => unknown): readonly Refusal[] => [
  [() => of({ ...x, data: wide }), 'x must have 4 entries, got 3', ShapeError],
  [
    () => of({ ...x, data: Float64Array.of(1, 2, 3, NaN) }),
    'x must be finite, got NaN in row 1, column 1',
  ],
]
