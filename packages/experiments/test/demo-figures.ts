import type { Figure, Frame, Mark, Panel } from '../src/figure/figure.js'
import { pack } from '../src/result/packed.js'

const steps = Array.from({ length: 42 }, (_, i) => i + 1)

/**
 * A loss like the one of a single filter: a minimum at (1, 0), a kink at 0, a saddle at (−0.56, 0).
 */
function loss(u: number, v: number): number {
  const r = Math.hypot(u, v)
  const theta = Math.atan2(Math.abs(v), u)
  return (
    (3.1 * r * r - 1.6 * r * (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta)) - 0.6 * r) /
      5 +
    0.6
  )
}

const grid = { columns: 61, rows: 53, x: [-1.5, 1.5], y: [-1.3, 1.3] } as const

function surface(): Float64Array {
  return Float64Array.from({ length: grid.columns * grid.rows }, (_, i) => {
    const [row, column] = [Math.floor(i / grid.columns), i % grid.columns]
    return loss(
      grid.x[0] + (3 * column) / (grid.columns - 1),
      grid.y[0] + (2.6 * row) / (grid.rows - 1),
    )
  })
}

const spiral = (phase: number): { x: number[]; y: number[] } => {
  const at = steps.map((s) => ({ r: 1.25 * Math.exp(-s / 14), a: phase * Math.exp(-s / 20) }))
  return {
    x: at.map(({ r, a }) => 1 + r * (Math.cos(a + 2) - 0.3)),
    y: at.map(({ r, a }) => r * Math.sin(a + 2)),
  }
}

export const landscape: Panel = {
  x: { label: 'w₁ / ‖w*‖' },
  y: { label: 'w₂ / ‖w*‖' },
  square: true,
  frames: {
    surface: { loss: pack(surface(), [grid.rows, grid.columns]) },
    run: spiral(1),
    other: spiral(-2.6),
    starts: { x: [spiral(1).x[0], spiral(-2.6).x[0]], y: [spiral(1).y[0], spiral(-2.6).y[0]] },
    minimum: { x: [1], y: [0], text: ['w* global minimum'] },
    saddle: { x: [-0.56], y: [0], text: ['−αw* degenerate saddle'] },
    peak: { x: [0], y: [0], text: ['0 peak, not differentiable'] },
  },
  marks: [
    {
      mark: 'contour',
      frame: 'surface',
      value: 'loss',
      ...grid,
      levels: Array.from({ length: 18 }, (_, i) => 0.02 + i * 0.14),
    },
    { mark: 'line', frame: 'run', x: 'x', y: 'y', tone: 'ink', width: 1.25 },
    { mark: 'line', frame: 'other', x: 'x', y: 'y', tone: 'ink', width: 1.25 },
    { mark: 'dot', frame: 'starts', x: 'x', y: 'y', tone: 'ink' },
    { mark: 'dot', frame: 'minimum', x: 'x', y: 'y', symbol: 'star', tone: 'holds', radius: 6.5 },
    {
      mark: 'dot',
      frame: 'saddle',
      x: 'x',
      y: 'y',
      symbol: 'diamond',
      tone: 'bound',
      filled: false,
    },
    { mark: 'dot', frame: 'peak', x: 'x', y: 'y', symbol: 'triangle', tone: 'ink', filled: false },
    { mark: 'text', frame: 'minimum', x: 'x', y: 'y', text: 'text', dy: -14 },
    { mark: 'text', frame: 'saddle', x: 'x', y: 'y', text: 'text', dy: -14 },
    { mark: 'text', frame: 'peak', x: 'x', y: 'y', text: 'text', dy: 16 },
  ],
}

const decay = steps.map((s) => 0.3 * Math.exp(-((s / 13) ** 2.7)))
const ours = steps.map((s) => 0.31 * Math.exp(-Math.max(0, s - 13) / 1.5))

export const rate: Panel = {
  x: { label: 'step', scale: 'log' },
  y: { label: 'loss', scale: 'log' },
  frames: {
    run: { step: steps, loss: decay },
    ours: { step: steps, loss: ours },
    published: { step: steps, loss: steps.map((s) => 0.3 * s ** -0.5) },
    names: { x: [42, 42], y: [ours[41], 0.046], text: ['our bound', 'ε⁻² bound'] },
    name: { x: [28], y: [decay[27]], text: ['this run'] },
  },
  marks: [
    { mark: 'line', frame: 'published', x: 'step', y: 'loss', tone: 'bound', dash: true },
    { mark: 'line', frame: 'ours', x: 'step', y: 'loss', tone: 'bound' },
    { mark: 'line', frame: 'run', x: 'step', y: 'loss' },
    { mark: 'dot', frame: 'run', x: 'step', y: 'loss', radius: 2 },
    {
      mark: 'text',
      frame: 'names',
      x: 'x',
      y: 'y',
      text: 'text',
      tone: 'bound',
      anchor: 'start',
      dx: 6,
    },
    {
      mark: 'text',
      frame: 'name',
      x: 'x',
      y: 'y',
      text: 'text',
      tone: 'measured',
      anchor: 'end',
      dx: -8,
      bold: true,
    },
  ],
}

