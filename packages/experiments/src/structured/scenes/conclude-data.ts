import { aboveCountsClaim, decideAboveCounts } from '@nonconvex/structured'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../../gaussian/partial.js'
import { interval95 } from '@nonconvex/optim/statistics'
import { dataFigures } from './data-figures.js'
import { dataAt, ruleNames, rules, taskNames } from './data-names.js'
import { gainAt, type DataMeasured, type FileFacts } from './measure-data.js'
import type { ScenesRow } from './measure.js'
import type { ScenesParams } from './params.js'

/** What there is to say of real images. */
export function concludeData(rows: readonly ScenesRow[], params: ScenesParams): Conclusion {
  const found = rows.find(({ key }) => key === 'data')?.measured as DataMeasured | undefined
  const gains = (found?.tasks ?? []).flatMap(({ gain }) => rules.map((rule) => gain[rule]))
  return {
    verdicts: [
      soFar(aboveCountsClaim, { done: found ? 1 : 0, total: 1 }, () =>
        decideAboveCounts(gains, found?.images.test ?? 0, found?.passes ?? 0),
      ),
    ],
    tables: [filesTable(found, params), recallTable(found), meanTable(found)],
    figures: dataFigures(found),
  }
}

function filesTable(found: DataMeasured | undefined, { data, dataTest }: ScenesParams): Table {
  const row = (use: string, path: string, file: FileFacts): (string | number)[] => [
    use,
    path,
    file.format,
    file.images,
    file.sha256,
  ]
  const { train, test } = found?.files ?? {}
  return {
    id: 'data-files',
    title: found
      ? `Annotated images: ${found.images.train} to learn from, ${found.images.test} with relations for tests${test ? '' : ', a tenth drawn from the seed'}`
      : 'Annotated images',
    columns: [
      { name: 'use', title: 'for' },
      { name: 'path', title: 'file' },
      { name: 'format', title: 'format' },
      { name: 'images', title: 'images' },
      { name: 'sha256', title: 'SHA-256' },
    ],
    rows: [
      ...(train ? [row(test ? 'learning' : 'learning and tests', data ?? '', train)] : []),
      ...(test ? [row('tests', dataTest ?? 'beside it', test)] : []),
    ],
  }
}

const percent = (x: number | null): number | null => (x === null ? null : 100 * x)

function recallTable(found: DataMeasured | undefined): Table {
  return {
    id: 'data-recall',
    title: 'Recall of relations on the annotated test images, %',
    columns: [
      ...columnsOf('r', 'R'),
      { name: 'ceiling', title: 'ceiling', digits: 4 },
      { name: 'gain', title: `R@${gainAt}, over the counts`, digits: 3 },
      { name: 'low', title: '95 % from', digits: 3 },
      { name: 'high', title: 'to', digits: 3 },
      { name: 'steps', title: 'steps until best' },
    ],
    rows: each(found, ({ task, rule, from, recalls }) => {
      return [
        ...recalls.recall.map(percent),
        percent(recalls.ceiling),
        ...(from === 'network'
          ? [...interval95(task.gain[rule], 100), task.steps]
          : [null, null, null, null]),
      ]
    }),
  }
}

function meanTable(found: DataMeasured | undefined): Table {
  return {
    id: 'data-mean-recall',
    title: 'Recall as a mean over predicates (mR), and of triplets that training never had (zR), %',
    columns: [
      ...columnsOf('mr', 'mR'),
      ...dataAt.map((k) => ({ name: `zr${k}`, title: `zR@${k}`, digits: 4 })),
    ],
    rows: each(found, ({ recalls }) => [
      ...recalls.meanRecall.map(percent),
      ...recalls.zeroShot.map(percent),
    ]),
  }
}

const columnsOf = (name: string, title: string): Table['columns'] => [
  { name: 'task', title: 'task' },
  { name: 'rule', title: 'candidates' },
  { name: 'from', title: 'from' },
  ...dataAt.map((k) => ({ name: `${name}${k}`, title: `${title}@${k}`, digits: 4 })),
]

type Task = DataMeasured['tasks'][number]

/** A row for each task, rule and predictor. */
function each(
  found: DataMeasured | undefined,
  cells: (of: {
    readonly task: Task
    readonly rule: (typeof rules)[number]
    readonly from: 'counts' | 'network'
    readonly recalls: Task['counts']['constrained']
  }) => readonly (number | null)[],
): Table['rows'] {
  return (found?.tasks ?? []).flatMap((task) =>
    rules.flatMap((rule) =>
      (['counts', 'network'] as const).map((from) => [
        taskNames[task.task],
        ruleNames[rule],
        from,
        ...cells({ task, rule, from, recalls: task[from][rule] }),
      ]),
    ),
  )
}
