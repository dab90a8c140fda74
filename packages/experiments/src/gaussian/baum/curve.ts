import { baum, testBaum, type LabelledPoints } from '@nonconvex/gaussian-theory'
import { sampler, type Context, type HalfSpaces } from './samples.js'
import { ascending } from '../ascending.js'
import type { BaumCell } from './params.js'

/** Errors on the fresh sample with each size of the second sample; null without a hypothesis. */
export type CurveMeasured = { readonly errors: readonly (readonly (number | null)[])[] }

/** Each run has one second sample, of which step 2 sees more and more. */
export function curveOf(
  cell: BaumCell,
  pairs: readonly HalfSpaces[],
  context: Context,
): CurveMeasured {
  const { first, test } = context.params
  const sizes = ascending(context.params.sizes)
  return {
    errors: pairs.map((pair, i) => {
      const sample = sampler(cell, i, pair, context)
      const [half, form, fresh] = [
        sample('first', first),
        sample('second', sizes[sizes.length - 1]),
        sample('test', test),
      ]
      return sizes.map((size) => {
        const result = baum(half, beginning(form, size))
        return result.predict ? testBaum(result, fresh, pair.u, pair.v).errors : null
      })
    }),
  }
}

function beginning({ x, y }: LabelledPoints, rows: number): LabelledPoints {
  const { cols, data } = x
  return { x: { rows, cols, data: data.subarray(0, rows * cols) }, y: y.subarray(0, rows) }
}
