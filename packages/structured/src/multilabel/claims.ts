import { claim, counted, hypothesis, readable, type Evidence } from '@nonconvex/optim/claims'
import { studentInterval, type MeanByStudent } from '@nonconvex/optim/statistics'
import { talk } from '../cardinality/source.js'

/** Two decoders on the same probabilities, over test examples and initializations. */
export interface DecoderGainFacts {
  /** F1 of the second decoder minus that of the first: mean over both, as `twoWayMean` gives it */
  readonly gain: MeanByStudent
  readonly examples: number
  readonly seeds: number
  /** training steps of each network */
  readonly steps: number
}

/** Fewer test examples show nothing. */
const EXAMPLES = 30
/** Decoders rest on calibrated probabilities, which a network has after some training. */
const STEPS = 300

function gainEvidence({ gain, examples, seeds, steps }: DecoderGainFacts): Evidence {
  const [middle, low, high] = studentInterval(gain)
  const bounded = Number.isFinite(low)
  const ends = bounded ? ` (${readable(100 * low, 3)} to ${readable(100 * high, 3)})` : ''
  return {
    statement: `F1 rises by ${readable(100 * middle, 3)} points${ends} over ${readable(examples)} test examples and ${counted(seeds, 'initialization')}`,
    measured: bounded ? low : middle,
    relation: '>=',
    bound: 0,
    confidence: 0.95,
    hypotheses: [
      hypothesis(`at least ${EXAMPLES} test examples`, examples >= EXAMPLES, examples),
      hypothesis(`at least ${STEPS} training steps`, steps >= STEPS, steps),
      hypothesis('test examples are not trained on', 'by construction'),
    ],
    ...(!bounded
      ? { undecided: 'one initialization has no interval; set seeds to 2 or more' }
      : low <= 0 && high >= 0
        ? { undecided: 'the interval contains 0; measure more initializations or examples' }
        : {}),
  }
}

/**
 * As many labels as the most likely count has a higher F1 than the labels of probability at least
 * 1/2, by a 95 % interval over examples and initializations.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { modeAboveThreshold } from '@nonconvex/structured/multilabel'
 * const gain = (mean: number) => ({ mean, error: 0.002, freedom: 10 })
 * const status = (mean: number) => verdictOn(modeAboveThreshold, { gain: gain(mean), examples: 600, seeds: 3, steps: 1000 }).status
 * console.log([0.02, 0.001, -0.02].map(status).join()) // → holds,inconclusive,violated
 */
export const modeAboveThreshold = claim(
  'structured/mode-above-threshold',
  'Top-k decoding with the most likely count has a higher F1 than the threshold 1/2',
  'statistical',
  { talk, ours: 'the same probabilities; examples and initializations are random samples' },
  gainEvidence,
)

/**
 * Expected-F1 decoding has a higher F1 than as many labels as the most likely count, by a 95 %
 * interval over examples and initializations.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { expectedF1AboveMode } from '@nonconvex/structured/multilabel'
 * const gain = { mean: 0.02, error: 0.002, freedom: 10 }
 * console.log(verdictOn(expectedF1AboveMode, { gain, examples: 600, seeds: 3, steps: 1000 }).status) // → holds
 */
export const expectedF1AboveMode = claim(
  'structured/expected-f1-above-mode',
  'Expected-F1 decoding has a higher F1 than top-k decoding with the most likely count',
  'statistical',
  { talk, ours: 'the same probabilities; examples and initializations are random samples' },
  gainEvidence,
)

/**
 * Expected-F1 decoding of a network that was trained by cross-entropy has a higher F1 than the labels
 * that another one, of the same size, was trained to infer under the projection, by a 95 % interval
 * over examples and initializations.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { expectedF1AboveUnrolled } from '@nonconvex/structured/multilabel'
 * const gain = { mean: 0.02, error: 0.002, freedom: 10 }
 * console.log(verdictOn(expectedF1AboveUnrolled, { gain, examples: 600, seeds: 3, steps: 1000 }).status) // → holds
 */
export const expectedF1AboveUnrolled = claim(
  'structured/expected-f1-above-unrolled',
  'Expected-F1 decoding after cross-entropy has a higher F1 than labels trained through the projection',
  'statistical',
  { talk, ours: 'networks of the same size; examples and initializations are random samples' },
  gainEvidence,
)
