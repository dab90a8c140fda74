import type { Theme } from '@nonconvex/experiments/figure'
import type { Run } from './descent.js'
import { toPixels, type Frame } from './frame.js'
import type { Shape } from './shape.js'

/**
 * A run's path up to a fraction of its length: whole if it is 1.
 *
 * @param rough - the line alone, without its steps
 */
export function runShapes(
  run: Run,
  frame: Frame,
  theme: Theme,
  fraction = 1,
  rough = false,
): Shape[] {
  const line = thinned(run, frame)
  const part = fraction >= 1 ? line : cut(line, fraction)
  const color = runColor(run, theme)
  const radius = 0.3 * frame.type
  const [x, y] = part.slice(-2)
  const common = { kind: 'lines', lines: [part] } as const
  const start = { kind: 'disc', x: line[0], y: line[1], radius } as const
  const marked = rough ? [] : spaced(part, 0.6 * frame.type)
  const steps = marked.map(([x, y]): Shape => ({
    kind: 'disc',
    x,
    y,
    radius: 0.17 * frame.type,
    fill: color,
  }))
  const rim = { ...common, stroke: theme.paper, width: 0.36 * frame.type, opacity: 0.85 }
  const shapes: Shape[] = [
    ...(rough ? [] : [rim]),
    {
      ...common,
      stroke: color,
      width: 0.17 * frame.type,
      ...(run.kind !== 'global' && { dash: [0.5 * frame.type, 0.38 * frame.type] }),
    },
    ...steps,
    { ...start, fill: theme.paper, stroke: color, width: 0.14 * frame.type },
  ]
  if (fraction < 1) return [...shapes, { kind: 'disc', x, y, radius, fill: color }]
  return [...shapes, endMark(run, x, y, frame, theme)]
}

/** Where it came to rest: a disc at the global minimum, a cross elsewhere. */
function endMark(run: Run, x: number, y: number, { type }: Frame, theme: Theme): Shape {
  const color = runColor(run, theme)
  if (run.kind === 'global')
    return { kind: 'disc', x, y, radius: 0.24 * type, fill: color, stroke: theme.paper, width: 1 }
  const arm = 0.3 * type
  return {
    kind: 'lines',
    stroke: theme.paper,
    width: 0.2 * type,
    lines: [
      [x - arm, y - arm, x + arm, y + arm],
      [x - arm, y + arm, x + arm, y - arm],
    ],
  }
}

function runColor({ kind }: Run, theme: Theme): string {
  return kind === 'global' ? theme.measured : theme.violated
}

/** The path in pixels, without points that coincide with the one before. */
function thinned({ path }: Run, frame: Frame): number[] {
  const line: number[] = []
  for (let i = 0; i < path.length; i += 2) {
    const [x, y] = toPixels(frame, { x: path[i], y: path[i + 1] })
    const last = line.length - 2
    const isEnd = i === path.length - 2
    if (last < 0 || isEnd || Math.hypot(x - line[last], y - line[last + 1]) >= 0.75) line.push(x, y)
  }
  return line
}

/** Steps far enough apart on the path to be seen. */
function spaced(line: readonly number[], gap: number): [number, number][] {
  const steps: [number, number][] = []
  let last = [line[0], line[1]]
  for (let i = 2; i < line.length - 2; i += 2) {
    const [x, y] = [line[i], line[i + 1]]
    if (Math.hypot(x - last[0], y - last[1]) < gap) continue
    last = [x, y]
    steps.push([x, y])
  }
  return steps
}

/** The first part of a line, by its length. */
function cut(line: readonly number[], fraction: number): number[] {
  const pieces: number[] = []
  for (let i = 2; i < line.length; i += 2)
    pieces.push(Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1]))
  let left = fraction * pieces.reduce((sum, piece) => sum + piece, 0)
  const part = [line[0], line[1]]
  for (const [j, piece] of pieces.entries()) {
    const t = piece === 0 ? 1 : Math.min(1, left / piece)
    const i = 2 * j
    part.push(line[i] + t * (line[i + 2] - line[i]), line[i + 1] + t * (line[i + 3] - line[i + 1]))
    left -= piece
    if (left <= 0) break
  }
  return part
}
