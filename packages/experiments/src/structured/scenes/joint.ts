import type { Hypothesis } from '@nonconvex/optim/claims'
import {
  pairedDifference,
  studentInterval,
  twoWayMean,
  type MeanWithError,
} from '@nonconvex/optim/statistics'
import { enoughEpochs, type JointFacts } from '@nonconvex/structured/scenes'
import { finite } from '../../averages.js'
import { tableOf, type Table } from '../../define/table.js'
import type { Case } from '../../define/verdict-maker.js'
import type { Figure } from '../../figure/figure.js'
import { dots, panelOf, ruleX } from '../../figure/layers.js'
import { unpack, type Packed } from '../../result/packed.js'
import { lyingIntervals } from '../bars.js'
import { comparedAt } from './answers.js'
import {
  gainAt,
  ruleNames,
  rules,
  taskNames,
  type AnnotatedMeasured,
  type DataMeasured,
  type Evaluated,
  type Rules,
} from './annotated.js'
import type { AnnotatedModel } from './experiment.js'

/** A comparison of joint and per-object networks. */
export interface JointCase extends Case<JointFacts> {
  readonly which: string
}

/** Joint minus per-object networks, of equally many initializations on the same images. */
export function comparedCases(
  which: string,
  joint: readonly Packed[],
  single: readonly Packed[],
  training: readonly Hypothesis[],
): JointCase[] {
  const seeds = Math.min(joint.length, single.length)
  if (seeds === 0) return []
  const table = Array.from({ length: seeds }, (_, s) => {
    const [above, below] = [unpack(joint[s]), unpack(single[s])]
    return Array.from(above, (x, i) => x - below[i])
  })
  const facts = { difference: twoWayMean(table), images: table[0].length, seeds, training }
  return [{ which, facts }]
}

/** A predictor on one task; the frequency baseline has one run, a network one for each seed. */
export interface Predicted {
  readonly from: 'frequency' | AnnotatedModel
  readonly runs: readonly (Evaluated & { readonly steps?: number })[]
}

/** The results on annotated images so far. */
export interface AnnotatedResults extends Omit<DataMeasured, 'tasks'> {
  readonly tasks: readonly {
    readonly task: Evaluated['task']
    readonly predictors: readonly Predicted[]
  }[]
}

/** The rows of networks, as the work of the experiment has them. */
type NetworkRows = readonly {
  readonly cell: { readonly model: AnnotatedModel }
  readonly measured: AnnotatedMeasured
}[]

/** The results of the frequency baseline and of the networks, if there are annotated images. */
export const annotatedOf = (
  data: DataMeasured | undefined,
  networks: NetworkRows,
): AnnotatedResults | undefined =>
  data && {
    ...data,
    tasks: data.tasks.map((frequency) => {
      const { task } = frequency
      const of = (model: AnnotatedModel): Predicted => ({
        from: model,
        runs: networks.flatMap(({ cell, measured }) =>
          cell.model === model ? measured.tasks.filter((one) => one.task === task) : [],
        ),
      })
      const predictors = [{ from: 'frequency', runs: [frequency] } as const, ...models.map(of)]
      return { task, predictors }
    }),
  }

const models = ['per-object', 'network'] as const

/** Joint against per-object networks on annotated images, for each task and kind of recall. */
export const jointCases = ({ tasks, passes }: AnnotatedResults): JointCase[] =>
  tasks.flatMap(({ task, predictors: [, single, joint] }) =>
    rules.flatMap((rule) => {
      const each = ({ runs }: Predicted) => runs.map((run) => run.each[rule])
      const which = `annotated images, ${taskNames[task].slice(0, taskNames[task].indexOf(':'))}, ${ruleNames[rule]}, R@${gainAt}`
      return comparedCases(which, each(joint), each(single), [enoughEpochs(passes)])
    }),
  )

/** Recall@50 of a run minus that of the frequency baseline, mean over test images. */
export const overFrequency = (run: Evaluated, frequency: Evaluated): Rules<MeanWithError> => {
  const of = (rule: (typeof rules)[number]) => {
    const [above, below] = [run, frequency].map(({ each }) => Array.from(unpack(each[rule])))
    return pairedDifference(above, below)
  }
  return { constrained: of('constrained'), unconstrained: of('unconstrained') }
}

/** The facts for the claim on joint networks and the frequency baseline. */
export const frequencyFacts = (found: AnnotatedResults | undefined) => ({
  gains: (found?.tasks ?? []).flatMap(({ predictors: [frequency, , joint] }) =>
    joint.runs.flatMap((run) => {
      const gains = overFrequency(run, frequency.runs[0])
      return rules.map((rule) => gains[rule])
    }),
  ),
  images: found?.images.test ?? 0,
  passes: found?.passes ?? 0,
})

/** Joint minus per-object: a dot and its interval for each comparison. */
export function jointFigure(cases: readonly JointCase[]): Figure {
  const shown = cases.map(({ which, facts: { difference } }, i) => {
    const [value, low, high] = studentInterval(difference)
    const ends = Number.isFinite(low) ? { low, high } : { low: value, high: value }
    return { place: cases.length - i, which, value, ...ends }
  })
  return {
    id: 'joint-gain',
    title: 'Recall of joint networks minus recall of per-object networks',
    caption: `Recall of relations with the classes of both ends, R@${comparedAt} on synthetic scenes and R@${gainAt} on annotated images: mean over initializations and images, with the 95 % interval for both as random samples. Right of 0 the joint network is better. Without interval: one initialization.`,
    panels: [
      panelOf(
        {
          x: { label: 'recall, joint minus per-object' },
          y: {
            label: '',
            domain: [0.4, cases.length + 0.6],
            names: [...shown].reverse().map(({ which }) => which),
          },
        },
        [
          ruleX('zero', [0], { tone: 'soft', dash: true, key: 'no difference' }),
          lyingIntervals('intervals', shown, { tone: 'measured', width: 2, key: '95 % interval' }),
          dots(
            'means',
            shown,
            { x: ({ value }) => value, y: ({ place }) => place },
            { tone: 'measured', radius: 4, key: 'mean' },
          ),
        ],
      ),
    ],
  }
}

/** Joint minus per-object, with intervals. */
export const jointTable = (cases: readonly JointCase[]): Table =>
  tableOf('joint-gain', 'Recall of joint networks minus recall of per-object networks', cases, {
    on: ['on', ({ which }) => which],
    images: ['test images', ({ facts }) => facts.images],
    seeds: ['initializations', ({ facts }) => facts.seeds],
    gain: ['mean', ({ facts }) => facts.difference.mean, 4],
    low: ['95 % from', ({ facts }) => finite(studentInterval(facts.difference)[1]), 4],
    high: ['to', ({ facts }) => finite(studentInterval(facts.difference)[2]), 4],
  })
