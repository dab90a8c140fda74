import { NO_CLASS, NO_PREDICATE, type Vocabulary } from './annotated-scene.js'
import { fieldsOf, smallJson, type Fields } from './fields.js'
import { SceneDataError } from './scene-data-error.js'
import { textPieces, type Pieces } from './text-pieces.js'

const part = 'VG-SGG-dicts.json'

/** The names in `VG-SGG-dicts.json`: `idx_to_label` and `idx_to_predicate`, whose indices count from 1. */
export async function readVg150Names(pieces: Pieces): Promise<Vocabulary> {
  const dicts = fieldsOf(await smallJson(textPieces(pieces), part), { part })
  return {
    classes: [NO_CLASS, ...namesIn(dicts.object('idx_to_label'), 'idx_to_label')],
    predicates: [NO_PREDICATE, ...namesIn(dicts.object('idx_to_predicate'), 'idx_to_predicate')],
  }
}

function namesIn(fields: Fields, field: string): string[] {
  const count = fields.names.length
  return Array.from({ length: count }, (_, i) => {
    const name = fields.value(String(i + 1))
    if (typeof name === 'string') return name
    throw new SceneDataError(
      { part },
      `${field}: expected names for 1 to ${count}, got none for ${i + 1}`,
    )
  })
}
