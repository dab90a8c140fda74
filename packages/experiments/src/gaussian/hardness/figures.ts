import { splittingGap } from '@nonconvex/gaussian-theory'
import { power } from '@nonconvex/tensor'
import type { Figure, Panel, Tone } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Found, OnSystem } from './conclude.js'
import { incidenceFigure } from './incidence-figure.js'
import { systemTitle } from './instance.js'
import type { HardnessParams } from './params.js'

/**
 * Histograms of the losses that starts end with, on set systems and on Gaussian inputs; and the
 * systems themselves.
 */
export function hardnessFigures(found: Found, params: HardnessParams): Figure[] {
  const { instance, blocked, steps } = params
  return [
    {
      id: 'losses',
      title: 'The same network: stuck on a set system, solved on Gaussian inputs',
      caption: `Share of random starts by the loss at which they end, a bar for each power of ten; at the left edge what is zero but for rounding. First: the training problem of a set system that can be split (${systemTitle(instance)}), after at most ${steps} steps; a start at the left edge has found a splitting. Second: one that cannot (${systemTitle(blocked)}), where no loss is below $\\Gamma$. Third: Gaussian inputs, the same filter length and number of windows as in the first, after 25 steps. That descent fails shows the hardness, it does not prove it; the proof is the reduction.`,
      panels: [
        hardPanel(found.hard, 'Can be split'),
        hardPanel(found.blocked, 'Cannot be split'),
        lossPanel(
          'Gaussian inputs',
          found.gaussian.flatMap((row) => row.losses),
          'holds',
        ),
      ],
    },
    incidenceFigure(found, params),
  ]
}

/**
 * Bars: one for each power of ten; losses below the first count for it, those above 1 for the last.
 */
const LOWEST = -16

/** Outline of the histogram, from the left to the right edge. */
function bars(losses: readonly number[]): { x: number[]; y: number[]; zero: number[] } {
  const counts = Array.from({ length: -LOWEST }, () => 0)
  for (const loss of losses) {
    const at = loss > 0 ? Math.floor(Math.log10(loss)) - LOWEST : 0
    counts[Math.min(counts.length - 1, Math.max(0, at))]++
  }
  const edges = counts.flatMap((count, i) => {
    const share = count / losses.length
    return [
      { x: power(10, LOWEST + i), y: share },
      { x: power(10, LOWEST + i + 1), y: share },
    ]
  })
  const shown = losses.length > 0 ? edges : []
  return { x: shown.map(({ x }) => x), y: shown.map(({ y }) => y), zero: shown.map(() => 0) }
}

function lossPanel(title: string, losses: readonly number[], tone: Tone): Panel {
  return {
    title,
    x: { label: 'loss at the end', scale: 'log', domain: [power(10, LOWEST), 1] },
    y: { label: 'share of starts', domain: [0, 1.05] },
    frames: { losses: bars(losses) },
    marks: [
      { mark: 'area', frame: 'losses', x: 'x', y1: 'zero', y2: 'y', tone, opacity: 0.35 },
      { mark: 'line', frame: 'losses', x: 'x', y: 'y', tone },
    ],
  }
}

function hardPanel({ rows, system }: OnSystem, expected: string): Panel {
  const losses = rows.flatMap((row) => row.losses)
  const gap = system ? [splittingGap(system)] : []
  const splitting = rows.at(0)?.splitting
  const can = splitting === undefined ? expected : splitting ? 'Can be split' : 'Cannot be split'
  const text = splitting === null ? 'Γ, least possible' : 'left of Γ: split'
  const plain = lossPanel(can, losses, 'violated')
  return {
    ...plain,
    frames: {
      ...plain.frames,
      gap: { x: gap },
      name: { x: gap, y: gap.map(() => 1), text: gap.map(() => text) },
    },
    marks: [
      ...plain.marks,
      { mark: 'rule-x', frame: 'gap', x: 'x', tone: 'bound', dash: true, width: 1.5 },
      nameMark('name', { tone: 'bound', anchor: 'end', dx: -6 }),
    ],
  }
}
