import type { NumberParam } from '@nonconvex/experiments'

/** Positions of a slider, 0 … steps. Small whole ranges have one position for each number. */
export function sliderSteps(param: NumberParam): number {
  const span = param.max - param.min
  return param.kind === 'integer' && param.scale !== 'log' && span <= 400 ? span : 200
}

/**
 * Where a value stands on its slider, on a linear or a logarithmic scale; values outside stand at
 * the ends.
 */
export function toPosition(param: NumberParam, value: number): number {
  const clamped = Math.min(param.max, Math.max(param.min, value))
  const fraction =
    param.scale === 'log'
      ? Math.log(clamped / param.min) / Math.log(param.max / param.min)
      : (clamped - param.min) / (param.max - param.min)
  return Math.round((Number.isFinite(fraction) ? fraction : 0) * sliderSteps(param))
}

/**
 * The value at a position, rounded to what a reader would write: whole numbers, or three
 * significant digits.
 *
 * @param from - the value before the move: on a log scale one key press may round back to the same
 *   number, and then the value moves by the smallest step instead, so that no key press is lost
 */
export function fromPosition(param: NumberParam, position: number, from: number): number {
  const steps = sliderSteps(param)
  const value = rounded(param, at(param, position / steps))
  const before = toPosition(param, from)
  if (value !== from || position === before) return value
  const unit = param.kind === 'integer' ? 1 : (param.max - param.min) / steps / 10
  return inside(param, from + Math.sign(position - before) * unit)
}

function at(param: NumberParam, fraction: number): number {
  return param.scale === 'log'
    ? param.min * (param.max / param.min) ** fraction
    : param.min + (param.max - param.min) * fraction
}

function rounded(param: NumberParam, value: number): number {
  return inside(param, param.kind === 'integer' ? Math.round(value) : Number(value.toPrecision(3)))
}

function inside(param: NumberParam, value: number): number {
  return Math.min(param.max, Math.max(param.min, value))
}
