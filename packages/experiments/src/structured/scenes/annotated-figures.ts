import type { Figure, Panel } from '../../figure/figure.js'
import { beside, labels, panelOf } from '../../figure/layers.js'
import { atAxis, bound, lyingBars, type Bar } from '../bars.js'
import { tableOf, type ColumnOf, type Table } from '../../define/table.js'
import { interval95 } from '@nonconvex/optim/statistics'
import type { SceneTask } from '@nonconvex/structured/recall'
import {
  dataAt,
  gainAt,
  rules,
  type DataMeasured,
  type FileFacts,
  type Rules,
  type TaskMeasured,
} from './annotated.js'
import type { Params } from './experiment.js'

/** Names for tables and figures. */
const taskNames: { readonly [task in SceneTask]: string } = {
  predcls: 'PredCls: classes given',
  sgcls: 'SGCls: classes predicted',
}
const ruleNames: Rules<string> = {
  constrained: 'graph constraint',
  unconstrained: 'no graph constraint',
}

/** Files and recalls of annotated images. */
export const dataTables = (found: DataMeasured, params: Params): Table[] => [
  filesTable(found, params),
  recallTable(found),
  meanTable(found),
]

/** Recall of the frequency baseline and of the network as bars: one figure for each task. */
export function dataFigures(found: DataMeasured): Figure[] {
  return found.tasks.map((task) => ({
    id: `data-${task.task}`,
    title: `Annotated images, ${taskNames[task.task]}: trained network and frequency baseline`,
    caption: `Recall@K of relations, mean over ${found.images.test} test images. The frequency baseline depends on the classes of a pair only; the network is initialized with it and uses the boxes and the other objects as well. Dashed: ceiling for every predictor. Recall with and without the graph constraint is not comparable.`,
    panels: rules.map((rule) => panel(task, rule)),
  }))
}

const fromNames = { counts: 'frequency', network: 'network' } as const

/** Rows of the bars from below: the largest K first, with gaps. */
const names = [...dataAt]
  .reverse()
  .flatMap((k) => [`R@${k}: network`, `R@${k}: frequency`, ''])
  .slice(0, -1)

/** Half a bar's width, in rows. */
const HALF = 0.32

function panel(task: TaskMeasured, rule: (typeof rules)[number]): Panel {
  const bars = (['counts', 'network'] as const).flatMap((from) =>
    task[from][rule].recall.flatMap((value, i): Bar[] => {
      const place = names.indexOf(`R@${dataAt[i]}: ${fromNames[from]}`) + 1
      return value === null
        ? []
        : [{ value, tone: from === 'network' ? 'measured' : 'soft', place }]
    }),
  )
  return panelOf(
    {
      title: ruleNames[rule].replace(/^./, (letter) => letter.toUpperCase()),
      x: { label: 'recall', domain: [0, 1.04] },
      y: { label: '', domain: [0.4, names.length + 1.1], names },
    },
    [
      ...lyingBars(bars, HALF),
      labels('values', bars, atAxis, beside('ink', 7)),
      ...bound('ceiling', 'ceiling', task.counts[rule].ceiling, [names.length + 0.8, -5]),
    ],
  )
}

function filesTable(found: DataMeasured, { data = '', dataTest = 'beside it' }: Params): Table {
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

/** The recalls of a predictor for one task, with or without the graph constraint. */
interface Recalled {
  readonly task: TaskMeasured
  readonly rule: (typeof rules)[number]
  readonly from: 'counts' | 'network'
  readonly recalls: TaskMeasured['counts']['constrained']
}

const recalled = (found: DataMeasured): Recalled[] =>
  found.tasks.flatMap((task) =>
    rules.flatMap((rule) =>
      (['counts', 'network'] as const).map((from) => ({
        task,
        rule,
        from,
        recalls: task[from][rule],
      })),
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
  task: ['task', ({ task }) => taskNames[task.task]],
  rule: ['recall', ({ rule }) => ruleNames[rule]],
  from: ['predictor', ({ from }) => fromNames[from]],
}

/** The gain of the network: its mean or an end of its interval, in percent. */
const gain =
  (part: 0 | 1 | 2) =>
  ({ task, rule, from }: Recalled): number | null =>
    from === 'network' ? interval95(task.gain[rule], 100)[part] : null

const recallTable = (found: DataMeasured): Table =>
  tableOf('data-recall', 'Recall of relations on the annotated test images, %', recalled(found), {
    ...which,
    ...atEach('r', 'R', ({ recall }) => recall),
    ceiling: ['ceiling', ({ recalls }) => percent(recalls.ceiling), 4],
    gain: [`R@${gainAt}, minus the frequency baseline`, gain(0), 3],
    low: ['95 % from', gain(1), 3],
    high: ['to', gain(2), 3],
    steps: ['best step', ({ from, task }) => (from === 'network' ? task.steps : null)],
  })

const meanTable = (found: DataMeasured): Table =>
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
