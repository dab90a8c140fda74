import type { MeasuredTask } from './tasks.js'
import type { SceneTruth } from '@nonconvex/structured/recall'
import { SceneDataError, type AnnotatedScene } from '@nonconvex/structured/load'
import { badInput } from '../exit.js'
import { printTables, type TableFormat } from '../terminal/print-tables.js'
import type { Terminal } from '../terminal/terminal.js'
import { formatNumber } from '../text/numbers.js'
import { counted } from '@nonconvex/optim/claims'
import { scoresJson, scoresTable, type ScoredScenes } from './scene-scores.js'

/** What of a scene is true. */
export function truthOf({ id, boxes, classes, relations }: AnnotatedScene): SceneTruth {
  if (classes === undefined || relations === undefined)
    throw new SceneDataError(
      { image: id },
      `expected annotated ${classes === undefined ? 'classes' : 'relations'}, got none; training and evaluation need both`,
    )
  return { boxes, classes, relations }
}

/**
 * Relations of a box without area: it overlaps with no box, not even itself, unless the last pixel
 * counts.
 */
export const withoutArea = ({ boxes, relations }: SceneTruth): number => {
  const empty = ([x1, y1, x2, y2]: SceneTruth['boxes'][number]): boolean => !(x2 > x1 && y2 > y1)
  return relations.filter(([s, o]) => empty(boxes[s]) || empty(boxes[o])).length
}

/** The remark on a model evaluated on its training images. */
export const trainedOnThem =
  'The model was trained on these images: the recall does not estimate that on new images.'

/** How an evaluation was made. */
export interface ScoresFacts {
  readonly file: string
  readonly json: boolean
  readonly tables: TableFormat
  readonly inclusive: boolean
  /** images read, with or without relations */
  readonly images: number
  readonly dropped: ReadonlyMap<string, number>
  /**
   * which were asked of the images: one, unless they are fit for different ones; none where it is
   * not known
   */
  readonly tasks: readonly MeasuredTask[]
  /** whether the model was made from images of this very part of this very file */
  readonly trainedOn?: boolean
  /** images of the data for which there is no prediction */
  readonly missing?: number
  /** relations that nothing can hit, as a box of theirs has no area */
  readonly areaLess?: number
  /** which triplets count as never seen, in words */
  readonly unseen?: string
}

/** Prints recalls as a table, or as one document. */
export function printScores(terminal: Terminal, scores: ScoredScenes, facts: ScoresFacts): void {
  const {
    file,
    json,
    inclusive,
    images,
    dropped,
    tasks,
    trainedOn,
    missing,
    unseen,
    areaLess = 0,
  } = facts
  if (scores.constrained.images === 0)
    throw badInput(
      'relations-missing',
      `${file}: expected images with relations, got none of ${images}; give annotated scenes`,
    )
  terminal.redraw('')
  if (json)
    terminal.json(
      JSON.stringify(
        {
          schema: 'nonconvex/evaluation@1',
          kind: 'scenes',
          images,
          inclusive,
          ...(tasks.length > 0 && { task: tasks.join(', ') }),
          ...(trainedOn !== undefined && { trainedOn }),
          ...(missing !== undefined && { missing }),
          ...(areaLess > 0 && { withoutArea: areaLess }),
          dropped: Object.fromEntries(dropped),
          scores: scoresJson(scores),
        },
        null,
        2,
      ),
    )
  else {
    printTables([scoresTable([{ scores }], { tasks })], terminal, facts.tables)
  }
  if (!json && facts.tables === 'table') {
    terminal.print()
    terminal.paragraph(
      `${tasks.length === 0 ? '' : `${tasks.join(', ')}; `}box corners ${inclusive ? 'include' : 'exclude'} the last pixel; recall with and without graph constraint is not comparable`,
      '  ',
    )
    const some = scores.constrained.at.some(({ zeroShot }) => zeroShot !== null)
    if (unseen !== undefined && some) terminal.paragraph(unseen, '  ')
    if (trainedOn === true) terminal.paragraph(trainedOnThem, '  ')
  }
  if (missing !== undefined && missing > 0)
    terminal.warn({
      code: 'predictions-missing',
      text: `${counted(missing, 'image')} without a prediction ${missing === 1 ? 'has' : 'have'} recall 0`,
    })
  if (areaLess > 0)
    terminal.warn({
      code: 'boxes-flat',
      text: `${counted(areaLess, 'relation')} with a zero-area box, which nothing overlaps, ${areaLess === 1 ? 'counts' : 'count'} as missed; --inclusive includes the last pixel`,
    })
  for (const [what, times] of dropped)
    terminal.warn({ code: 'dropped', text: `dropped: ${what}, ${formatNumber(times)}` })
}
