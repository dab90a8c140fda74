import { splittingGap } from '@nonconvex/gaussian-theory'
import type { Figure, Mark, Panel, Tone } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Found, OnSystem } from './conclude.js'
import type { HardnessParams } from './params.js'

/** The losses that starts end with, sorted: on the set system, and on Gaussian inputs. */
export function hardnessFigures(
  found: Found,
  { instance, blocked, steps }: HardnessParams,
): Figure[] {
  return [
    {
      id: 'losses',
      title: 'The same network: stuck on a set system, solved on Gaussian inputs',
      caption: `Loss at which each random start ends, sorted. First: the training problem of a set system that can be split (${instance}), after at most ${steps} steps; a start at the bottom has found a splitting. Second: one that cannot (${blocked}), where no loss is below $\\Gamma$. Third: Gaussian inputs, the same filter length and number of windows as in the first, after 25 steps. That descent fails shows the hardness, it does not prove it; the proof is the reduction.`,
      panels: [
        hardPanel(found.hard, 'Can be split'),
        hardPanel(found.blocked, 'Cannot be split'),
        gaussianPanel(found),
      ],
    },
  ]
}

/** What is drawn for losses that are zero but for rounding. */
const FLOOR = 1e-16

/** Sorted losses over the share of starts, as a curve of steps that ends at 1. */
const sorted = (losses: readonly number[]): { x: number[]; y: number[] } => {
  const y = [...losses].sort((a, b) => a - b).map((loss) => Math.max(FLOOR, loss))
  const x = y.map((_, i) => i / y.length)
  return { x: [...x, ...y.slice(-1).map(() => 1)], y: [...y, ...y.slice(-1)] }
}

const axes = {
  x: { label: 'share of starts', domain: [0, 1] },
  y: { label: 'loss', scale: 'log', domain: [FLOOR / 3, 1] },
} as const

const curve = (tone: Tone): Mark => ({
  ...{ mark: 'line', frame: 'losses', x: 'x', y: 'y', curve: 'step' },
  ...{ tone, width: 3 },
})

function hardPanel({ rows, system }: OnSystem, expected: string): Panel {
  const gap = system ? [splittingGap(system)] : []
  const splitting = rows.at(0)?.splitting
  const can = splitting === undefined ? expected : splitting ? 'Can be split' : 'Cannot be split'
  const text = splitting === null ? 'Γ, least possible' : 'Γ, below: split'
  return {
    title: can,
    ...axes,
    frames: {
      losses: sorted(rows.flatMap((row) => row.losses)),
      gap: { y: gap },
      name: { x: gap.map(() => 0.98), y: gap, text: gap.map(() => text) },
    },
    marks: [
      { mark: 'rule-y', frame: 'gap', y: 'y', tone: 'bound', dash: true, width: 1.5 },
      curve('violated'),
      nameMark('name', { tone: 'bound', anchor: 'end', dy: 14 }),
    ],
  }
}

function gaussianPanel({ gaussian }: Found): Panel {
  return {
    title: 'Gaussian inputs',
    ...axes,
    frames: { losses: sorted(gaussian.flatMap((row) => row.losses)) },
    marks: [curve('holds')],
  }
}
