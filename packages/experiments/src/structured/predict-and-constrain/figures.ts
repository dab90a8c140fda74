import { twoWayMean } from '@nonconvex/optim/statistics'
import type { Figure } from '../../figure/figure.js'
import { line, panelOf, xy } from '../../figure/layers.js'
import { unpack, type Packed } from '../../result/packed.js'
import { f1Panel } from '../multilabel/f1-panel.js'
import { setNames, type SetName } from '../multilabel/sets.js'
import { modelNames, ruleNames, type Model, type Params } from './experiment.js'

/** A trained model on the test examples. */
export type TrainedMeasured = {
  /** of labels L */
  readonly labels: number
  /** training loss of the last epoch, to six digits */
  readonly loss: number
  /** F1 of each test example, by rule */
  readonly f1: readonly Packed[]
  /** fraction of test examples with the right number of labels, by rule */
  readonly counts: readonly number[]
  /** of a model with a projection */
  readonly budget: {
    readonly largestGap: number
    readonly gap: number
    readonly budget: number
    readonly sum: number
    /** mean z and mean Σ y of the training examples, by epoch */
    readonly epochs: { readonly budget: Packed; readonly sum: Packed }
  } | null
}

const shortNames: { readonly [model in Model]: string } = {
  'cross-entropy': 'cross-entropy',
  published: 'published',
  exact: 'exact',
}

interface FoundModel {
  readonly set: SetName
  readonly model: Model
  readonly own: readonly TrainedMeasured[]
  /** by rule, seed and test example */
  readonly f1: readonly (readonly (readonly number[])[])[]
}

/** Sum and budget by epoch, and F1 by decoder. */
export function predictFigures(
  found: readonly FoundModel[],
  params: Params,
  examples: number,
): readonly Figure[] {
  return [sumsFigure(found), scoresFigure(found, params, examples)]
}

function sumsFigure(found: readonly FoundModel[]): Figure {
  const some = found.filter(({ model }) => model !== 'cross-entropy')
  return {
    id: 'sums',
    title: 'The exact projection keeps the sum of the outputs at the predicted number',
    caption:
      'Mean predicted number z (dashed) and mean sum of the outputs (solid) of the training examples by epoch, one line for each initialization. Under the exact projection they are one line.',
    panels: some.map(({ set, model, own }) => {
      const of = (what: 'budget' | 'sum') =>
        own.flatMap(({ budget }) =>
          budget ? [[...unpack(budget.epochs[what])].map((y, e) => ({ x: e + 1, y }))] : [],
        )
      const largest = Math.max(...[...of('budget'), ...of('sum')].flat().map(({ y }) => y))
      return panelOf(
        {
          title: `${setNames[set]}, ${modelNames[model]}`,
          x: { label: 'epoch' },
          y: { label: 'number of labels', domain: [0, 1.15 * largest] },
        },
        [
          ...of('sum').map((points, s) =>
            line(`${set} ${model} sum ${s}`, points, xy, { tone: 'measured', width: 2 }),
          ),
          ...of('budget').map((points, s) =>
            line(`${set} ${model} budget ${s}`, points, xy, { tone: 'ink', dash: true }),
          ),
        ],
      )
    }),
  }
}

function scoresFigure(found: readonly FoundModel[], params: Params, examples: number): Figure {
  const sets = [...new Set(found.map(({ set }) => set))]
  return {
    id: 'f1',
    title: 'The decoder matters more than the training',
    caption: `Mean F1 on ${examples} test examples, with 95 % intervals over test examples and ${params.seeds} initializations. Rows with the true count are given it.`,
    panels: sets.map((set) =>
      f1Panel(
        setNames[set],
        found
          .filter((one) => one.set === set)
          .flatMap(({ model, f1 }) =>
            ruleNames[model].map((rule, r) => ({
              name: `${shortNames[model]}: ${rule}`,
              f1: twoWayMean(f1[r]),
            })),
          ),
      ),
    ),
  }
}
