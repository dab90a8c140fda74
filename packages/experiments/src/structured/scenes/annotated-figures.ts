import type { Figure, Panel } from '../../figure/figure.js'
import { beside, dots, labels, panelOf } from '../../figure/layers.js'
import { mean } from '../../averages.js'
import { atAxis, bound, lyingBars, type Bar } from '../bars.js'
import { tableOf, type ColumnOf, type Table } from '../../define/table.js'
import { interval95, type MeanWithError } from '@nonconvex/optim/statistics'
import {
  dataAt,
  gainAt,
  ruleNames,
  rules,
  taskNames,
  type FileFacts,
  type Recalls,
} from './annotated.js'
import type { Params } from './experiment.js'
import { overFrequency, type AnnotatedResults, type Predicted } from './joint.js'

/** Files and recalls of annotated images. */
export const dataTables = (found: AnnotatedResults, params: Params): Table[] => [
  filesTable(found, params),
  recallTable(found),
  meanTable(found),
]

type Task = AnnotatedResults['tasks'][number]

/** Recall of the frequency baseline and of the networks as bars: one figure for each task. */
export const dataFigures = (found: AnnotatedResults): Figure[] =>
  found.tasks.map((task) => ({
    id: `data-${task.task}`,
    title: `Annotated images, ${taskNames[task.task]}: trained networks and frequency baseline`,
    caption: `Recall@K of relations, mean over ${found.images.test} test images; of networks a dot for each initialization and a bar for their mean. A K is shown where at least half of the images have more than K candidates. The frequency baseline depends on the classes of a pair only; the networks are initialized with it and use the boxes as well, the joint network also the other objects. Dashed: ceiling for every predictor. Recall with and without the graph constraint is not comparable.`,
    panels: rules.map((rule) => panel(task, rule, shownAt(found, rule))),
  }))

/** The K that half of the images exceed with their candidates; at least the smallest. */
const shownAt = (
  { candidates, images }: AnnotatedResults,
  rule: (typeof rules)[number],
): readonly number[] => dataAt.filter((_, i) => i === 0 || 2 * candidates[rule][i] >= images.test)

const fromNames = {
  frequency: 'frequency',
  'per-object': 'per-object network',
  network: 'joint network',
} as const

/** Half a bar's width, in rows. */
const HALF = 0.32

function panel(task: Task, rule: (typeof rules)[number], at: readonly number[]): Panel {
  const nameOf = (k: number, { from }: Predicted): string => `R@${k}: ${fromNames[from]}`
  // rows from below: the largest K first, with gaps
  const names = [...at]
    .reverse()
    .flatMap((k) => [...[...task.predictors].reverse().map((one) => nameOf(k, one)), ''])
    .slice(0, -1)
  const all = task.predictors.flatMap((one) =>
    at.map((k) => ({
      from: one.from,
      place: names.indexOf(nameOf(k, one)) + 1,
      values: one.runs.flatMap(({ recalls }) => recalls[rule].recall[dataAt.indexOf(k)] ?? []),
    })),
  )
  const bars = all.flatMap(({ from, place, values }): Bar[] =>
    values.length === 0
      ? []
      : [{ value: mean(values), tone: from === 'frequency' ? 'soft' : 'measured', place }],
  )
  const runs = all.flatMap(({ from, place, values }) =>
    from === 'frequency' ? [] : values.map((value) => ({ place, value })),
  )
  return panelOf(
    {
      title: ruleNames[rule].replace(/^./, (letter) => letter.toUpperCase()),
      x: { label: 'recall', domain: [0, 1.04] },
      y: { label: '', domain: [0.4, names.length + 1.1], names },
    },
    [
      ...lyingBars(bars, HALF),
      dots(
        'runs',
        runs,
        { x: ({ value }) => value, y: ({ place }) => place },
        { tone: 'measured', radius: 3, key: 'one initialization' },
      ),
      labels('values', bars, atAxis, beside('ink', 7)),
      ...bound('ceiling', 'ceiling', task.predictors[0].runs[0].recalls[rule].ceiling, [
        names.length + 0.8,
        -5,
      ]),
    ],
  )
}

