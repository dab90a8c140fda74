import { line, panelOf, label } from '@nonconvex/experiments/define'
import type { Figure } from '@nonconvex/experiments/figure'
import { problemOf, type Examples, type Problem } from './problem.js'
import { Training } from './training.js'

/** The widths that are compared. */
const WIDTHS = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000]

/** The updates of one width. */
export interface WidthCount {
  readonly k: number
  readonly updates: number
  readonly bound: number
}

/** Runs of all widths, one after the other, in pieces. */
export class Widths {
  private readonly problems: readonly Problem[]
  private training: Training | undefined
  readonly counts: WidthCount[] = []

  constructor(
    examples: Examples,
    values: { readonly alpha: number; readonly eta: number },
    seed: number,
  ) {
    this.problems = WIDTHS.map((k) => problemOf(examples, { ...values, k }, seed, 'leaky ReLU'))
  }

  /** Goes on while there is time; whether all runs have ended. */
  advance(enough: () => boolean): boolean {
    for (;;) {
      const problem = this.problems[this.counts.length]
      if (problem === undefined) return true
      if (enough()) return false
      this.training ??= new Training(problem)
      if (!this.training.advance(Infinity, enough)) return false
      const { updates } = this.training
      this.training = undefined
      this.counts.push({
        k: problem.options.k,
        updates,
        bound: Math.floor(problem.bound?.bounds.best ?? NaN),
      })
    }
  }
}

/** Updates and bound against the width. */
export function widthsFigure(counts: readonly WidthCount[], k: number): Figure {
  const [first] = counts
  const shown = counts.find((count) => count.k === k)
  const x = { x: (count: WidthCount) => count.k }
  return {
    id: 'widths',
    title: 'Updates against the width',
    caption: `Updates of SGD on these points until the loss is exactly 0 (blue), and the bound of the theorem (orange), for ${WIDTHS.length} widths from the same seed.`,
    panels: [
      panelOf(
        {
          x: { label: 'width k', scale: 'log', domain: [1, 1000] },
          y: { label: 'updates', scale: 'log' },
        },
        [
          line('bound', counts, { ...x, y: (count) => count.bound }, { tone: 'bound', width: 1.5 }),
          line(
            'updates',
            counts,
            { ...x, y: (count) => Math.max(1, count.updates) },
            { tone: 'measured', dots: { radius: 3.5 } },
          ),
          label('allowed', 'bound', [first?.k ?? 1, first?.bound ?? 1], {
            tone: 'bound',
            anchor: 'start',
            dx: 6,
            dy: 12,
          }),
          label('made', 'updates of SGD', [first?.k ?? 1, Math.max(1, first?.updates ?? 1)], {
            tone: 'measured',
            anchor: 'start',
            dx: 6,
            dy: -12,
          }),
          ...(shown
            ? [
                label('here', `k = ${k}`, [k, Math.max(1, shown.updates)], {
                  tone: 'ink',
                  dy: 14,
                  bold: true,
                }),
              ]
            : []),
        ],
      ),
    ],
  }
}
