import {
  countingCeiling,
  countingCeilingAttained,
  countingExact,
  countingInvariant,
  denseGuesses,
  fewerGraphs,
  lstmReadsOrder,
} from '@nonconvex/structured/batch'
import { ascending } from '../../averages.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf, type ColumnOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { counting, models, names, type Model, type Params } from './experiment.js'
import { countingFigure } from './figures.js'
import { learnerOf, type Learner } from './learners.js'
import {
  classes,
  correctOf,
  countingGraph,
  nodes,
  ruleAccuracies,
  type CountingGraph,
  type RuleAccuracies,
} from './task.js'

export type CountingMeasured = {
  /** on the test graphs, at the checkpoint with the best validation accuracy, and its standard error */
  readonly accuracy: number
  readonly error: number
  readonly train: number
  readonly step: number
  readonly parameters: number
  /** loss at the last step */
  readonly loss: number
  /** largest change of a score under a permutation of the nodes or of an LSTM's reading order */
  readonly moved: number
} & RuleAccuracies

const measureBy = (model: Model) => ({
  measure: (cell: { readonly graphs: number }, context: MeasureContext<Params>) =>
    measure(model, cell, context),
})

export const work = workOf(counting, {
  parts: {
    local: measureBy('local'),
    literal: measureBy('literal'),
    dense: measureBy('dense'),
    'lstm-after': measureBy('lstm-after'),
    'lstm-raw': measureBy('lstm-raw'),
  },
  conclude: (rows, params, verdict) => {
    const runs = models.flatMap((model) =>
      rows[model].map(({ cell, measured }) => ({ model, ...cell, ...measured })),
    )
    const of = (...some: readonly Model[]) => runs.filter(({ model }) => some.includes(model))
    const seen = params.steps * params.batch
    const { ceiling, form, blind, zero } = runs.at(0) ?? { ceiling: 0, form: 0, blind: 0, zero: 0 }
    const rules: RuleAccuracies = { ceiling, form, blind, zero }
    return {
      verdicts: [
        verdict(countingExact, ['local'], () => ({ local: of('local'), seen })),
        verdict(countingCeiling, ['literal'], () => ({ literal: of('literal'), ceiling })),
        verdict(countingCeilingAttained, ['literal'], () => rules),
        verdict(fewerGraphs, ['local', 'dense'], () => ({
          local: of('local'),
          dense: of('dense'),
          seen,
        })),
        verdict(denseGuesses, ['dense'], () => of('dense')),
        verdict(countingInvariant, ['local', 'literal'], () => of('local', 'literal')),
        verdict(lstmReadsOrder, ['lstm-after', 'lstm-raw'], () => of('lstm-after', 'lstm-raw')),
      ],
      tables: [
        accuracyTable(runs, rules),
        tableOf('runs', 'Runs', runs, {
          network: ['network', ({ model }) => names[model]],
          graphs: ['training graphs', ({ graphs }) => graphs],
          accuracy: ['test accuracy', ({ accuracy }) => accuracy, 4],
          error: ['standard error', ({ error }) => error, 2],
          train: ['training accuracy', ({ train }) => train, 4],
          step: ['best step', ({ step }) => step],
          moved: ['max change by a permutation', ({ moved }) => moved, 2],
        }),
      ],
      figures: [countingFigure(runs, rules, params)],
    }
  },
})

const ruleNames: { readonly [R in keyof RuleAccuracies]: string } = {
  ceiling: 'one label per class and graph: ceiling of the theorem form',
  form: 'a function in this form: most frequent count of the class',
  blind: 'best rule that ignores edges',
  zero: 'always 0',
}

/** A row of the table of accuracies: a network with its runs, or a rule. */
interface Line {
  readonly name: string
  readonly parameters?: number | undefined
  readonly at: (size: number) => number | undefined
}

