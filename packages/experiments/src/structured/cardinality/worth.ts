import {
  cardinalityMarginals,
  countPotential,
  decodeF1,
  decodeTopK,
  f1Example,
  makeMultilabel,
  threshold,
} from '@nonconvex/structured'
import type { Stream } from '@nonconvex/tensor'
import { mean } from '../../averages.js'
import { pairedDifference, type MeanWithError } from '@nonconvex/optim/statistics'
import type { CardinalityParams } from './params.js'

/** Ways to choose labels, all by the law that the examples were drawn from. */
export const ways: readonly ['threshold', 'expected', 'average', 'likeliest', 'known'] = [
  'threshold',
  'expected',
  'average',
  'likeliest',
  'known',
]

/** Mean F1 of each way, and what is gained from one to another on the same examples. */
export type WorthMeasured = {
  readonly f1: readonly number[]
  /**
   * as many labels as are likeliest given x, against as many as are likeliest on average; the true
   * count against that
   */
  readonly likeliest: MeanWithError
  readonly known: MeanWithError
}

export function worth(params: CardinalityParams, source: Stream): WorthMeasured {
  const { examples, maxCount, scale } = params
  const { y, scores, countLaw } = makeMultilabel({ examples, maxCount, scale, stream: source })
  const L = scores.cols
  const found = ways.map(() => new Array<number>(examples))
  const average = new Float64Array(countLaw.cols)
  countLaw.data.forEach((p, at) => {
    average[at % countLaw.cols] += p
  })
  const mode = (law: Float64Array): number => law.indexOf(Math.max(...law))
  const usual = mode(average)
  for (let n = 0; n < examples; n++) {
    const u = scores.data.subarray(n * L, (n + 1) * L)
    const law = countLaw.data.subarray(n * countLaw.cols, (n + 1) * countLaw.cols)
    const truth = y.subarray(n * L, (n + 1) * L)
    const { labels: p } = cardinalityMarginals(u, countPotential(u, law))
    const chosen: { readonly [way in (typeof ways)[number]]: Uint8Array } = {
      threshold: threshold(p, 0.5),
      expected: decodeF1(p).labels,
      average: decodeTopK(u, usual),
      likeliest: decodeTopK(u, mode(law)),
      known: decodeTopK(
        u,
        truth.reduce((sum, label) => sum + label, 0),
      ),
    }
    ways.forEach((way, w) => {
      found[w][n] = f1Example(chosen[way], truth)
    })
  }
  return {
    f1: found.map(mean),
    likeliest: pairedDifference(found[3], found[2]),
    known: pairedDifference(found[4], found[3]),
  }
}
