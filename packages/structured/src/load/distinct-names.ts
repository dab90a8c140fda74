import { SceneDataError, shown, type ScenePlace } from './scene-data-error.js'

/**
 * Throws for a duplicate name, as its number would be ambiguous.
 *
 * @param fieldOf - the field name of an entry of the list, for messages
 * @returns the names
 * @throws SceneDataError `classes[2]: expected each name once, got "dog" again; …`
 */
export function distinctNames(
  names: readonly string[],
  place: ScenePlace,
  fieldOf: (i: number) => string,
): readonly string[] {
  const seen = new Set<string>()
  names.forEach((name, i) => {
    if (seen.has(name))
      throw new SceneDataError(
        place,
        `${fieldOf(i)}: expected each name once, got ${shown(name)} again; rename it, or merge the two`,
      )
    seen.add(name)
  })
  return names
}
