import { Mark } from '../view/mark.js'
import { shownScene, type PermutedScene, type ShownRelation } from './permuted-scene.js'
import type { Predictions } from './messages.js'
import { modelName } from './model-names.js'
import type { LabelSource } from './params.js'

interface Props {
  readonly scene: PermutedScene
  readonly labels: LabelSource
  readonly predictions: Predictions | undefined
}

const status = { correct: 'holds', unannotated: 'inapplicable', wrong: 'violated' } as const

/** The relations of the picture in words. */
export function RelationsList({ scene, labels, predictions }: Props) {
  const { objects, relations } = shownScene(scene, labels, predictions)
  const counted = predictions !== undefined && labels !== 'true'
  if (relations.length === 0) return null
  const words = ({ subject, object, name, is }: ShownRelation): string =>
    `${objects[subject].name} ${name} ${objects[object].name}${counted && is === 'unannotated' ? ' (true, not annotated)' : ''}`
  return (
    <div class="relations">
      <h2>Relations: {counted ? `most probable, ${asNetwork(labels)}` : 'as annotated'}</h2>
      <ul>
        {relations.map((relation) => (
          <li key={`${relation.subject} ${relation.object} ${relation.name}`}>
            {counted && <Mark status={status[relation.is]} word={relation.is} />}
            <span>{words(relation)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

const asNetwork = (labels: LabelSource): string =>
  labels === 'alone' ? 'per-pair network' : modelName[labels]
