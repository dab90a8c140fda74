import type { Table } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim'
import {
  sceneMeter,
  type EvaluateMode,
  type Scene,
  type SceneEvaluation,
} from '@nonconvex/structured'
import { formatNumber } from '../text/numbers.js'

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

/** The same for people, in percent. */
export function scoresTable({ constrained, unconstrained }: ScoredScenes): Table {
  const percent = (x: number | null): number | null => (x === null ? null : 100 * x)
  const row = (
    title: string,
    { at, ceiling }: SceneEvaluation,
    which: 'recall' | 'meanRecall' | 'zeroShot',
  ): (string | number | null)[] => [
    title,
    ...at.map((each) => percent(each[which])),
    which === 'recall' ? percent(ceiling) : null,
  ]
  const both = (
    title: string,
    which: 'recall' | 'meanRecall' | 'zeroShot',
  ): (string | number | null)[][] => [
    row(`${title}, one predicate a pair`, constrained, which),
    row(`${title}, all predicates`, unconstrained, which),
  ]
  return {
    id: 'recall',
    title: `Recall on ${formatNumber(constrained.images)} images with relations, %`,
    columns: [
      { name: 'measure', title: '' },
      ...constrained.at.map(({ k }) => ({ name: `at${k}`, title: `@${k}`, digits: 4 })),
      { name: 'ceiling', title: 'ceiling', digits: 4 },
    ],
    rows: [
      ...both('recall', 'recall'),
      ...both('mean over predicates', 'meanRecall'),
      ...(constrained.at.some(({ zeroShot }) => zeroShot !== null)
        ? both('zero-shot', 'zeroShot')
        : []),
    ],
  }
}
