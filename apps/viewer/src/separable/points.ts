/** A point of the square [−1, 1]² with the label of its class. */
export interface LabeledPoint {
  readonly x: number
  readonly y: number
  readonly label: 1 | -1
}

/** The point sets that are drawn from the seed, the default first. */
export const pointSetNames = ['gaussians', 'small-margin', 'wrong-label', 'moons', 'xor'] as const
export type PointSet = (typeof pointSetNames)[number]

export const isPointSet = (text: string): text is PointSet =>
  pointSetNames.some((name) => name === text)

/** More points would make the address too long for some programs. */
export const MAX_POINTS = 200

/** Coordinates are multiples of 1/STEPS. */
const STEPS = 100

/** Two digits of base 36 for each coordinate. */
const DIGITS = 4

export const pointsForm = `the name of a point set, or up to ${MAX_POINTS} points as they are drawn on the picture`

/** A point as the address stores it: rounded to hundredths, inside the square. */
export function rounded({ x, y, label }: LabeledPoint): LabeledPoint {
  return { x: near(x), y: near(y), label }
}

const near = (t: number): number => Math.round(STEPS * Math.min(1, Math.max(-1, t))) / STEPS + 0

/** The text of points: those of class +1, then those of class −1. */
export function formatPoints(points: readonly LabeledPoint[]): string {
  const side = (label: 1 | -1) =>
    points.filter((point) => point.label === label).map(({ x, y }) => digits(x) + digits(y))
  return `${side(1).join('')}-${side(-1).join('')}`
}

const digits = (t: number): string =>
  Math.round(STEPS * (t + 1))
    .toString(36)
    .padStart(2, '0')

/**
 * Reads what `formatPoints` writes.
 *
 * @throws RangeError with what is expected and what was got
 */
export function parsePoints(text: string): readonly LabeledPoint[] {
  const match = /^((?:[0-9a-z]{4})*)-((?:[0-9a-z]{4})*)$/.exec(text)
  if (!match) throw fault(`"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`)
  const [, positive = '', negative = ''] = match
  const count = (positive.length + negative.length) / DIGITS
  if (count > MAX_POINTS) throw fault(`${count} points`)
  return [...sideOf(positive, 1), ...sideOf(negative, -1)]
}

function sideOf(text: string, label: 1 | -1): LabeledPoint[] {
  return Array.from({ length: text.length / DIGITS }, (_, i) => {
    const at = DIGITS * i
    return { x: coordinate(text, at), y: coordinate(text, at + 2), label }
  })
}

function coordinate(text: string, at: number): number {
  const steps = Number.parseInt(text.slice(at, at + 2), 36)
  if (steps > 2 * STEPS) throw fault(`"${text.slice(at, at + 2)}", a place outside of the square`)
  return (steps - STEPS) / STEPS
}

/** The points as the command line reads them. */
export function csvOfPoints(points: readonly LabeledPoint[]): string {
  return ['x,y,label', ...points.map(({ x, y, label }) => `${x},${y},${label}`), ''].join('\n')
}

function fault(got: string): RangeError {
  return new RangeError(`expected ${pointsForm}, got ${got}`)
}
