/** Values that a bar can have. */
export interface BarRange {
  readonly min: number
  readonly max: number
  /** of the pointer and the arrow keys; a tenth of it with Shift */
  readonly step: number
}

/** The value nearest to this one, in steps and within the range. */
export function snapped(value: number, { min, max, step }: BarRange): number {
  const inside = Math.min(max, Math.max(min, value))
  return Number((Math.round(inside / step) * step).toFixed(6)) + 0
}

/** The value after a key of a slider; undefined for any other key. */
export function afterKey(
  key: string,
  fine: boolean,
  value: number,
  range: BarRange,
): number | undefined {
  const step = fine ? range.step / 10 : range.step
  const by = (steps: number) => snapped(value + steps * step, { ...range, step })
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return by(1)
    case 'ArrowDown':
    case 'ArrowLeft':
      return by(-1)
    case 'PageUp':
      return by(5)
    case 'PageDown':
      return by(-5)
    case 'Home':
      return range.min
    case 'End':
      return range.max
    default:
      return undefined
  }
}
