import { meanWithError, type MeanWithError } from '@nonconvex/optim/statistics'
import { chain, posteriorLabels, viterbi } from '@nonconvex/structured/chains'
import {
  chainCrf,
  nodeClassifier,
  parityBayes,
  parityChains,
  type ParityChains,
} from '@nonconvex/structured/learning'
import type { Matrix, Stream } from '@nonconvex/tensor'
import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import { changeOf, type Change } from './changes.js'
import { changes, rules, type context, type Rule } from './experiment.js'
import { trainedNetwork, type NetworkKind } from './networks.js'

type Each<T> = { readonly [R in Rule]: T }

/** A position of a test sequence whose probabilities the context changes. */
export type Example = {
  readonly sequence: number
  readonly position: number
  readonly truth: number
  /** probabilities of the states: from the position alone, from those before, from those after, from all */
  readonly own: readonly number[]
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly whole: readonly number[]
}

/** Accuracies of all rules on one training and test set. */
export type ChainMeasured = {
  readonly token: Each<number>
  readonly sequence: Each<number>
  /** accuracy of a rule minus that of the Bayes rule of a position, and of the sequence */
  readonly overLocal: Each<MeanWithError>
  readonly overWhole: Each<MeanWithError>
  /** accuracy of the CRF minus that of a network with context */
  readonly crfOver: { readonly [N in 'sets' | 'invariant']: MeanWithError }
  /** of `changes` in their order */
  readonly changed: readonly Change[]
  /** those at which the probability of the chosen state rises most */
  readonly examples: readonly Example[]
  /** certificate of the CRF's training, and of the M3N's */
  readonly crfCertificate: number
  readonly marginCertificate: number
}

const EXAMPLES = 10

/** Trains all rules, and compares them on the same test sequences. */
export function chains(
  { train, test, within, steps, hidden }: ParamsOf<typeof context>,
  stream: Stream,
): ChainMeasured {
  const sizes = { states: 4, features: 4 }
  const { data } = parityChains({ n: train, within, stream: stream.child('train') })
  const held = parityChains({ n: test, within, stream: stream.child('test') })
  const bayes = parityBayes(held)
  const crf = chainCrf(sizes).fit(data)
  const pseudo = chainCrf(sizes).fit(data, { objective: 'pseudo' })
  const margin = chainCrf(sizes).fit(data, {
    objective: 'margin',
    lambda: 0.01,
    maxIterations: Math.max(10, Math.round(6000 / train)),
    stream: stream.child('order'),
  })
  const softmax = nodeClassifier(sizes).fit(data)
  const network = (kind: NetworkKind): Int32Array[] =>
    trainedNetwork(kind, data, { hidden, steps, stream: stream.child(kind) })(held.data)
  const labelsOf = (node: Matrix): Int32Array => posteriorLabels({ node })
  const predicted: Each<readonly Int32Array[]> = {
    local: bayes.local.map(labelsOf),
    softmax: held.data.map(({ x }) => softmax.predict(x)),
    mlp: network('mlp'),
    sets: network('sets'),
    invariant: network('invariant'),
    pseudo: held.data.map(({ x }) => pseudo.predict(x, { decode: 'posterior' })),
    margin: held.data.map(({ x }) => margin.predict(x)),
    crf: held.data.map(({ x }) => crf.predict(x, { decode: 'posterior' })),
    viterbi: held.unary.map((unary) => viterbi({ unary, transition: held.transition }).y),
    whole: bayes.whole.map(labelsOf),
  }
  const truth = held.data.map(({ y }) => y)
  const of = <T>(f: (rule: Rule) => T): Each<T> =>
    Object.fromEntries((Object.keys(rules) as Rule[]).map((rule) => [rule, f(rule)])) as Each<T>
  const right = of((rule) =>
    predicted[rule].map(
      (y, i) => y.filter((a, t) => a === held.data[i].y[t]).length / held.data[i].x.rows,
    ),
  )
  const over = (rule: Rule, other: Rule): MeanWithError =>
    meanWithError(right[rule].map((x, i) => x - right[other][i]))
  return {
    token: of((rule) => mean(right[rule])),
    sequence: of((rule) => mean(right[rule].map((x) => Number(x === 1)))),
    overLocal: of((rule) => over(rule, 'local')),
    overWhole: of((rule) => over(rule, 'whole')),
    crfOver: { sets: over('crf', 'sets'), invariant: over('crf', 'invariant') },
    changed: changes.map(([from, to]) => changeOf(truth, predicted[from], predicted[to])),
    examples: examplesOf(held, bayes),
    crfCertificate: crf.certificate ?? 0,
    marginCertificate: margin.certificate ?? 0,
  }
}

/** The positions at which the Bayes rule of the sequence raises the probability of its state most. */
function examplesOf(
  { data, unary, transition }: ParityChains,
  { local, whole }: ReturnType<typeof parityBayes>,
): Example[] {
  const rises = whole.flatMap((p, i) =>
    Array.from(posteriorLabels({ node: p }), (a, t) => ({
      i,
      t,
      rise: p.data[4 * t + a] - local[i].data[4 * t + a],
    })),
  )
  rises.sort((a, b) => b.rise - a.rise)
  return rises.slice(0, EXAMPLES).map(({ i, t }) => {
    const at = (m: Matrix): number[] => [...m.data.subarray(4 * t, 4 * t + 4)]
    // without the scores of a position, its probabilities are those of the message that reaches it
    const from = (sees: (s: number) => boolean): number[] => {
      const seen = unary[i].data.map((x, c) => (sees(c >> 2) ? x : 0))
      return at(chain({ unary: { ...unary[i], data: seen }, transition }).node)
    }
    return {
      sequence: i,
      position: t,
      truth: data[i].y[t],
      own: at(local[i]),
      before: from((s) => s < t),
      after: from((s) => s > t),
      whole: at(whole[i]),
    }
  })
}
