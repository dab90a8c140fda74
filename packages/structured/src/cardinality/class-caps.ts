import type { Matrix, Vec } from '@nonconvex/tensor'
import { argumentError } from '@nonconvex/tensor/check'

/** The caps of all classes leave room for fewer boxes than there are. */
export interface InfeasibleCaps {
  readonly status: 'infeasible'
  readonly boxes: number
  readonly room: number
}

/**
 * Checks the caps of the classes of boxes × classes scores, of which `least` of a cap are available.
 *
 * @returns the outcome if not every box can have a class
 */
export function checkCaps(
  fn: string,
  { rows: n, cols: C }: Matrix,
  caps: Vec,
  least: (cap: number) => number = (cap) => cap,
): InfeasibleCaps | undefined {
  if (caps.length !== C)
    throw argumentError('shape', fn, 'caps', `to have length ${C}`, caps.length)
  let room = 0
  for (let k = 0; k < C; k++) {
    if (!(caps[k] >= 0)) throw argumentError('out-of-range', fn, `caps[${k}]`, '≥ 0', caps[k])
    room += Math.min(n, least(caps[k]))
  }
  return room < n - 1e-12 * n ? { status: 'infeasible', boxes: n, room } : undefined
}
