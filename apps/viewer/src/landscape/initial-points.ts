/** A point of the plane of the filter's two weights. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The plane is shown on [−EDGE, EDGE]². */
export const EDGE = 1.5

/** More would be hard to tell apart; the oldest is dropped first. */
export const MAX_INITIAL_POINTS = 12

/** The text for no initial point. */
export const NO_POINTS = 'none'

export const initialPointsForm = `none, or up to ${MAX_INITIAL_POINTS} initial points as x,y,x,y in [−${EDGE}, ${EDGE}]`

/**
 * Parses the initial points of an address: 'none', or '0.8,-0.5,1.1,0.2'.
 *
 * @throws RangeError with what is expected and what was got
 */
export function parseInitialPoints(text: string): readonly Point[] {
  if (text.trim() === NO_POINTS) return []
  const numbers = text.split(',').map(readNumber)
  const wrong = numbers.findIndex((x) => !(Math.abs(x) <= EDGE))
  if (wrong >= 0) throw fault(`number ${wrong + 1} is "${text.split(',')[wrong]?.trim() ?? ''}"`)
  if (numbers.length % 2 === 1)
    throw fault(`${numbers.length} numbers, an odd count: each point has two`)
  if (numbers.length > 2 * MAX_INITIAL_POINTS) throw fault(`${numbers.length / 2} points`)
  const points = Array.from({ length: numbers.length / 2 }, (_, i) => ({
    x: numbers[2 * i],
    y: numbers[2 * i + 1],
  }))
  if (points.some(isOrigin)) throw fault('the point 0,0, where the loss is not differentiable')
  const twice = points.find((point, i) => points.slice(0, i).some((other) => isSame(other, point)))
  if (twice) throw fault(`the point ${twice.x},${twice.y} twice`)
  return points
}

export function formatInitialPoints(points: readonly Point[]): string {
  return points.length === 0 ? NO_POINTS : points.map(({ x, y }) => `${x},${y}`).join(',')
}

/** Why gradient descent cannot start there, '' if it can. */
export function refusalOf(start: Point, points: readonly Point[]): string {
  if (isOrigin(start))
    return 'The loss is not differentiable at the origin; choose another initial point.'
  if (points.some((point) => isSame(point, start)))
    return 'This initial point exists already; choose another one.'
  return ''
}

/**
 * The points with one more, rounded; the oldest is dropped where there are too many.
 */
export function withInitialPoint(points: readonly Point[], start: Point): readonly Point[] {
  return [...points, rounded(start)].slice(-MAX_INITIAL_POINTS)
}

/** A point as the address stores it: rounded to thousandths, inside the plane that is shown. */
export function rounded({ x, y }: Point): Point {
  const near = (t: number) => Math.round(1000 * Math.min(EDGE, Math.max(-EDGE, t))) / 1000 + 0
  return { x: near(x), y: near(y) }
}

function isSame(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y
}

export function isOrigin({ x, y }: Point): boolean {
  return x === 0 && y === 0
}

function readNumber(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : NaN
}

function fault(got: string): RangeError {
  return new RangeError(`expected ${initialPointsForm}, got ${got}`)
}