const ks = [1, 3, 10, 30, 100, 300, 1000]

export const widths: Panel = {
  title: 'Updates until the hinge loss is zero',
  x: { label: 'hidden units k', scale: 'log' },
  y: { label: 'updates', scale: 'log' },
  frames: {
    seeds: {
      k: ks.flatMap((k) => [k, k, k]),
      updates: ks.flatMap((_, i) => [900 + 40 * i, 1110 + 10 * i, 1400 - 20 * i]),
    },
    spread: { k: ks, low: ks.map((_, i) => 860 + 40 * i), high: ks.map((_, i) => 1500 - 20 * i) },
    bound: { k: ks, bound: ks.map(() => 183_491) },
    ideal: { at: [10] },
    names: { x: [1000, 1000], y: [183_491, 1150], text: ['allowed', 'made'] },
    far: { y: [5000] },
  },
  marks: [
    { mark: 'rule-x', frame: 'ideal', x: 'at', dash: true },
    { mark: 'rule-y', frame: 'far', y: 'y', tone: 'undecided' },
    { mark: 'area', frame: 'spread', x: 'k', y1: 'low', y2: 'high' },
    { mark: 'line', frame: 'bound', x: 'k', y: 'bound', tone: 'bound', curve: 'step' },
    { mark: 'interval', frame: 'spread', x: 'k', y1: 'low', y2: 'high' },
    { mark: 'dot', frame: 'seeds', x: 'k', y: 'updates' },
    {
      mark: 'text',
      frame: 'names',
      x: 'x',
      y: 'y',
      text: 'text',
      anchor: 'start',
      dx: 7,
      tone: 'soft',
    },
  ],
}

export const errors: Panel = {
  title: 'Error on unseen digits',
  x: { label: 'training examples' },
  y: { label: 'share of errors' },
  frames: {
    lines: {
      n: [1000, 2000, 3000, 4000, 1000, 2000, 3000, 4000],
      error: [0.031, 0.022, 0.014, 0.0078, 0.044, 0.035, 0.0332, 0.03],
      k: ['10', '10', '10', '10', '100', '100', '100', '100'],
    },
    squares: { n: [1000, 4000], error: [0.05, null] },
    names: {
      n: [4000, 4000, 4000],
      error: [0.0078, 0.0085, 0.03],
      text: ['k = 10', 'k = 30', 'k = 100'],
    },
  },
  marks: [
    { mark: 'line', frame: 'lines', x: 'n', y: 'error', group: 'k' },
    { mark: 'dot', frame: 'squares', x: 'n', y: 'error', symbol: 'square', tone: 'violated' },
    {
      mark: 'text',
      frame: 'names',
      x: 'n',
      y: 'error',
      text: 'text',
      anchor: 'start',
      dx: 6,
      tone: 'measured',
    },
  ],
}

/** The same panel before the first row has come: every frame empty. */
export function emptied(panel: Panel): Panel {
  const clear = (frame: Frame): Frame =>
    Object.fromEntries(Object.keys(frame).map((name) => [name, []]))
  return {
    ...panel,
    frames: Object.fromEntries(
      Object.entries(panel.frames).map(([name, frame]) => [name, clear(frame)]),
    ),
    marks: panel.marks.map((mark): Mark => mark),
  }
}

const figure = (id: string, title: string, panels: readonly Panel[]): Figure => ({
  id,
  title,
  caption: 'A demonstration; its numbers are made up.',
  panels,
})

export const demoFigures: readonly Figure[] = [
  figure('rate', 'Gradient descent reaches the global minimum', [landscape, rate]),
  figure('updates', 'SGD stops after a bounded number of updates', [widths, errors]),
  figure('single', 'One wide panel', [rate]),
  figure('three', 'Three panels', [rate, landscape, errors]),
  figure('waiting', 'Rows so far: none', [emptied(landscape), emptied(rate), emptied(widths)]),
  figure('nothing', 'No panel', []),
]
