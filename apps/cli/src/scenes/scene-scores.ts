import type { Table } from '@nonconvex/experiments'
import { type Json, counted } from '@nonconvex/optim/claims'
import {
  sceneMeter,
  type EvaluateMode,
  type Scene,
  type SceneEvaluation,
} from '@nonconvex/structured'
import { count } from '../text/numbers.js'
import { taskTitle, type MeasuredTask } from './tasks.js'

/** Recall with and without the constraint of one predicate a pair, measured scene by scene. */
export interface SceneScores {
  readonly add: (scene: Scene) => void
  readonly result: () => ScoredScenes
}

export interface ScoredScenes {
  readonly constrained: SceneEvaluation
  readonly unconstrained: SceneEvaluation
}

export function sceneScores(options: {
  readonly predicates: number
  readonly inclusive: boolean
  readonly mode?: EvaluateMode
  readonly seen?: (subject: number, predicate: number, object: number) => boolean
}): SceneScores {
  const constrained = sceneMeter({ ...options, constrained: true })
  const unconstrained = sceneMeter({ ...options, constrained: false })
  return {
    add: (scene) => {
      constrained.add(scene)
      unconstrained.add(scene)
    },
    result: () => ({ constrained: constrained.result(), unconstrained: unconstrained.result() }),
  }
}

/** The same for a document. */
export const scoresJson = ({ constrained, unconstrained }: ScoredScenes): Json =>
  JSON.parse(JSON.stringify({ constrained, unconstrained })) as Json

/** Recalls of one predictor, with its name where there are several. */
export interface NamedScores {
  readonly name?: string
  readonly scores: ScoredScenes
}

/** The same for people, in percent; of several predictors below each other, on the same images. */
export function scoresTable(
  all: readonly NamedScores[],
  { tasks, on }: { readonly tasks: Iterable<MeasuredTask>; readonly on?: string },
): Table {
  const percent = (x: number | null): number | null => (x === null ? null : 100 * x)
  const rows = (words: string, which: 'recall' | 'meanRecall' | 'zeroShot') =>
    (['constrained', 'unconstrained'] as const).flatMap((rule) =>
      all.map(({ name, scores }): (string | number | null)[] => {
        const { at, ceiling } = scores[rule]
        const how = rule === 'constrained' ? 'one predicate a pair' : 'all predicates'
        return [
          `${words}, ${how}${name === undefined ? '' : `: ${name}`}`,
          ...at.map((each) => percent(each[which])),
          which === 'recall' ? percent(ceiling) : null,
        ]
      }),
    )
  const [{ scores }] = all
  const { at, images } = scores.constrained
  return {
    id: 'recall',
    title: `Recall, ${taskTitle(tasks)}, on ${on ?? `${counted(images, 'image')} with relations`}, %`,
    columns: [
      { name: 'measure', title: '' },
      ...at.map(({ k }) => ({ name: `at${k}`, title: `@${k}`, digits: 4 })),
      { name: 'ceiling', title: 'ceiling', digits: 4 },
    ],
    rows: [
      ...rows('recall', 'recall'),
      ...rows('mean over predicates', 'meanRecall'),
      ...(at.some(({ zeroShot }) => zeroShot !== null) ? rows('zero-shot', 'zeroShot') : []),
    ],
  }
}

const taskNotes: { readonly [task: string]: string } = {
  predcls: 'PredCls: the classes of the boxes are given.',
  sgcls: "SGCls: the classes are found, too, from a detector's scores; the boxes are given.",
}

/** How a table of recalls is to be read, for whoever sees it alone. */
export function recallNotes(
  all: readonly NamedScores[],
  { tasks, inclusive }: { readonly tasks: readonly MeasuredTask[]; readonly inclusive: boolean },
): readonly string[] {
  const [{ scores }] = all
  const unseen = scores.constrained.at.some(({ zeroShot }) => zeroShot !== null)
  return [
    [
      "Recall @K: the share of an image's relations among the K likeliest of all that are predicted, averaged over the images that have relations.",
      'One predicate a pair: each ordered pair of boxes names its likeliest predicate alone; numbers with one and with all predicates are never compared.',
      'Ceiling: recall of a prediction that has the boxes of the truth, every pair naming one of its predicates; boxes beside them that overlap by half can find a little more.',
      'Mean over predicates: every predicate counts the same, and one that never occurs counts 0.',
      ...(unseen
        ? [
            'Zero-shot: relations alone whose class, predicate and class never meet in the training scenes.',
          ]
        : []),
    ].join(' '),
    [
      ...tasks.map((task) => taskNotes[task] ?? ''),
      `Boxes must overlap by half; their last pixel ${inclusive ? 'counts' : 'does not count'}.`,
    ].join(' '),
  ]
}
