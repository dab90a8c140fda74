import type { MeanWithError } from '@nonconvex/optim/statistics'
import {
  contextBeatsLocal,
  contextFlipsPicture,
  contextIsWorth,
  crfBeatsLocal,
  crfBeatsNetworks,
  positionsWithinBayes,
  sceneContextOrder,
  sceneRulesWithinBayes,
  sequencesWithinBayes,
  type OverBayes,
} from '@nonconvex/structured/learning'
import { personOnBoard } from '@nonconvex/structured/pairwise'
import { mean } from '../../averages.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { chains, type ChainMeasured } from './chains.js'
import {
  alone,
  changes,
  context,
  decodings,
  rules,
  sceneRules,
  type Decoding,
  type Rule,
  type SceneRule,
} from './experiment.js'
import { contextFigures } from './figures.js'
import { pictureOf, type PictureMeasured } from './picture.js'
import { scenesOf, type ScenesMeasured } from './scenes.js'

const all = Object.keys(rules) as Rule[]

export const work = workOf(context, {
  parts: {
    picture: { measure: (): PictureMeasured => pictureOf() },
    scenes: { measure: (_, { params, stream }): ScenesMeasured => scenesOf(params, stream) },
    chain: { measure: (_, { params, stream }): ChainMeasured => chains(params, stream) },
  },
  conclude: (rows, params, verdict) => {
    const trials = rows.chain.map(({ cell, measured }) => ({ ...cell, ...measured }))
    const names = (y: readonly number[]): string[] => y.map((a, i) => personOnBoard.names[i][a])
    const seen = rows.picture.map(({ measured }) => measured)
    const scenes = rows.scenes.map(({ measured }) => measured)
    const average = (of: 'token' | 'sequence', rule: Rule): number =>
      mean(trials.map((one) => one[of][rule]))
    const gains = (of: (one: ChainMeasured) => MeanWithError): MeanWithError[] => trials.map(of)
    const averages = (of: 'overLocal' | 'overWhole', some: readonly Rule[]): OverBayes[] => {
      const bayes = average('token', of === 'overLocal' ? 'local' : 'whole')
      return some.map((rule) => ({ ...averaged(gains((one) => one[of][rule])), bayes }))
    }
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
        verdict.each(sceneRulesWithinBayes, ['scenes'], () =>
          scenes.map(({ accuracy, overOwn, overJoint }) => ({
            facts: [
              { ...overOwn.softmax, bayes: accuracy.own.objects },
              ...(['sets', 'sum', 'max', 'meanField'] as const).map((rule) => ({
                ...overJoint[rule],
                bayes: accuracy.joint.objects,
              })),
            ],
          })),
        ),
        verdict.each(sceneContextOrder, ['scenes'], () =>
          scenes.map(({ steps, overOwn }) => ({
            facts: {
              gains: [steps.sets, steps.crf],
              sequences: params.testScenes,
              possible: overOwn.joint.mean,
              training: { sequences: params.scenes, steps: params.steps },
            },
          })),
        ),
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
          'Fractions of the labels, from a rule of single parts to one of the whole',
          [
            ...(trials.length === 0 ? [] : changes).map(([from, to], i) => ({
              on: 'chains',
              from: rules[from],
              to: rules[to],
              ...changeAt(trials, i),
            })),
            ...scenes.map(({ changed }) => ({
              on: 'scenes',
              from: sceneRules.softmax,
              to: sceneRules.sum,
              ...changed,
            })),
          ],
          {
            on: ['on', ({ on }) => on],
            from: ['from', ({ from }) => from],
            to: ['to', ({ to }) => to],
            corrected: ['corrected', ({ corrected }) => corrected, 4],
            harmed: ['harmed', ({ harmed }) => harmed, 4],
            unchanged: ['both right or wrong', (c) => 1 - c.corrected - c.harmed, 4],
          },
        ),
        tableOf(
          'scenes',
          `Accuracy on ${params.testScenes} scenes of five objects; ${params.scenes} training scenes, CRF by pseudo-likelihood (F − F* ≤ ${scenes.map(({ certificate }) => certificate.toExponential(0)).join()})`,
          scenes.flatMap((measured) =>
            (Object.keys(sceneRules) as SceneRule[]).map((rule) => ({
              name: sceneRules[rule],
              status: inference(rule, measured),
              ...measured.accuracy[rule],
            })),
          ),
          {
            rule: ['rule', ({ name }) => name],
            objects: ['objects', ({ objects }) => objects, 4],
            scenes: ['whole scenes', ({ scenes }) => scenes, 4],
            inference: ['inference', ({ status }) => status],
          },
        ),
        tableOf(
          'decodings',
          'The same CRF on the first of these scenes, also with all labelings enumerated',
          scenes.flatMap(({ decoded, tested }) =>
            (Object.keys(decodings) as Decoding[]).map((way) => ({
              name: decodings[way],
              tested: tested.first,
              ...decoded[way],
            })),
          ),
          {
            rule: ['rule', ({ name }) => name],
            objects: ['objects', ({ objects }) => objects, 4],
            scenes: ['whole scenes', ({ scenes }) => scenes, 4],
            tested: ['of', ({ tested }) => tested],
          },
        ),
        tableOf('certificates', 'Distance of the training from the global minimum', trials, {
          trial: ['trial', ({ trial }) => trial],
          crf: ['CRF: F − F* at most', ({ crfCertificate }) => crfCertificate, 2],
          margin: ['M3N: P − P* at most', ({ marginCertificate }) => marginCertificate, 2],
        }),
      ],
      figures: contextFigures(seen[0], trials, scenes[0], params),
    }
  },
})

/** How sums over labelings are computed. */
const inference = (rule: SceneRule, { limited }: ScenesMeasured): string =>
  rule === 'sum' || rule === 'max' || rule === 'meanField'
    ? `approximate; at ${limited[rule]} not converged in 30 rounds`
    : rule === 'own' || rule === 'softmax' || rule === 'sets'
      ? 'none needed'
      : 'exact'

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
