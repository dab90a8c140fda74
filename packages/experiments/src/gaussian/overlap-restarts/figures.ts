import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { ShapeFound } from './conclude.js'
import type { RestartsParams } from './params.js'

/** Left: share against stride. Right: share of each teacher against its telescope index. */
export function restartFigures(
  found: readonly ShapeFound[],
  { teachers, starts }: RestartsParams,
): Figure[] {
  return [
    {
      id: 'restarts',
      title: 'A random start often finds the global optimum, and always without overlap',
      caption: `Left: share of ${teachers * starts} random starts ($${teachers}$ teachers, $${starts}$ starts each) that reach the global optimum, against stride over filter length, with 95 % intervals; one line for each $m$ and $k$. Right: the same for each teacher, against how much of the reflected teacher's error the overlap leaves, $\\chi = k\\,\\ell(-w^*)/\\lVert w^*\\rVert^2$.`,
      panels: [sharePanel(found), telescopePanel(found)],
    },
  ]
}

function sharePanel(found: readonly ShapeFound[]): Panel {
  const points = found.flatMap(({ shape: { m, stride, k }, random }) =>
    random ? [{ x: stride / m, random, m, group: `m = ${m}, k = ${k}` }] : [],
  )
  points.sort((a, b) => a.x - b.x)
  const groups = [...new Set(points.map(({ group }) => group))]
  // only the lowest line has room for a name, at its first point
  const firsts = groups.map((group) => points.find((p) => p.group === group))
  firsts.sort((a, b) => (a?.random.share ?? 1) - (b?.random.share ?? 1))
  const named = firsts.slice(0, 1).filter((p) => p !== undefined)
  return {
    title: 'All teachers',
    x: { label: 'stride / m', domain: [0, 1.05] },
    y: { label: 'share of starts at the global optimum', domain: [0.3, 1.05] },
    frames: {
      share: {
        x: points.map(({ x }) => x),
        y: points.map(({ random }) => random.share),
        low: points.map(({ random }) => random.interval.low),
        high: points.map(({ random }) => random.interval.high),
        group: points.map(({ group }) => group),
      },
      names: {
        x: named.map(({ x }) => x),
        y: named.map(({ random }) => random.share),
        text: named.map(({ group }) => group),
      },
      one: { y: [1] },
    },
    marks: [
      { mark: 'rule-y', frame: 'one', y: 'y', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'line', frame: 'share', x: 'x', y: 'y', group: 'group', tone: 'measured', width: 1 },
      { mark: 'interval', frame: 'share', x: 'x', y1: 'low', y2: 'high', tone: 'measured' },
      { mark: 'dot', frame: 'share', x: 'x', y: 'y', tone: 'measured', radius: 3 },
      nameMark('names', { tone: 'measured', anchor: 'start', dx: 10, dy: 14 }),
    ],
  }
}

function telescopePanel(found: readonly ShapeFound[]): Panel {
  const overlapping = found.filter(({ shape }) => shape.m > shape.stride)
  const dots = (of: 'random' | 'alternating'): { x: number[]; y: number[] } => {
    const teachers = overlapping.flatMap((f) => f[of]?.teachers ?? [])
    return {
      x: teachers.map((t) => t.telescope),
      y: teachers.map((t) => t.counts.global / t.starts),
    }
  }
  const alternating = dots('alternating')
  const first = alternating.y.indexOf(Math.min(...alternating.y))
  const name =
    first < 0
      ? { x: [], y: [], text: [] }
      : {
          x: [alternating.x[first]],
          y: [alternating.y[first]],
          text: ['alternating teacher'],
        }
  return {
    title: 'Each teacher, with overlap',
    x: { label: 'χ, telescope index of the teacher' },
    y: { label: 'share of its starts', domain: [0, 1.05] },
    frames: { random: dots('random'), alternating, name },
    marks: [
      { mark: 'dot', frame: 'random', x: 'x', y: 'y', tone: 'measured', opacity: 0.6 },
      {
        mark: 'dot',
        frame: 'alternating',
        x: 'x',
        y: 'y',
        tone: 'violated',
        symbol: 'diamond',
        filled: false,
      },
      nameMark('name', { tone: 'violated', anchor: 'start', dy: 26 }),
    ],
  }
}
