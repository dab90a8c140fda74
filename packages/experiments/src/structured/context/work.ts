import { meanWithError, type MeanWithError } from '@nonconvex/optim/statistics'
import { posteriorLabels, viterbi } from '@nonconvex/structured/chains'
import {
  chainCrf,
  contextFlipsPicture,
  contextIsWorth,
  crfBeatsLocal,
  nodeClassifier,
  parityBayes,
  parityChains,
} from '@nonconvex/structured/learning'
import { bruteForce, pairwiseModel } from '@nonconvex/structured/pairwise'
import type { Matrix, Stream } from '@nonconvex/tensor'
import { mean } from '../../averages.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { context, picture, rules, type Rule } from './experiment.js'
import { contextFigures } from './figures.js'

/** The picture, its parts alone and together. */
export type PictureMeasured = {
  /** probability of each label of each part, alone and together */
  readonly local: readonly (readonly number[])[]
  readonly whole: readonly (readonly number[])[]
  /** all labelings by falling probability */
  readonly ranked: readonly { readonly y: readonly number[]; readonly p: number }[]
}

/** Accuracies of all rules on one training and test set. */
export type ChainMeasured = {
  readonly token: { readonly [R in Rule]: number }
  readonly sequence: { readonly [R in Rule]: number }
  /** fraction of the positions at which the local rule is wrong and the whole right; and conversely */
  readonly corrected: number
  readonly harmed: number
  /** accuracy of the Bayes rule of the sequence, and of the CRF, minus that of the Bayes rule of a position */
  readonly whole: MeanWithError
  readonly crf: MeanWithError
  /** certificate of the CRF's training, and of the M3N's */
  readonly crfCertificate: number
  readonly marginCertificate: number
}

export const work = workOf(context, {
  parts: {
    picture: { measure: (): PictureMeasured => pictureOf() },
    chain: { measure: (_, { params, stream }): ChainMeasured => chains(params, stream) },
  },
  conclude: (rows, params, verdict) => {
    const trials = rows.chain.map(({ cell, measured }) => ({ ...cell, ...measured }))
    const names = (y: readonly number[]): string[] => y.map((a, i) => picture.labels[i][a])
    const seen = rows.picture.map(({ measured }) => measured)
    const average = (of: 'token' | 'sequence', rule: Rule): number =>
      mean(trials.map((one) => one[of][rule]))
    return {
      verdicts: [
        verdict.each(contextFlipsPicture, ['picture'], () =>
          seen.map(({ local, ranked }) => {
            const y = local.map(best)
            return {
              facts: {
                local: names(y),
                whole: names(ranked[0].y),
                probabilityOfLocal: ranked.find((one) => one.y.every((a, i) => a === y[i]))?.p ?? 0,
                probabilityOfWhole: ranked[0].p,
              },
            }
          }),
        ),
        verdict(contextIsWorth, ['chain'], () => ({
          gains: trials.map(({ whole }) => whole),
          sequences: params.test,
        })),
        verdict(crfBeatsLocal, ['chain'], () => ({
          gains: trials.map(({ crf }) => crf),
          sequences: params.test,
        })),
      ],
      tables: [
        tableOf(
          'labelings',
          'The labelings of the picture, by exact probability',
          seen.flatMap(({ ranked }) => ranked),
          {
            labels: ['labels', ({ y }) => names(y).join(', ')],
            p: ['probability', ({ p }) => p, 4],
          },
        ),
        tableOf(
          'accuracy',
          `Mean accuracy of ${params.trials} trials, ${params.train} training sequences; inference is exact`,
          trials.length === 0 ? [] : (Object.keys(rules) as Rule[]),
          {
            rule: ['rule', (rule) => rules[rule]],
            token: ['positions', (rule) => average('token', rule), 4],
            sequence: ['whole sequences', (rule) => average('sequence', rule), 4],
          },
        ),
        tableOf('changes', 'From the Bayes rule of a position to that of the sequence', trials, {
          trial: ['trial', ({ trial }) => trial],
          corrected: ['corrected', ({ corrected }) => corrected, 4],
          harmed: ['harmed', ({ harmed }) => harmed, 4],
          unchanged: ['unchanged', ({ corrected, harmed }) => 1 - corrected - harmed, 4],
          crf: ['CRF: F − F* at most', ({ crfCertificate }) => crfCertificate, 2],
          margin: ['M3N: P − P* at most', ({ marginCertificate }) => marginCertificate, 2],
        }),
      ],
      figures: contextFigures(seen[0], trials, params),
    }
  },
})

const best = (p: readonly number[]): number => p.indexOf(Math.max(...p))

function pictureOf(): PictureMeasured {
  const { labels, unary, edges, pair } = picture
  const sizes = labels.map(({ length }) => length)
  const { node, top } = bruteForce(pairwiseModel({ labels: sizes, unary, edges, pair }), {
    top: 12,
  })
  const alone = bruteForce(pairwiseModel({ labels: sizes, unary, edges: [], pair: [] }))
  const { logZ } = bruteForce(pairwiseModel({ labels: sizes, unary, edges, pair }))
  const plain = (list: readonly Float64Array[]) => list.map((p) => [...p])
  return {
    local: plain(alone.node),
    whole: plain(node),
    ranked: top.map(({ y, score }) => ({ y: [...y], p: Math.exp(score - logZ) })),
  }
}

function chains(
  {
    train,
    test,
    within,
  }: { readonly train: number; readonly test: number; readonly within: number },
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
  const labelsOf = (node: Matrix): Int32Array => posteriorLabels({ node })
  const predicted: { readonly [R in Rule]: readonly Int32Array[] } = {
    local: bayes.local.map(labelsOf),
    softmax: held.data.map(({ x }) => softmax.predict(x)),
    pseudo: held.data.map(({ x }) => pseudo.predict(x, { decode: 'posterior' })),
    margin: held.data.map(({ x }) => margin.predict(x)),
    crf: held.data.map(({ x }) => crf.predict(x, { decode: 'posterior' })),
    viterbi: held.unary.map((unary) => viterbi({ unary, transition: held.transition }).y),
    whole: bayes.whole.map(labelsOf),
  }
  const right = (rule: Rule, i: number): number =>
    predicted[rule][i].filter((a, t) => a === held.data[i].y[t]).length / held.data[i].x.rows
  const of = (f: (rights: readonly number[]) => number) =>
    Object.fromEntries(
      (Object.keys(rules) as Rule[]).map((rule) => [
        rule,
        f(held.data.map((_, i) => right(rule, i))),
      ]),
    ) as { readonly [R in Rule]: number }
  let [corrected, harmed, positions] = [0, 0, 0]
  held.data.forEach(({ y }, i) =>
    predicted.local[i].forEach((a, t) => {
      const [before, after] = [a === y[t], predicted.whole[i][t] === y[t]]
      positions++
      if (!before && after) corrected++
      if (before && !after) harmed++
    }),
  )
  const gain = (rule: Rule): MeanWithError =>
    meanWithError(held.data.map((_, i) => right(rule, i) - right('local', i)))
  return {
    token: of(mean),
    sequence: of((rights) => mean(rights.map((x) => Number(x === 1)))),
    corrected: corrected / positions,
    harmed: harmed / positions,
    whole: gain('whole'),
    crf: gain('crf'),
    crfCertificate: crf.certificate ?? 0,
    marginCertificate: margin.certificate ?? 0,
  }
}
