import { splittingGap } from '@nonconvex/gaussian-theory/hardness'
import type { SetSystem } from '@nonconvex/gaussian-theory/data'
import { power } from '@nonconvex/tensor'
import type { Figure, Panel, Tone } from '../../figure/figure.js'
import {
  beside,
  dots,
  histogram,
  label,
  panelOf,
  ruleX,
  xy,
  type Layer,
} from '../../figure/layers.js'
import type { Params } from './experiment.js'
import { systemTitle } from './instance.js'

/** Where the run from each initialization on a set system ended. */
export interface SplittingRuns {
  readonly losses: readonly number[]
  /** whether the partition read off the weights splits */
  readonly decoded: readonly boolean[]
  /** partition of the best run */
  readonly best: readonly number[]
  /** found by brute force; null if there is none */
  readonly splitting: readonly number[] | null
}

/** The runs on one set system; the system is known from their witness. */
export interface OnSystem {
  readonly rows: readonly SplittingRuns[]
  readonly system: SetSystem | undefined
}

/** Runs on the system to be split and on the one without a splitting, losses on Gaussian inputs. */
interface Shown {
  readonly hard: OnSystem
  readonly blocked: OnSystem
  readonly gaussian: readonly number[]
}

export const bestOf = ({ rows }: OnSystem): { loss: number; partition: readonly number[] } =>
  rows
    .map((row) => ({ loss: Math.min(...row.losses), partition: row.best }))
    .reduce((a, b) => (b.loss < a.loss ? b : a), { loss: Infinity, partition: [0] })

/** Histograms of the final losses on set systems and Gaussian inputs; and the systems themselves. */
export function hardnessFigures(found: Shown, params: Params): Figure[] {
  const { instance, blocked, steps } = params
  return [
    {
      id: 'losses',
      title: 'Gradient descent fails on set systems and succeeds on Gaussian inputs',
      caption: `Fraction of random initializations by final loss, one bar for each power of ten, zero losses at the left edge: a set system with a splitting (${systemTitle(instance)}) and one without (${systemTitle(blocked)}), after at most ${steps} steps, and Gaussian inputs of the same size, after 25 steps. The failures illustrate the hardness; the reduction proves it.`,
      panels: [
        hardPanel(found.hard, 'Can be split'),
        hardPanel(found.blocked, 'Cannot be split'),
        lossPanel('Gaussian inputs', found.gaussian, 'holds'),
      ],
    },
    incidenceFigure(found, params),
  ]
}

/** One bar for each power of ten; losses below the first count for it, those above 1 for the last. */
const LOWEST = -16

const bins = {
  edges: Array.from({ length: 1 - LOWEST }, (_, i) => power(10, LOWEST + i)),
  binOf: (loss: number): number =>
    Math.min(-LOWEST - 1, Math.max(0, loss > 0 ? Math.floor(Math.log10(loss)) - LOWEST : 0)),
}

const lossPanel = (
  title: string,
  losses: readonly number[],
  tone: Tone,
  more: readonly Layer[] = [],
): Panel =>
  panelOf(
    {
      title,
      x: { label: 'final loss', scale: 'log', domain: [power(10, LOWEST), 1] },
      y: { label: 'fraction of runs', domain: [0, 1.05] },
    },
    [histogram('losses', losses, bins, { tone, fill: { tone, opacity: 0.35 } }), ...more],
  )

function hardPanel({ rows, system }: OnSystem, expected: string): Panel {
  const losses = rows.flatMap((row) => row.losses)
  const splitting = rows.at(0)?.splitting
  const can = splitting === undefined ? expected : splitting ? 'Can be split' : 'Cannot be split'
  const text = splitting === null ? 'Γ, least possible' : 'left of Γ: split'
  const gap = system ? splittingGap(system) : null
  return lossPanel(can, losses, 'violated', [
    ruleX('gap', gap === null ? [] : [gap], { tone: 'bound', dash: true, width: 1.5 }),
    label('name', text, gap === null ? undefined : [gap, 1], beside('bound', -6)),
  ])
}

/** The elements of each subset, and their parts in the partition of the best run. */
function incidenceFigure({ hard, blocked }: Shown, params: Params): Figure {
  return {
    id: 'incidence',
    title: 'The partition of the best run, on the elements of every subset',
    caption:
      'A dot for each element of a subset; color and shape show its part in the partition of the best run. A subset is split if its column has two kinds of dots, and marked red otherwise.',
    panels: [
      incidencePanel(systemTitle(params.instance), hard),
      incidencePanel(systemTitle(params.blocked), blocked),
    ],
  }
}

const tones: readonly Tone[] = ['measured', 'bound', 'holds', 'undecided', 'ink']
const symbols = ['circle', 'diamond', 'square', 'triangle', 'star'] as const

function incidencePanel(name: string, found: OnSystem): Panel {
  const axis = { x: { label: 'subset' }, y: { label: 'element' } } as const
  if (!found.system) return { title: name, ...axis, frames: {}, marks: [] }
  const { n, subsets, k } = found.system
  const { partition } = bestOf(found)
  const whole = subsets.flatMap((subset, c) =>
    subset.every((i) => partition[i] === partition[subset[0]]) ? [c + 1] : [],
  )
  const parts = Array.from({ length: k }, (_, part) => part)
  return panelOf(
    {
      title: `${name}: ${whole.length === 0 ? 'all subsets split' : `${whole.length} of ${subsets.length} not split`}`,
      x: { ...axis.x, domain: [0.5, Math.max(1, subsets.length) + 0.5] },
      y: {
        ...axis.y,
        domain: [0.4, n + 0.6],
        names: Array.from({ length: n }, (_, i) => String(i)),
      },
    },
    [
      ruleX('whole', whole, { tone: 'violated', width: 9, opacity: 0.35, key: 'subset not split' }),
      ...parts.map((part) =>
        dots(
          `part${part}`,
          subsets.flatMap((subset, c) =>
            subset.filter((i) => partition[i] === part).map((i) => ({ x: c + 1, y: i + 1 })),
          ),
          xy,
          {
            radius: 5,
            tone: tones[part % tones.length],
            symbol: symbols[part % symbols.length],
            key: `part ${part}`,
          },
        ),
      ),
    ],
  )
}
