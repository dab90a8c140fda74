import type { Figure, Panel } from '../../figure/figure.js'
import { lyingBars } from '../bars.js'
import { nameMark } from '../../figure/name-mark.js'
import { dataAt, ruleNames, rules, taskNames } from './data-names.js'
import type { DataMeasured, TaskMeasured } from './measure-data.js'

/** Recall of the counts and of the network as bars: one figure for each task. */
export function dataFigures(found: DataMeasured | undefined): Figure[] {
  return (found?.tasks ?? []).map((task) => ({
    id: `data-${task.task}`,
    title: `Annotated images, ${taskNames[task.task]}: a trained network beside the counts`,
    caption: `Share of the true relations among the K best candidates of an image, a mean over ${found?.images.test ?? 0} test images. The counts know the classes of a pair; the network starts from them and sees the boxes and the other objects, too. Dashed: what no predictor can exceed. Numbers with one predicate a pair and with all are not to be compared.`,
    panels: rules.map((rule) => panel(task, rule)),
  }))
}

/**
 * Places of the bars from below: for the largest K first, the network under the counts, a gap
 * between.
 */
const places = [...dataAt].reverse().flatMap((k) => [`R@${k}: network`, `R@${k}: counts`, ''])
const names = places.slice(0, -1)

/** Half a bar's width, in places. */
const HALF = 0.32

function panel(task: TaskMeasured, rule: (typeof rules)[number]): Panel {
  const bars = (['counts', 'network'] as const).flatMap((from) =>
    task[from][rule].recall.flatMap((value, i) =>
      value === null
        ? []
        : [
            {
              value,
              tone: from === 'network' ? ('measured' as const) : ('soft' as const),
              place: names.indexOf(`R@${dataAt[i]}: ${from}`) + 1,
            },
          ],
    ),
  )
  const drawn = lyingBars(bars, HALF)
  const { ceiling } = task.counts[rule]
  const top = ceiling === null ? [] : [ceiling]
  return {
    title: ruleNames[rule].replace(/^./, (letter) => letter.toUpperCase()),
    x: { label: 'share of true relations', domain: [0, 1.04] },
    y: { label: '', domain: [0.4, names.length + 1.1], names },
    frames: {
      ...drawn.frames,
      values: drawn.values,
      ceiling: { x: top },
      ceilingName: { x: top, y: top.map(() => names.length + 0.8), text: top.map(() => 'ceiling') },
    },
    marks: [
      ...drawn.marks,
      { mark: 'rule-x', frame: 'ceiling', x: 'x', tone: 'bound', dash: true, width: 1.5 },
      nameMark('values', { tone: 'ink', anchor: 'start', dx: 7 }),
      nameMark('ceilingName', { tone: 'bound', anchor: 'end', dx: -5 }),
    ],
  }
}
