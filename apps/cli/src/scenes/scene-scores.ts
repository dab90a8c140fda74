import type { Table } from '@nonconvex/experiments'
import { type Json, counted } from '@nonconvex/optim/claims'
import {
  sceneMeter,
  type EvaluateMode,
  type Scene,
  type SceneEvaluation,
} from '@nonconvex/structured/recall'
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

/** Recalls in percent as a table; several predictors are compared row by row, on the same images. */
export function scoresTable(
  all: readonly NamedScores[],
  { tasks, on }: { readonly tasks: Iterable<MeasuredTask>; readonly on?: string },
): Table {
  const percent = (x: number | null): number | null => (x === null ? null : 100 * x)
  const rows = (words: string, which: 'recall' | 'meanRecall' | 'zeroShot') =>
    (['constrained', 'unconstrained'] as const).flatMap((rule) =>
      all.map(({ name, scores }): (string | number | null)[] => {
        const { at, ceiling } = scores[rule]
        const how = rule === 'constrained' ? 'graph constraint' : 'no graph constraint'
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
      ...rows('mean recall', 'meanRecall'),
      ...(at.some(({ zeroShot }) => zeroShot !== null) ? rows('zero-shot', 'zeroShot') : []),
    ],
  }
}

const taskNotes: { readonly [task: string]: string } = {
  predcls: 'PredCls: boxes and their classes are given.',
  sgcls: 'SGCls: boxes are given; classes are predicted from detector scores.',
}

/** Explanations of a recall table. */
export function recallNotes(
  all: readonly NamedScores[],
  { tasks, inclusive }: { readonly tasks: readonly MeasuredTask[]; readonly inclusive: boolean },
): readonly string[] {
  const [{ scores }] = all
  const unseen = scores.constrained.at.some(({ zeroShot }) => zeroShot !== null)
  return [
    [
      "Recall@K: the fraction of an image's relations among its K highest-scoring predicted triplets, averaged over the images with relations.",
      'Graph constraint: one predicate per ordered pair, its highest-scoring one; recall with and without graph constraint is not comparable.',
      'Ceiling: recall of the annotated boxes with one of the annotated predicates per pair; other boxes with IoU ≥ 0.5 can reach slightly more.',
      'Mean recall: average over predicates; a predicate that never occurs has recall 0.',
      ...(unseen
        ? [
            'Zero-shot: only triplets (class, predicate, class) that are not in the training scenes.',
          ]
        : []),
    ].join(' '),
    [
      ...tasks.map((task) => taskNotes[task] ?? ''),
      `A box matches at IoU ≥ 0.5; corners ${inclusive ? 'include' : 'exclude'} the last pixel.`,
    ].join(' '),
  ]
}
