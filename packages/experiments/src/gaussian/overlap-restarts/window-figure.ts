import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { shareOf, type ShapeFound } from './found.js'
import { linesOf } from './share-lines.js'

/**
 * Left: share against the number of windows. Right: how the shares of single teachers are spread.
 */
export function windowFigures(found: readonly ShapeFound[]): Figure[] {
  const overlapping = found.filter(({ shape }) => shape.m > shape.stride)
  if (overlapping.length === 0) return []
  return [
    {
      id: 'windows',
      title: 'How the share of lucky starts depends on the number of windows and on the teacher',
      caption:
        'Left: share of random starts that reach the global optimum, against the number $k$ of windows, one line for each $m$ and stride with several $k$; 95 % intervals. Right: random teachers of all networks with overlap by the share of their own starts: filled bars for stride 1, dashed for larger strides.',
      panels: [windowPanel(overlapping), histogramPanel(overlapping)],
    },
  ]
}

function windowPanel(found: readonly ShapeFound[]): Panel {
  const lines = linesOf(found, {
    group: ({ m, stride }) => `m = ${m}, stride ${stride}`,
    x: ({ k }) => k,
    symbol: ({ m }) => m,
    line: ({ stride }) => stride,
  })
  return {
    title: 'All teachers',
    x: { label: 'k, number of windows', scale: 'log' },
    y: { label: 'share of starts at the global optimum', domain: [lines.lowest - 0.05, 1.04] },
    frames: lines.frames,
    marks: lines.marks,
  }
}

const BINS = 10

function histogramPanel(found: readonly ShapeFound[]): Panel {
  const steps = (of: (f: ShapeFound) => boolean): Frame => {
    const shares = found.filter(of).flatMap(({ random }) => random?.teachers.map(shareOf) ?? [])
    const counts = new Array<number>(BINS + 1).fill(0)
    // the last bin is for teachers without any failure
    for (const share of shares) counts[Math.floor(share * BINS)]++
    const total = Math.max(1, shares.length)
    return {
      x: counts.flatMap((_, i) => [i / BINS, (i + 1) / BINS]),
      y: counts.flatMap((count) => [count / total, count / total]),
      zero: counts.flatMap(() => [0, 0]),
    }
  }
  const frames = {
    dense: steps(({ shape }) => shape.stride === 1),
    sparse: steps(({ shape }) => shape.stride > 1),
  }
  return {
    title: 'Single teachers',
    x: { label: 'share of a teacher’s starts; the last bar: all of them', domain: [0, 1.1] },
    y: { label: 'share of the teachers', domain: [0, 1] },
    frames: {
      ...frames,
    },
    marks: [
      {
        mark: 'area',
        frame: 'dense',
        x: 'x',
        y1: 'zero',
        y2: 'y',
        tone: 'measured',
        opacity: 0.3,
        key: 'stride 1',
      },
      { mark: 'line', frame: 'dense', x: 'x', y: 'y', tone: 'measured' },
      {
        mark: 'line',
        frame: 'sparse',
        x: 'x',
        y: 'y',
        tone: 'ink',
        dash: true,
        key: 'stride above 1',
      },
    ],
  }
}
