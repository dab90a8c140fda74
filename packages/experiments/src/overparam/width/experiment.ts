import { experiment } from '../../define/definition.js'
import { flag, integer } from '../../define/fields.js'
import {
  epochBudget,
  inputDimension,
  leakySlope,
  learningRate,
  teacherMargin,
  widthsCompared,
} from '../fields.js'
import { source } from '../source.js'

/** Initial weights of a run: Gaussian, or zero at the largest width. */
export interface PlantedCell {
  readonly key: string
  readonly set: number
  readonly k: number
  readonly start: 'gaussian' | 'zero'
}

/** The widest and the narrowest network on planted data and on digits. */
export const width = experiment({
  id: 'overparam/width',
  part: 'generalization',
  name: 'Width',
  title: 'Width costs nothing on digits and hurts on planted linear data',
  about:
    'The same networks on two kinds of data. On handwritten digits the test error of wide networks is below that of two units. On data with a planted hyperplane, for which the theorem is made, it is two to three times as large: the bound on the updates does not depend on the width $k$, but the error does. From zero initialization, where all units of a sign stay equal and the decision boundary stays linear, the widest network errs less than from Gaussian initialization: the diversity of activation patterns is a cause. All comparisons are paired over data sets.',
  formula:
    '\\Delta = \\mathrm{err}(k_{\\max}) - \\mathrm{err}(k_{\\min}),\\qquad \\bar\\Delta \\pm t_{J-1}\\, s_\\Delta/\\sqrt{J}',
  symbols: [
    { tex: 'J', text: 'number of data sets' },
    { tex: 's_\\Delta', text: 'standard deviation of the difference over data sets' },
  ],
  source,
  params: {
    k: widthsCompared([1, 3, 10, 30, 100], 1000, 8),
    sets: integer({ default: 20, min: 2, max: 200, help: 'number of planted data sets' }),
    d: inputDimension,
    n: integer({
      default: 200,
      min: 20,
      max: 5000,
      scale: 'log',
      symbol: 'n',
      help: 'training examples of a planted data set',
    }),
    gamma: teacherMargin,
    test: integer({
      default: 10_000,
      min: 100,
      max: 100_000,
      scale: 'log',
      help: 'test examples of a planted data set',
    }),
    digits: flag({ default: true, help: 'also compare widths on digits 3 and 5' }),
    splits: integer({
      default: 10,
      min: 2,
      max: 50,
      help: 'random splits of the digits into training and test set',
    }),
    train: integer({
      default: 1000,
      min: 100,
      max: 1500,
      scale: 'log',
      help: 'training digits of a split; the other digits 3 and 5 are the test set',
    }),
    alpha: leakySlope,
    eta: learningRate(10),
    epochs: epochBudget(2000, 20_000),
  },
  presets: {
    quick: { k: [1, 10, 100], test: 2000, splits: 4 },
    full: { sets: 40, test: 20_000 },
  },
  expectedSeconds: { quick: 3, full: 30 },
  cells: {
    digits: (p) =>
      p.digits
        ? Array.from({ length: p.splits }, (_, split) =>
            p.k.map((k) => ({ key: `digits/${split}/k=${k}`, split, k })),
          ).flat()
        : [],
    planted: (p): readonly PlantedCell[] =>
      Array.from({ length: p.sets }, (_, set) => [
        ...p.k.map((k) => ({ key: `planted/${set}/k=${k}`, set, k, start: 'gaussian' as const })),
        { key: `planted/${set}/zero`, set, k: Math.max(...p.k), start: 'zero' as const },
      ]).flat(),
  },
})
