import type { SceneTruth } from '@nonconvex/structured'
import { SceneDataError, type AnnotatedScene } from '@nonconvex/structured/load'
import { badInput } from '../exit.js'
import { measuredTasks, type MeasuredTask } from './tasks.js'
import { isOwnBox } from './task-prediction.js'

/**
 * What predictions may be measured for, by the task that their file states: where classes were
 * given nothing is said of them, and classes read off a detector are so on the boxes of the truth
 * (sgcls) or on others (sggen, phrdet).
 */
const fits: { readonly [stated in MeasuredTask]: readonly MeasuredTask[] } = {
  predcls: ['predcls', 'preddet'],
  preddet: ['preddet'],
  sgcls: ['sgcls', 'sggen', 'phrdet'],
  sggen: ['sggen', 'phrdet'],
  phrdet: ['phrdet', 'sggen'],
}

/**
 * The task that a file of predictions states in its header, if it does.
 *
 * @throws if it was not asked for, or is none
 */
export function statedTask(
  file: string,
  stated: string | undefined,
  asked: MeasuredTask | undefined,
): MeasuredTask | undefined {
  if (stated === undefined) return undefined
  const task = measuredTasks.find((each) => each === stated)
  if (task === undefined)
    throw badInput(
      `${file}: task: expected one of ${measuredTasks.join(', ')}, got ${JSON.stringify(stated)}`,
    )
  if (asked !== undefined && !fits[task].includes(asked))
    throw badInput(
      `${file}: these are predictions for ${task}, as its header says, not for ${asked}; say --task ${fits[task].join(' or ')}, or predict with --task ${asked === 'predcls' || asked === 'preddet' ? 'predcls' : 'sgcls'}`,
    )
  return task
}

/** What predictions have of their own: by this they are told from annotations. */
export interface OwnParts {
  readonly add: (scene: AnnotatedScene, truth: SceneTruth) => void
  /** some class is not that of the truth, or has a score */
  readonly classes: () => boolean
  /** some box is not that of the truth */
  readonly boxes: () => boolean
}

export function ownParts(): OwnParts {
  const own = { classes: false, boxes: false }
  return {
    add: (scene, truth) => {
      const { classes, scores, boxes } = scene
      own.classes ||=
        scores !== undefined ||
        classes === undefined ||
        classes.length !== truth.classes.length ||
        classes.some((c, i) => c !== truth.classes[i])
      own.boxes ||=
        boxes.length !== truth.boxes.length || boxes.some((box, i) => isOwnBox(box, truth.boxes[i]))
    },
    classes: () => own.classes,
    boxes: () => own.boxes,
  }
}

/** Throws for annotations in the place of predictions. */
export function refuseAnnotation({ id, relations, scores, relationScores }: AnnotatedScene): void {
  if (relations === undefined || scores !== undefined || relationScores !== undefined) return
  throw new SceneDataError(
    { image: id },
    'expected a prediction, got an annotation: relations, and neither scores nor relationScores; give what nonconvex predict writes of it, or leave relations out',
  )
}

/**
 * What is suspicious about predictions measured for a task.
 *
 * @param stated - whether their file says what they are for
 */
export function doubts(
  task: MeasuredTask | undefined,
  stated: boolean,
  own: OwnParts,
): readonly string[] {
  if (task !== 'sgcls' && task !== 'sggen' && task !== 'phrdet') return []
  return [
    ...(stated || own.classes()
      ? []
      : [
          `--task ${task}: every class is that of the annotations, and none has a score: if classes were given, this is the recall of predcls`,
        ]),
    ...(task === 'sgcls' || own.boxes()
      ? []
      : [
          `--task ${task}: every box is that of the annotations: if boxes were given, this is the recall of sgcls or predcls`,
        ]),
  ]
}
