import { NO_CLASS, NO_PREDICATE, type Vocabulary } from './annotated-scene.js'
import { distinctNames } from './distinct-names.js'
import { fieldsOf, smallJson, type Fields } from './fields.js'
import { SceneDataError } from './scene-data-error.js'
import { textPieces, type Pieces } from './text-pieces.js'

const part = 'VG-SGG-dicts.json'

/**
 * The names in `VG-SGG-dicts.json`: `idx_to_label` and `idx_to_predicate`, whose indices count from
 * 1.
 */
export async function readVg150Names(pieces: Pieces): Promise<Vocabulary> {
  const dicts = fieldsOf(await smallJson(textPieces(pieces), part), { part })
  return {
    classes: namesIn(dicts, 'idx_to_label', NO_CLASS),
    predicates: namesIn(dicts, 'idx_to_predicate', NO_PREDICATE),
  }
}

function namesIn(dicts: Fields, field: string, none: string): readonly string[] {
  const fields = dicts.object(field)
  const count = fields.names.length
  const names = Array.from({ length: count }, (_, i) => {
    const name = fields.value(String(i + 1))
    if (typeof name === 'string') return name
    throw new SceneDataError(
      { part },
      `${field}: expected names for 1 to ${count}, got none for ${i + 1}`,
    )
  })
  return distinctNames([none, ...names], { part }, (i) => `${field}.${i}`)
}
