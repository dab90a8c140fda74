import {
  decodeKnownCounts,
  decodeRows,
  labelProbabilities,
  multilabelNetwork,
  type MultilabelNetworkOptions,
} from '@nonconvex/structured/multilabel'
import type { MeasureContext } from '../../define/experiment.js'
import type { Split } from './examples.js'

/** Examples of a training step. */
export const BATCH = 50

/** A loss to six digits: the last bits of exponentials are left to the engine. */
export const rounded = (x: number): number => Number(x.toPrecision(6))

/**
 * Trains a network by cross-entropy and decodes the test examples by probabilities of at least 1/2,
 * the likeliest count, expected F1, and the true count.
 */
export function crossEntropyLabels(
  { train, test }: Split,
  options: Required<Pick<MultilabelNetworkOptions, 'hidden' | 'dropout' | 'epochs' | 'rate'>>,
  seed: number,
  { stream, watch, signal }: Pick<MeasureContext<unknown>, 'stream' | 'watch' | 'signal'>,
): { readonly labels: readonly Uint8Array[]; readonly loss: number } {
  let last = 0
  const network = multilabelNetwork(train, {
    ...options,
    batch: BATCH,
    stream: stream.child('network', seed),
    watch: (epoch, loss) => {
      last = loss
      watch({ epoch, loss })
      return !signal.aborted
    },
  })
  signal.throwIfAborted()
  if (!network) throw new Error('multilabelNetwork: the training was ended')
  const p = labelProbabilities(network, test)
  const labels = (['threshold', 'mode', 'expected-f1'] as const).map((decoder) =>
    decodeRows(p, test.labels.length, decoder),
  )
  return { labels: [...labels, decodeKnownCounts(p, test)], loss: last }
}
