import type { MeanWithError } from '@nonconvex/optim/statistics'
import {
  contextBeatsLocal,
  contextFlipsPicture,
  contextIsWorth,
  crfBeatsLocal,
  crfBeatsNetworks,
  positionsWithinBayes,
  sequencesWithinBayes,
} from '@nonconvex/structured/learning'
import { mean } from '../../averages.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { chains, type ChainMeasured } from './chains.js'
import { alone, changes, context, picture, rules, type Rule } from './experiment.js'
import { contextFigures } from './figures.js'
import { pictureOf, type PictureMeasured } from './picture.js'

const all = Object.keys(rules) as Rule[]

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
    const gains = (of: (one: ChainMeasured) => MeanWithError): MeanWithError[] => trials.map(of)
    const averages = (of: 'overLocal' | 'overWhole', some: readonly Rule[]): MeanWithError[] =>
      some.map((rule) => averaged(gains((one) => one[of][rule])))
    const networks = () => ({
      sequences: params.test,
      possible: mean(trials.map(({ overLocal }) => overLocal.whole.mean)),
      training: { sequences: params.train, steps: params.steps },
    })
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
          gains: gains(({ overLocal }) => overLocal.whole),
          sequences: params.test,
        })),
        verdict(positionsWithinBayes, ['chain'], () =>
          averages(
            'overLocal',
            all.filter((rule) => alone.has(rule) && rule !== 'local'),
          ),
        ),
        verdict(sequencesWithinBayes, ['chain'], () =>
          averages(
            'overWhole',
            all.filter((rule) => rule !== 'whole'),
          ),
        ),
        verdict(crfBeatsLocal, ['chain'], () => ({
          gains: gains(({ overLocal }) => overLocal.crf),
          sequences: params.test,
        })),
        verdict(contextBeatsLocal, ['chain'], () => ({
          gains: averages('overLocal', ['sets', 'invariant']),
          ...networks(),
        })),
        verdict(crfBeatsNetworks, ['chain'], () => ({
          gains: [
            averaged(gains(({ crfOver }) => crfOver.sets)),
            averaged(gains(({ crfOver }) => crfOver.invariant)),
          ],
          ...networks(),
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
          trials.length === 0 ? [] : all,
          {
            rule: ['rule', (rule) => rules[rule]],
            sees: ['sees', (rule) => (alone.has(rule) ? 'a position' : 'the sequence')],
            token: ['positions', (rule) => average('token', rule), 4],
            sequence: ['whole sequences', (rule) => average('sequence', rule), 4],
          },
        ),
        tableOf(
          'changes',
          'Fractions of the positions, from a rule of positions to one of sequences',
          trials.length === 0 ? [] : changes.map((pair, i) => ({ pair, ...changeAt(trials, i) })),
          {
            from: ['from', ({ pair: [from] }) => rules[from]],
            to: ['to', ({ pair: [, to] }) => rules[to]],
            corrected: ['corrected', ({ corrected }) => corrected, 4],
            harmed: ['harmed', ({ harmed }) => harmed, 4],
            unchanged: ['both right or wrong', (c) => 1 - c.corrected - c.harmed, 4],
          },
        ),
        tableOf('certificates', 'Distance of the training from the global minimum', trials, {
          trial: ['trial', ({ trial }) => trial],
          crf: ['CRF: F − F* at most', ({ crfCertificate }) => crfCertificate, 2],
          margin: ['M3N: P − P* at most', ({ marginCertificate }) => marginCertificate, 2],
        }),
      ],
      figures: contextFigures(seen[0], trials, params),
    }
  },
})

/** The mean over independent trials. */
const averaged = (each: readonly MeanWithError[]): MeanWithError => ({
  mean: mean(each.map((one) => one.mean)),
  error: Math.sqrt(each.reduce((sum, { error }) => sum + error ** 2, 0)) / each.length,
})

const changeAt = (trials: readonly ChainMeasured[], i: number) => ({
  corrected: mean(trials.map(({ changed }) => changed[i].corrected)),
  harmed: mean(trials.map(({ changed }) => changed[i].harmed)),
})

const best = (p: readonly number[]): number => p.indexOf(Math.max(...p))