/** A row for each network and each rule, a column for each number of training graphs. */
function accuracyTable(
  runs: readonly (CountingMeasured & { readonly model: Model; readonly graphs: number })[],
  rules: RuleAccuracies,
) {
  const sizes = ascending(runs.map(({ graphs }) => graphs))
  const networks = models.map((model): Line => {
    const own = runs.filter((run) => run.model === model)
    return {
      name: names[model],
      parameters: own.at(0)?.parameters,
      at: (size) => own.find(({ graphs }) => graphs === size)?.accuracy,
    }
  })
  const simple = (['ceiling', 'form', 'blind', 'zero'] as const).map((rule): Line => ({
    name: ruleNames[rule],
    at: () => rules[rule],
  }))
  return tableOf(
    'accuracy',
    'Test accuracy by the number of training graphs',
    [...networks, ...simple],
    {
      network: ['network or rule', ({ name }) => name],
      parameters: ['parameters', ({ parameters }) => parameters],
      ...Object.fromEntries(
        sizes.map((size): [string, ColumnOf<Line>] => [
          `with${size}`,
          [`${size} graphs`, ({ at }) => at(size), 3],
        ]),
      ),
    },
  )
}

const EVERY = 50
const VALID = 200

function measure(
  model: Model,
  { graphs }: { readonly graphs: number },
  context: MeasureContext<Params>,
): CountingMeasured {
  const { params, stream, shared, signal, watch } = context
  const draw = (name: string, count: number): CountingGraph[] =>
    Array.from({ length: count }, (_, t) => countingGraph(shared.child(name, t), nodes, classes))
  const [train, valid, test] = [
    draw('train', graphs),
    draw('valid', VALID),
    draw('test', params.test),
  ]
  const learner = learnerOf(model, context)
  const source = stream.child('batches')
  /** Correct nodes of each test graph, and the accuracy on training graphs, as it is now. */
  const tested = () => ({
    test: correctNodes(learner, test),
    train: accuracyOf(correctNodes(learner, train.slice(0, VALID))),
  })
  let [loss, most, best] = [0, -1, 0]
  // at the best step so far: weights are saved where they can be restored, else tested at once
  let atBest = tested
  for (let step = 1; step <= learner.steps; step++) {
    const batch = Array.from({ length: learner.batch }, () => train[source.integer(train.length)])
    loss = learner.step(batch, step > 0.8 * learner.steps ? 0.1 * params.rate : params.rate)
    if (step % EVERY !== 0 && step !== learner.steps) continue
    signal.throwIfAborted()
    const accuracy = accuracyOf(correctNodes(learner, valid))
    watch({ step, loss, accuracy })
    if (accuracy <= most) continue
    most = accuracy
    best = step
    const restore = learner.save?.()
    const now = restore ? undefined : tested()
    atBest = () => {
      restore?.()
      return now ?? tested()
    }
  }
  const right = atBest()
  const accuracy = accuracyOf(right.test)
  const spread = right.test.reduce((sum, x) => sum + (x / nodes - accuracy) ** 2, 0)
  const sigma = stream.child('order').permutation(nodes)
  return {
    accuracy,
    error: Math.sqrt(spread / Math.max(1, right.test.length - 1) / right.test.length),
    train: right.train,
    step: best,
    parameters: learner.parameters,
    loss,
    moved: Math.max(...test.slice(0, 20).map((graph) => learner.moved(graph, sigma))),
    ...ruleAccuracies(test),
  }
}

/** Accuracy from the correct nodes of each graph: one division, so that equal counts compare equal. */
const accuracyOf = (right: readonly number[]): number =>
  right.reduce((sum, count) => sum + count, 0) / (right.length * nodes)

/** Correct nodes of each graph. */
function correctNodes(learner: Learner, graphs: readonly CountingGraph[]): number[] {
  const out: number[] = []
  for (let from = 0; from < graphs.length; from += learner.chunk) {
    const part = graphs.slice(from, from + learner.chunk)
    out.push(...correctOf(learner.scores(part), part))
  }
  return out
}
