import { distinctNames } from './distinct-names.js'
import { SceneDataError, shown, type ScenePlace } from './scene-data-error.js'

/**
 * Typed access to the fields of a JSON object; errors for missing fields or other types name the
 * field.
 */
export interface Fields {
  readonly place: ScenePlace
  /** a field's name with its path */
  readonly path: (name: string) => string
  readonly has: (name: string) => boolean
  readonly number: (name: string) => number
  readonly text: (name: string) => string
  /** an id: a number or a name */
  readonly id: (name: string) => string | number
  readonly object: (name: string) => Fields
  readonly objects: (name: string) => readonly Fields[]
  readonly value: (name: string) => unknown
  /** the names of the fields */
  readonly names: readonly string[]
}

export function fieldsOf(value: unknown, place: ScenePlace, path = ''): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SceneDataError(
      place,
      `${path === '' ? '' : `${path}: `}expected an object, got ${shown(value)}`,
    )
  const found = value as { readonly [name: string]: unknown }
  const full = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const own = (name: string): unknown => (Object.hasOwn(found, name) ? found[name] : undefined)
  const fail = (name: string, expected: string): never => {
    throw new SceneDataError(place, `${full(name)}: expected ${expected}, got ${shown(own(name))}`)
  }
  return {
    place,
    path: full,
    names: Object.keys(found),
    value: own,
    has: (name) => own(name) !== undefined && own(name) !== null,
    number: (name) => {
      const x = own(name)
      return typeof x === 'number' && Number.isFinite(x) ? x : fail(name, 'a finite number')
    },
    text: (name) => {
      const x = own(name)
      return typeof x === 'string' ? x : fail(name, 'a text')
    },
    id: (name) => {
      const x = own(name)
      return typeof x === 'string' || (typeof x === 'number' && Number.isFinite(x))
        ? x
        : fail(name, 'a number or a name')
    },
    object: (name) => fieldsOf(own(name), place, full(name)),
    objects: (name) => {
      const list = own(name)
      if (!Array.isArray(list)) return fail(name, 'a list')
      return list.map((each: unknown, i) => fieldsOf(each, place, `${full(name)}[${i}]`))
    },
  }
}

/** Parses a small JSON text: names, sizes. */
export async function smallJson(pieces: AsyncIterable<string>, part: string): Promise<unknown> {
  let text = ''
  for await (const piece of pieces) text += piece
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SceneDataError(
      { part },
      `expected JSON, got invalid JSON (${error instanceof Error ? error.message : ''})`,
    )
  }
}

/** Parses a list of names, after the name of the empty entry. */
export async function namesFrom(
  pieces: AsyncIterable<string>,
  part: string,
  none: string,
): Promise<readonly string[]> {
  const value = await smallJson(pieces, part)
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string'))
    return distinctNames([none, ...value], { part }, (i) => `entry ${i - 1}, counted from 0`)
  throw new SceneDataError({ part }, `expected a list of names, got ${shown(value)}`)
}
