import type { SceneTruth } from '@nonconvex/structured/recall'
import { SceneDataError, type AnnotatedScene } from '@nonconvex/structured/load'
import { badInput, type Note } from '../exit.js'
import { measuredTasks, type MeasuredTask } from './tasks.js'
import { isOwnBox } from './task-prediction.js'

/**
 * The tasks that predictions can be evaluated for, by the task in the header of their file: given
 * classes allow no evaluation of classes; predicted ones are evaluated on annotated boxes (sgcls) or
 * others (sggen, phrdet).
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
      'task-unknown',
      `${file}: task: expected one of ${measuredTasks.join(', ')}, got ${JSON.stringify(stated)}`,
    )
  if (asked !== undefined && !fits[task].includes(asked))
    throw badInput(
      'task-unsupported',
      `${file}: the header names the task ${task}, not ${asked}; pass --task ${fits[task].join(' or ')}, or predict with --task ${asked === 'predcls' || asked === 'preddet' ? 'predcls' : 'sgcls'}`,
    )
  return task
}

/** In what predictions differ from the annotations. */
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
    'expected a prediction, got an annotation (relations without scores or relationScores); use the output of nonconvex predict, or remove relations',
  )
}

/**
 * Warnings about predictions that may have been given what their task predicts.
 *
 * @param stated - whether their file names its task
 */
export function predictionWarnings(
  task: MeasuredTask | undefined,
  stated: boolean,
  own: OwnParts,
): readonly Note[] {
  if (task !== 'sgcls' && task !== 'sggen' && task !== 'phrdet') return []
  const warnings: Note[] = []
  if (!stated && !own.classes())
    warnings.push({
      code: 'classes-given',
      text: `--task ${task}: all classes equal the annotations, without scores: if they were given, this is PredCls recall`,
    })
  if (task !== 'sgcls' && !own.boxes())
    warnings.push({
      code: 'boxes-given',
      text: `--task ${task}: all boxes equal the annotations: if they were given, this is SGCls or PredCls recall`,
    })
  return warnings
}
