import type { Stream } from '@nonconvex/tensor'
import type { ParamsOf } from '../../define/definition.js'
import type { integral } from './experiment.js'

type Params = ParamsOf<typeof integral>

/** A mean of independent samples with its standard error. */
export type Estimate = { readonly mean: number; readonly error: number }

/** Inputs drawn at once; the signal is looked at between. */
const CHUNK = 4096

/** Half the width of a uniform distribution of variance 1. */
const HALF_WIDTH = Math.sqrt(3)

/** Mean of relu(u·x) relu(v·x) by samples of x: no formula of the theory is used. */
export function samplePair(
  u: readonly number[],
  v: readonly number[],
  { samples, inputs }: Params,
  stream: Stream,
  signal: AbortSignal,
): Estimate {
  const m = u.length
  const x = new Float64Array(CHUNK * m)
  let [sum, squares] = [0, 0]
  for (let done = 0; done < samples; done += CHUNK) {
    signal.throwIfAborted()
    const count = Math.min(CHUNK, samples - done)
    draw(x.subarray(0, count * m), inputs, stream)
    for (let n = 0; n < count; n++) {
      let [first, second] = [0, 0]
      for (let j = 0; j < m; j++) {
        first += u[j] * x[n * m + j]
        second += v[j] * x[n * m + j]
      }
      const value = first > 0 && second > 0 ? first * second : 0
      sum += value
      squares += value * value
    }
  }
  const mean = sum / samples
  return { mean, error: Math.sqrt(Math.max(0, squares / samples - mean * mean) / samples) }
}

function draw(x: Float64Array, inputs: Params['inputs'], stream: Stream): void {
  if (inputs === 'normal') {
    stream.normalInto(x)
    return
  }
  stream.uniformInto(x)
  for (let i = 0; i < x.length; i++) x[i] = HALF_WIDTH * (2 * x[i] - 1)
}
