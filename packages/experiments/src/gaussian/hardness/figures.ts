import { splittingGap } from '@nonconvex/gaussian-theory'
import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Found } from './conclude.js'
import type { HardnessParams } from './params.js'

/** The losses that starts end with, sorted: on the set system, and on Gaussian inputs. */
export function hardnessFigures(found: Found, { steps }: HardnessParams): Figure[] {
  return [
    {
      id: 'losses',
      title: 'The same network: stuck on a set system, solved on Gaussian inputs',
      caption: `Loss at which each random start ends, sorted. Left: the training problem of the set system after at most ${steps} steps; a start at the bottom has found a splitting. Right: Gaussian inputs, the same filter length and number of windows, after 25 steps. That descent fails shows the hardness, it does not prove it; the proof is the reduction.`,
      panels: [hardPanel(found), gaussianPanel(found)],
    },
  ]
}

/** What is drawn for losses that are zero but for rounding. */
const FLOOR = 1e-16

const sorted = (losses: readonly number[]): { x: number[]; y: number[] } => {
  const y = [...losses].sort((a, b) => a - b).map((loss) => Math.max(FLOOR, loss))
  return { x: y.map((_, i) => (i + 0.5) / y.length), y }
}

const axes = {
  x: { label: 'share of starts', domain: [0, 1] },
  y: { label: 'loss', scale: 'log', domain: [FLOOR / 3, 1] },
} as const

function hardPanel({ hard, system }: Found): Panel {
  const gap = system ? [splittingGap(system)] : []
  const impossible = hard.at(0)?.splitting === null
  const text = impossible ? 'Γ, least possible' : 'Γ, below it a splitting is found'
  return {
    title: 'Set system',
    ...axes,
    frames: {
      losses: sorted(hard.flatMap((row) => row.losses)),
      gap: { y: gap },
      name: { x: gap.map(() => 0.98), y: gap, text: gap.map(() => text) },
    },
    marks: [
      { mark: 'rule-y', frame: 'gap', y: 'y', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'dot', frame: 'losses', x: 'x', y: 'y', tone: 'violated' },
      nameMark('name', { tone: 'bound', anchor: 'end', dy: 14 }),
    ],
  }
}

function gaussianPanel({ gaussian }: Found): Panel {
  return {
    title: 'Gaussian inputs',
    ...axes,
    frames: { losses: sorted(gaussian.flatMap((row) => row.losses)) },
    marks: [{ mark: 'dot', frame: 'losses', x: 'x', y: 'y', tone: 'holds' }],
  }
}
