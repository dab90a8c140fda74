import { Mark } from '../view/mark.js'
import { shownScene, type Listed, type ShownRelation } from './listed.js'
import type { Answers } from './messages.js'
import { modelName } from './model-names.js'
import type { Whose } from './scenes.js'

interface Props {
  readonly scene: Listed
  readonly labels: Whose
  readonly answers: Answers | undefined
}

const status = { right: 'holds', 'left out': 'inapplicable', wrong: 'violated' } as const

/** The relations of the picture in words. */
export function RelationsList({ scene, labels, answers }: Props) {
  const { objects, relations } = shownScene(scene, labels, answers)
  const counted = answers !== undefined && labels !== 'true'
  if (relations.length === 0) return null
  const words = ({ subject, object, name, is }: ShownRelation): string =>
    `${objects[subject].name} ${name} ${objects[object].name}${counted && is === 'left out' ? ' (true, not annotated)' : ''}`
  return (
    <div class="relations">
      <h2>
        Relations:{' '}
        {counted ? `the likeliest, by the ${asNetwork(labels)}` : 'as annotators wrote them down'}
      </h2>
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

const asNetwork = (labels: Whose): string =>
  labels === 'alone' ? 'network that sees each pair alone' : modelName[labels]
