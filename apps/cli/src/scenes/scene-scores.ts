import type { Table } from '@nonconvex/experiments'
import { type Json, counted } from '@nonconvex/optim/claims'
import {
  sceneMeter,
  type EvaluateMode,
  type Scene,
  type SceneEvaluation,
} from '@nonconvex/structured'
import { taskTitle } from './scene-flags.js'

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
  { tasks, on }: { readonly tasks: Iterable<string>; readonly on?: string },
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
