import type { Figure, Panel } from '../../figure/figure.js'
import { shareOf, type ShapeFound } from './found.js'
import { linesOf } from './share-lines.js'
import type { ParamsOf } from '../../define/definition.js'
import type { overlapRestarts } from './experiment.js'

type Params = ParamsOf<typeof overlapRestarts>

/** Left: share against stride. Right: share of each teacher against its telescope index. */
export function restartFigures(
  found: readonly ShapeFound[],
  { teachers, starts }: Params,
): Figure[] {
  return [
    {
      id: 'restarts',
      title: 'A random start often finds the global optimum, and always without overlap',
      caption: `Left: share of ${teachers * starts} random starts ($${teachers}$ teachers, $${starts}$ starts each) that reach the global optimum, against stride over filter length, with 95 % intervals; one line for each $m$ and $k$ with several strides. Right: the same for each teacher, against how much of the reflected teacher's error the overlap leaves, $\\chi = k\\,\\ell(-w^*)/\\lVert w^*\\rVert^2$.`,
      panels: [sharePanel(found), telescopePanel(found)],
    },
  ]
}

function sharePanel(found: readonly ShapeFound[]): Panel {
  const lines = linesOf(found, {
    group: ({ m, k }) => `m = ${m}, k = ${k}`,
    x: ({ m, stride }) => stride / m,
    symbol: ({ m }) => m,
    line: ({ k }) => k,
  })
  return {
    title: 'All teachers',
    x: { label: 'stride / m', domain: [0, 1.05] },
    y: { label: 'share of starts at the global optimum', domain: [lines.lowest - 0.08, 1.03] },
    frames: {
      ...lines.frames,
      one: { y: [1] },
    },
    marks: [
      {
        mark: 'rule-y',
        frame: 'one',
        y: 'y',
        tone: 'bound',
        dash: true,
        width: 1.5,
        key: 'all starts',
      },
      ...lines.marks,
    ],
  }
}

function telescopePanel(found: readonly ShapeFound[]): Panel {
  const overlapping = found.filter(({ shape }) => shape.m > shape.stride)
  const dots = (of: 'random' | 'alternating'): { x: number[]; y: number[] } => {
    const teachers = overlapping.flatMap((f) => f[of]?.teachers ?? [])
    return { x: teachers.map((t) => t.telescope), y: teachers.map(shareOf) }
  }
  const [random, alternating] = [dots('random'), dots('alternating')]
  const end = Math.max(1, ...random.x, ...alternating.x) * 1.05
  return {
    title: 'Each teacher, with overlap',
    x: { label: 'χ, telescope index of the teacher', domain: [0, end] },
    y: { label: 'share of its starts', domain: [0, 1.05] },
    frames: {
      random,
      alternating,
    },
    marks: [
      {
        mark: 'dot',
        frame: 'random',
        x: 'x',
        y: 'y',
        tone: 'measured',
        opacity: 0.6,
        key: 'random teacher',
      },
      {
        mark: 'dot',
        frame: 'alternating',
        x: 'x',
        y: 'y',
        tone: 'violated',
        symbol: 'diamond',
        filled: false,
        key: 'alternating teacher',
      },
    ],
  }
}
