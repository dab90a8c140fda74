import { twoWayMean } from '@nonconvex/optim/statistics'
import { decodeTopK, threshold } from '@nonconvex/structured/cardinality'
import {
  predictAndConstrain as train,
  publishedTrainingIgnoresBudget,
  trainedLabelsKeepBudget,
  unrolledErrors,
  unrolledGradients,
} from '@nonconvex/structured/energy'
import {
  decodeKnownCounts,
  expectedF1AboveUnrolled,
  labelScores,
} from '@nonconvex/structured/multilabel'
import { mean } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { pack, unpack, type Packed } from '../../result/packed.js'
import { pointsText } from '../multilabel/f1-panel.js'
import { BATCH, crossEntropyLabels, rounded } from '../multilabel/cross-entropy.js'
import { filesPart, filesTable, splitOf, type Split } from '../multilabel/examples.js'
import { setNames, setsOf } from '../multilabel/sets.js'
import {
  modelNames,
  models,
  predictAndConstrain,
  projected,
  ruleNames,
  type Params,
} from './experiment.js'
import { predictFigures, type TrainedMeasured } from './figures.js'

export type GradientsMeasured = { readonly errors: Packed }

/** The rule whose F1 is compared: expected F1, and outputs of at least 1/2. */
const [EXPECTED, HALF] = [2, 0]

type Cell = CellsOf<typeof predictAndConstrain>['training']

async function measure(cell: Cell, context: MeasureContext<Params>): Promise<TrainedMeasured> {
  const split = await splitOf(cell.set, context)
  const { hidden, dropout, rate, crossEntropyEpochs: epochs } = context.params
  const found: Found =
    cell.model === 'cross-entropy'
      ? {
          ...crossEntropyLabels(split, { hidden, dropout, epochs, rate }, cell.seed, context),
          budget: null,
        }
      : projectedLabels(split, { ...cell, projection: cell.model }, context)
  const { test } = split
  const scores = found.labels.map((labels) => labelScores(labels, test))
  return {
    labels: test.labels.length,
    loss: rounded(found.loss),
    f1: scores.map(({ f1 }) => pack(f1)),
    counts: scores.map(({ counts }) => counts),
    budget: found.budget,
  }
}

type Found = Pick<TrainedMeasured, 'budget' | 'loss'> & { readonly labels: readonly Uint8Array[] }

function projectedLabels(
  { train: examples, test }: Split,
  { projection, seed }: Cell & { readonly projection: 'exact' | 'published' },
  { params, stream, watch, signal }: MeasureContext<Params>,
): Found {
  const { hidden, epochs, steps, eta } = params
  const model = train(examples, {
    projection,
    hidden,
    epochs,
    steps,
    eta,
    batch: BATCH,
    stream: stream.child('network', seed),
    watch: ({ epoch, loss, budget, sum }) => {
      watch({ epoch, loss, budget, sum })
      return !signal.aborted
    },
  })
  signal.throwIfAborted()
  if (!model) throw new Error('predictAndConstrain: the training was ended')
  const { y, z } = model.predict(test)
  const L = test.labels.length
  const byCount = new Uint8Array(y.length)
  const sums = z.map((budget, r) => {
    const own = y.subarray(r * L, (r + 1) * L)
    byCount.set(decodeTopK(own, Math.round(budget)), r * L)
    return own.reduce((sum, label) => sum + label, 0)
  })
  const gaps = sums.map((sum, r) => Math.abs(sum - z[r]))
  return {
    labels: [threshold(y, 0.5), byCount, decodeKnownCounts(y, test)],
    loss: model.epochs[epochs - 1].loss,
    budget: {
      largestGap: gaps.reduce((a, b) => Math.max(a, b), 0),
      gap: rounded(mean([...gaps])),
      budget: rounded(mean([...z])),
      sum: rounded(mean([...sums])),
      epochs: {
        budget: pack(Float64Array.from(model.epochs, ({ budget }) => rounded(budget))),
        sum: pack(Float64Array.from(model.epochs, ({ sum }) => rounded(sum))),
      },
    },
  }
}

