/** Leading digits of the levels: nearly even steps on a logarithmic scale. */
const LEADS = [1, 1.5, 2, 3, 5, 7]
/** Decades below the highest value that are shown. */
const DECADES = 3

/**
 * Levels of the loss between 0 and the highest value: round numbers, evenly spaced on a logarithmic
 * scale.
 */
export function levelsUpTo(highest: number): readonly number[] {
  if (!(highest > 0 && highest < Infinity)) return []
  const levels: number[] = []
  const lowest = highest / 10 ** DECADES
  for (let power = Math.floor(Math.log10(lowest)); power <= Math.log10(highest); power++)
    for (const lead of LEADS) {
      const level = Number(`${lead}e${power}`)
      if (level >= lowest && level < highest) levels.push(level)
    }
  return levels
}

/** The relative height of a value between the lowest level, 0, and the highest value, 1. */
export function depth(value: number, highest: number): number {
  const fraction = 1 + Math.log10(value / highest) / DECADES
  return Math.min(1, Math.max(0, fraction))
}

/** Levels whose lines have their number beside them. */
export function isNamed(level: number): boolean {
  return /^[13]e/.test(level.toExponential())
}