function filesTable(found: AnnotatedResults, { data = '', dataTest = 'beside it' }: Params): Table {
  const { train, test } = found.files
  const files: (readonly [use: string, path: string, file: FileFacts])[] = [
    [test ? 'training' : 'training and test', data, train],
  ]
  if (test) files.push(['test', dataTest, test])
  return tableOf(
    'data-files',
    `Annotated images: ${found.images.train} for training, ${found.images.test} with relations for testing${test ? '' : ', a random tenth'}`,
    files,
    {
      use: ['split', ([use]) => use],
      path: ['file', ([, path]) => path],
      format: ['format', ([, , { format }]) => format],
      images: ['images', ([, , { images }]) => images],
      sha256: ['SHA-256', ([, , { sha256 }]) => sha256],
    },
  )
}

/** The recalls of a run for one task, with or without the graph constraint. */
interface Recalled {
  readonly task: Task['task']
  readonly rule: (typeof rules)[number]
  readonly from: Predicted['from']
  readonly seed: number
  readonly recalls: Recalls
  /** over the frequency baseline; absent for itself */
  readonly gain?: MeanWithError
  readonly steps: number | null
  /** images with more than the largest K of candidates */
  readonly more: number
}

const recalled = (found: AnnotatedResults): Recalled[] =>
  found.tasks.flatMap(({ task, predictors }) =>
    rules.flatMap((rule) =>
      predictors.flatMap(({ from, runs }) =>
        runs.map((run, seed) => ({
          task,
          rule,
          from,
          seed,
          recalls: run.recalls[rule],
          ...(from !== 'frequency' && { gain: overFrequency(run, predictors[0].runs[0])[rule] }),
          steps: run.steps ?? null,
          more: found.candidates[rule][dataAt.length - 1],
        })),
      ),
    ),
  )

const percent = (x: number | null): number | null => (x === null ? null : 100 * x)

/** A column for each K, in percent. */
const atEach = (
  name: string,
  title: string,
  of: (recalls: Recalled['recalls']) => readonly (number | null)[],
) =>
  Object.fromEntries(
    dataAt.map((k, i): [string, ColumnOf<Recalled>] => [
      `${name}${k}`,
      [`${title}@${k}`, ({ recalls }) => percent(of(recalls)[i]), 4],
    ]),
  )

const which: { readonly [name: string]: ColumnOf<Recalled> } = {
  task: ['task', ({ task }) => taskNames[task]],
  rule: ['recall', ({ rule }) => ruleNames[rule]],
  from: ['predictor', ({ from }) => fromNames[from]],
  seed: ['initialization', ({ from, seed }) => (from === 'frequency' ? null : seed)],
}

/** The gain of a network: its mean or an end of its interval, in percent. */
const gainPart =
  (part: 0 | 1 | 2) =>
  ({ gain }: Recalled): number | null =>
    gain ? interval95(gain, 100)[part] : null

const recallTable = (found: AnnotatedResults): Table =>
  tableOf('data-recall', 'Recall of relations on the annotated test images, %', recalled(found), {
    ...which,
    ...atEach('r', 'R', ({ recall }) => recall),
    ceiling: ['ceiling', ({ recalls }) => percent(recalls.ceiling), 4],
    gain: [`R@${gainAt}, minus the frequency baseline`, gainPart(0), 3],
    low: ['95 % from', gainPart(1), 3],
    high: ['to', gainPart(2), 3],
    steps: ['best step', ({ steps }) => steps],
    more: [`images with more than ${dataAt.at(-1)} candidates`, ({ more }) => more],
  })

const meanTable = (found: AnnotatedResults): Table =>
  tableOf(
    'data-mean-recall',
    'Mean recall over predicates (mR) and zero-shot recall (zR), %',
    recalled(found),
    {
      ...which,
      ...atEach('mr', 'mR', ({ meanRecall }) => meanRecall),
      ...atEach('zr', 'zR', ({ zeroShot }) => zeroShot),
    },
  )