export const work = workOf(predictAndConstrain, {
  parts: {
    files: filesPart,
    training: { measure },
    gradients: {
      measure: ({ projection }, { params, stream }): GradientsMeasured => ({
        errors: pack(
          Float64Array.from(unrolledErrors({ projection, problems: params.problems, stream })),
        ),
      }),
    },
  },
  conclude: ({ files, training, gradients }, params, verdict) => {
    const found = setsOf(params).flatMap((set) =>
      models.flatMap((model) => {
        const own = training
          .filter(({ cell }) => cell.set === set && cell.model === model)
          .map(({ cell, measured }) => ({ seed: cell.seed, ...measured }))
        if (own.length === 0) return []
        const f1 = ruleNames[model].map((_, r) => own.map((one) => [...unpack(one.f1[r])]))
        return [{ set, model, own, f1 }]
      }),
    )
    const examples = files.at(0)?.measured ?? params
    const budgets = (projection: (typeof projected)[number]) =>
      found
        .filter(({ model }) => model === projection)
        .flatMap(({ set, own }) =>
          own.flatMap(({ seed, labels, budget }) =>
            budget
              ? [
                  {
                    which: `${setNames[set]}, seed ${seed}`,
                    facts: { labels, examples: examples.test, ...budget },
                  },
                ]
              : [],
          ),
        )
    const gains = projected.flatMap((projection) =>
      setsOf(params).flatMap((set) => {
        const of = (name: string) => found.find((one) => one.set === set && one.model === name)
        const [entropy, unrolled] = [of('cross-entropy'), of(projection)]
        if (!entropy || !unrolled) return []
        const differences = unrolled.f1[HALF].map((each, s) =>
          each.map((x, i) => entropy.f1[EXPECTED][s][i] - x),
        )
        const gain = twoWayMean(differences)
        const steps = params.crossEntropyEpochs * Math.ceil(examples.train / BATCH)
        return [
          {
            which: `${setNames[set]}, ${modelNames[projection]}`,
            facts: { gain, examples: examples.test, seeds: differences.length, steps },
          },
        ]
      }),
    )
    const rows = found.flatMap(({ set, model, own, f1 }) =>
      ruleNames[model].map((rule, r) => ({
        set,
        model,
        rule,
        f1: twoWayMean(f1[r]),
        counts: mean(own.map(({ counts }) => counts[r])),
      })),
    )
    const kept = found.flatMap(({ set, model, own }) => {
      const some = own.flatMap(({ budget }) => budget ?? [])
      return some.length === 0 ? [] : [{ set, model, some }]
    })
    return {
      verdicts: [
        verdict.each(trainedLabelsKeepBudget, ['training'], () => budgets('exact')),
        verdict.each(publishedTrainingIgnoresBudget, ['training'], () => budgets('published')),
        verdict.each(expectedF1AboveUnrolled, ['training'], () => gains),
        verdict.each(unrolledGradients, ['gradients'], () =>
          gradients.map(({ cell, measured }) => ({
            which: modelNames[cell.projection],
            facts: [...unpack(measured.errors)],
          })),
        ),
      ],
      tables: [
        ...files.map(({ measured }) => filesTable(measured)),
        tableOf(
          'f1',
          'F1 by example in %, with 95 % intervals over test examples and initializations',
          rows,
          {
            set: ['examples', ({ set }) => setNames[set]],
            model: ['trained by', ({ model }) => modelNames[model]],
            rule: ['decoder', ({ rule }) => rule],
            f1: ['F1', ({ f1 }) => pointsText(f1, 1)],
            counts: ['right count, %', ({ counts }) => 100 * counts, 3],
          },
        ),
        tableOf('budgets', 'Predicted numbers of labels and sums of the outputs', kept, {
          set: ['examples', ({ set }) => setNames[set]],
          model: ['trained by', ({ model }) => modelNames[model]],
          budget: ['mean $z$', ({ some }) => mean(some.map(({ budget }) => budget)), 4],
          sum: ['mean $\\sum y$', ({ some }) => mean(some.map(({ sum }) => sum)), 4],
          gap: ['mean $|\\sum y - z|$', ({ some }) => mean(some.map(({ gap }) => gap)), 3],
          largest: [
            'largest $|\\sum y - z|$',
            ({ some }) => Math.max(...some.map(({ largestGap }) => largestGap)),
            3,
          ],
        }),
      ],
      figures: predictFigures(found, params, examples.test),
    }
  },
})
