import { twoWayMean } from '@nonconvex/optim/statistics'
import {
  expectedF1AboveMode,
  labelScores,
  modeAboveThreshold,
} from '@nonconvex/structured/multilabel'
import { mean } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { pack, unpack, type Packed } from '../../result/packed.js'
import { multilabel, ruleNames, rules, type Params } from './experiment.js'
import { f1Panel, pointsText } from './f1-panel.js'
import { BATCH, crossEntropyLabels, rounded } from './cross-entropy.js'
import { filesPart, filesTable, splitOf } from './examples.js'
import { setNames, setsOf } from './sets.js'

/** One network on the test examples. */
export type MultilabelMeasured = {
  /** mean number of labels of the test examples */
  readonly labels: number
  /** training loss of the last epoch, summed over labels, to six digits */
  readonly loss: number
  /** F1 of each test example, by rule */
  readonly f1: readonly Packed[]
  /** fraction of test examples with the right number of labels, by rule */
  readonly counts: readonly number[]
}

type Cell = CellsOf<typeof multilabel>['network']

async function measure(
  { set, seed }: Cell,
  context: MeasureContext<Params>,
): Promise<MultilabelMeasured> {
  const split = await splitOf(set, context)
  const { test } = split
  const { hidden, dropout, epochs, rate } = context.params
  const { labels, loss } = crossEntropyLabels(
    split,
    { hidden, dropout, epochs, rate },
    seed,
    context,
  )
  const all = labels.map((predicted) => labelScores(predicted, test))
  return {
    labels: (test.y.start[test.rows] - test.y.start[0]) / test.rows,
    loss: rounded(loss),
    f1: all.map(({ f1 }) => pack(f1)),
    counts: all.map(({ counts }) => counts),
  }
}

export const work = workOf(multilabel, {
  parts: { files: filesPart, network: { measure } },
  conclude: ({ files, network }, params, verdict) => {
    const found = setsOf(params).flatMap((set) => {
      const own = network.filter(({ cell }) => cell.set === set).map(({ measured }) => measured)
      if (own.length === 0) return []
      const f1 = rules.map((_, r) => own.map((one) => [...unpack(one.f1[r])]))
      const gain = (r: number) =>
        twoWayMean(f1[r].map((each, s) => each.map((x, i) => x - f1[r - 1][s][i])))
      return [{ set, own, f1, gain, seeds: own.length, examples: f1[0][0].length }]
    })
    const trained = files.at(0)?.measured.train ?? params.train
    const steps = params.epochs * Math.ceil(trained / BATCH)
    const cases = (r: number) =>
      found.map(({ set, gain, examples, seeds }) => ({
        which: setNames[set],
        facts: { gain: gain(r), examples, seeds, steps },
      }))
    const rows = found.flatMap(({ set, own, f1, gain }) =>
      rules.map((rule, r) => ({
        set,
        rule,
        f1: twoWayMean(f1[r]),
        gain: r > 0 ? gain(r) : undefined,
        counts: mean(own.map(({ counts }) => counts[r])),
      })),
    )
    return {
      verdicts: [
        verdict.each(modeAboveThreshold, ['network'], () => cases(1)),
        verdict.each(expectedF1AboveMode, ['network'], () => cases(2)),
      ],
      tables: [
        ...files.map(({ measured }) => filesTable(measured)),
        tableOf(
          'decoders',
          'F1 by example in % of one network by decoder, with 95 % intervals over test examples and initializations',
          rows,
          {
            set: ['examples', ({ set }) => setNames[set]],
            rule: ['decoder', ({ rule }) => ruleNames[rule]],
            f1: ['F1', ({ f1 }) => 100 * f1.mean, 4],
            gain: ['minus the row above', ({ gain }) => gain && pointsText(gain, 2)],
            counts: ['right count, %', ({ counts }) => 100 * counts, 3],
          },
        ),
      ],
      figures: [
        {
          id: 'decoders',
          title: 'F1 increases with the information that the decoder uses',
          caption: `Mean F1 on ${files.at(0)?.measured.test ?? params.test} test examples of each set, with 95 % intervals over test examples and ${params.seeds} initializations. All rows of a panel decode the probabilities of the same networks; the last one is given the true number of labels.`,
          panels: found.map(({ set }) =>
            f1Panel(
              setNames[set],
              rows
                .filter((row) => row.set === set)
                .map(({ rule, f1 }) => ({ name: ruleNames[rule], f1 })),
            ),
          ),
        },
      ],
    }
  },
})
