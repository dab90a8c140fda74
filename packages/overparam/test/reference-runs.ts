import type { Dataset } from '../src/index.js'

/** x_i normalized from cos(0.7(i+1)(j+2) + i), y_i = sign(x_i·t), t_j = sin(1+j): no randomness. */
export function referenceData(n: number, d: number): { data: Dataset; t: Float64Array } {
  const t = Float64Array.from({ length: d }, (_, j) => Math.sin(1 + j))
  const x = new Float64Array(n * d)
  const y = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const row = Array.from({ length: d }, (_, j) => Math.cos(0.7 * (i + 1) * (j + 2) + i))
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))
    let product = 0
    row.forEach((value, j) => {
      x[i * d + j] = value / norm
      product += (value / norm) * t[j]
    })
    y[i] = Math.sign(product)
  }
  return { data: { x: { rows: n, cols: d, data: x }, y }, t }
}

/** W_0[r][q] = scale · sin((r+1)(q+1)) */
export const referenceStart = (k: number, d: number, scale: number): Float64Array =>
  Float64Array.from(
    { length: 2 * k * d },
    (_, at) => scale * Math.sin((Math.floor(at / d) + 1) * ((at % d) + 1)),
  )

export interface ReferenceRun {
  name: string
  n: number
  d: number
  k: number
  scale: number
  v: number
  alpha: number
  eta: number
  y: string
  updates: number
  steps: number
  lastUpdate: number
  distinct: number
  first: number[]
  norm: number
  alignment: number
  output0: number
  gamma: number
  tNorm: number
  startF: number
  startS: number
  excess: number
  margin: number
  mistakes: number
  /** iterations of the batch perceptron */
  batch: number
  /** with w* = t: B_quad, B_slope, B_disp, M_k */
  bounds?: [number, number, number, number]
  /** with the separator of largest margin, six digits */
  best?: [number, number, number, number]
}

export const referenceRuns: ReferenceRun[] = [
  {
    name: 'A',
    n: 8,
    d: 4,
    k: 3,
    scale: 0.1,
    v: 0.5,
    alpha: 0.1,
    eta: 0.5,
    y: '++--++-+',
    updates: 1065,
    steps: 4462,
    lastUpdate: 4454,
    distinct: 8,
    first: [0, 1, 2, 3, 4, 5, 6, 7, 0, 1],
    norm: 16.7211610048,
    alignment: 41.3828509597,
    output0: 1.51433617906,
    gamma: 0.00350058887974,
    tNorm: 1.45861581723,
    startF: 0.338471951878,
    startS: 0.112840288541,
    excess: 0.131781082407,
    margin: 0.05311553,
    mistakes: 103,
    batch: 15,
    bounds: [63659358.1819, 46470983.4371, 52573559.0855, 64243499.0947],
    best: [129903, 94812.6, 107331, 135750],
  },
  {
    name: 'B',
    n: 12,
    d: 3,
    k: 1,
    scale: 0,
    v: 1,
    alpha: 0.2,
    eta: 0.3,
    y: '--+--+-+--+-',
    updates: 82,
    steps: 497,
    lastUpdate: 485,
    distinct: 10,
    first: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    norm: 5.41490078484,
    alignment: 8.94278188461,
    output0: -1.08177612523,
    gamma: 0.079762939526,
    tNorm: 1.24692024018,
    startF: 0,
    startS: 0,
    excess: 0,
    margin: 0.21513399,
    mistakes: 10,
    batch: 5,
    bounds: [26475.0722375, 20609.8254649, 20609.8254649, 26475.0722375],
    best: [2340.69, 1822.14, 1822.14, 2340.69],
  },
  {
    name: 'C',
    n: 20,
    d: 6,
    k: 10,
    scale: 0.5,
    v: 0.25,
    alpha: 0.05,
    eta: 2,
    y: '+++--+-++---++----+-',
    updates: 31,
    steps: 118,
    lastUpdate: 98,
    distinct: 14,
    first: [0, 1, 2, 3, 4, 5, 6, 8, 10, 12],
    norm: 11.4419231671,
    alignment: 59.5333044341,
    output0: 2.07523459647,
    gamma: 0.0895679954132,
    tNorm: 1.76781472091,
    startF: 2.49390090967,
    startS: 15.7541675921,
    excess: 1.14591321921,
    margin: 0.09453956,
    mistakes: 10,
    batch: 3,
    bounds: [280369.319615, 124939.397253, 267893.329867, 302761.025381],
    best: [80504.7, 35864.6, 76942.6, 89519.7],
  },
  {
    name: 'D',
    n: 16,
    d: 5,
    k: 4,
    scale: 0.1,
    v: 0.5,
    alpha: 0,
    eta: 0.5,
    y: '+++----++---+++-',
    updates: 3069,
    steps: 20000,
    lastUpdate: 19999,
    distinct: 15,
    first: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    norm: 17.8330913317,
    alignment: 23.3660236997,
    output0: 1.52769441968,
    gamma: 0.00410022010924,
    tNorm: 1.74559327073,
    startF: 0.197412563034,
    startS: 0.198603029321,
    excess: 0.149714997357,
    margin: 0.03769528,
    mistakes: 20,
    batch: 33,
  },
  {
    name: 'E',
    n: 12,
    d: 5,
    k: 8,
    scale: 0.1,
    v: 0.5,
    alpha: 0,
    eta: 0.5,
    y: '+++----++---',
    updates: 31,
    steps: 91,
    lastUpdate: 79,
    distinct: 11,
    first: [0, 1, 2, 3, 5, 6, 7, 8, 10, 11],
    norm: 5.47287383985,
    alignment: 24.0057455353,
    output0: 2.80676001507,
    gamma: 0.00410022010924,
    tNorm: 1.74559327073,
    startF: 0.183541828498,
    startS: 0.430080340582,
    excess: 0.285802606993,
    margin: 0.1242651,
    mistakes: 7,
    batch: 12,
  },
]
