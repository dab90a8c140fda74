import { loadCsv } from '@nonconvex/overparam/tabular'
import { MAX_POINTS, rounded, type LabeledPoint } from './points.js'

/** A file of points is a small one. */
const MOST_BYTES = 1e6
/** The points are moved into [−ROOM, ROOM]² if they lie outside of the picture. */
const ROOM = 0.95

/**
 * The points of a CSV file with two columns of numbers and a column of labels.
 *
 * @throws Error with what is wrong with the file
 */
export async function pointsOfFile(file: File): Promise<readonly LabeledPoint[]> {
  if (file.size > MOST_BYTES)
    throw new RangeError(
      `${file.name}: expected at most 1 MB, got ${Math.ceil(file.size / 1e6)} MB; open it under Own data`,
    )
  try {
    return pointsOfCsv(await file.text())
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new RangeError(`${file.name}: ${message}`, { cause: error })
  }
}

/** @throws DataError, RangeError for a text that has no such points */
export function pointsOfCsv(text: string): readonly LabeledPoint[] {
  const { x, y } = loadCsv(text)
  if (x.cols !== 2)
    throw new RangeError(
      `expected two features, for a picture in the plane, got ${x.cols}; open it under Own data`,
    )
  if (x.rows > MAX_POINTS)
    throw new RangeError(
      `expected at most ${MAX_POINTS} examples, got ${x.rows}; open it under Own data`,
    )
  const column = (c: number) => Array.from({ length: x.rows }, (_, i) => x.data[2 * i + c])
  const outside = x.data.some((value) => Math.abs(value) > 1)
  const [across, up] = [column(0), column(1)].map((values) => (outside ? into(values) : values))
  const points = Array.from({ length: x.rows }, (_, i) =>
    rounded({ x: across[i], y: up[i], label: y[i] > 0 ? 1 : -1 }),
  )
  return [1, -1].flatMap((side) => points.filter(({ label }) => label === side))
}

function into(values: readonly number[]): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const half = (most - least) / 2 || 1
  return values.map((value) => (ROOM * (value - (least + most) / 2)) / half)
}
