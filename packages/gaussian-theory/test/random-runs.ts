import { stream } from '@nonconvex/tensor'

/**
 * A problem of the acceptance runs: k 1–19, m 2–7, scales 1e-2..10, a third of the initializations
 * near −w*.
 */
export interface RandomProblem {
  readonly k: number
  readonly m: number
  readonly w0: Float64Array
  readonly wStar: Float64Array
}

export function randomProblem(index: number, generic = false): RandomProblem {
  const draws = stream(11).child('random-runs', index)
  const k = 1 + draws.integer(19)
  const m = 2 + draws.integer(6)
  const scale = (): number => 10 ** (-2 + 3 * draws.uniform())
  const sized = (): Float64Array => {
    const size = scale()
    return draws.normalInto(new Float64Array(m)).map((x) => size * x)
  }
  const [start, wStar] = [sized(), sized()]
  if (generic || index % 3 !== 0) return { k, m, w0: start, wStar }
  const back = 0.2 + 2 * draws.uniform()
  const aside = 10 ** (-1 - 4 * draws.uniform())
  return { k, m, wStar, w0: wStar.map((x, i) => -back * x + aside * start[i]) }
}
