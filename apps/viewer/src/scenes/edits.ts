/** An object of a scene that was moved; objects are counted from 1, in their original order. */
interface Moved {
  readonly object: number
  /** upper left corner of its box */
  readonly x: number
  readonly y: number
}

/** What was changed in a scene. Plain data: it is sent to a worker. */
export interface Edits {
  /** the scene that was changed; others are as they were made */
  readonly scene: number
  readonly moved: readonly Moved[]
  readonly deleted: readonly number[]
}

/** The text for no change. */
export const NO_EDITS = 'none'

export const editsForm = `${NO_EDITS}, or a scene with its moved (object,x,y) and deleted objects: 2:3,120,80;5`

const none: Edits = { scene: 0, moved: [], deleted: [] }

/**
 * Parses the changes of an address: 'none', or '2:3,120,80;5', which moves object 3 of scene 2 and deletes
 * its object 5.
 *
 * @throws RangeError with what is expected and what was got
 */
export function parseEdits(text: string): Edits {
  if (text.trim() === NO_EDITS) return none
  const [, scene, rest] = /^\s*(\d{1,3}):(.+)$/.exec(text) ?? []
  const items = (rest ?? '').split(';').map((item) => item.split(',').map(readNumber))
  const wrong = items.some((item) => ![1, 3].includes(item.length) || item.some(Number.isNaN))
  const objects = items.map(([object = NaN]) => object)
  const repeated = new Set(objects).size < objects.length
  if (scene === undefined || wrong || repeated || objects.some((i) => i < 1 || i > MOST_OBJECTS))
    throw new RangeError(`expected ${editsForm}, got "${text.slice(0, 60)}"`)
  return {
    scene: Number(scene),
    moved: items.flatMap(([object = 0, x, y]) =>
      x === undefined || y === undefined ? [] : [{ object, x, y }],
    ),
    deleted: items.flatMap(([object = 0, x]) => (x === undefined ? [object] : [])),
  }
}

export function formatEdits({ scene, moved, deleted }: Edits): string {
  const items = [...moved.map(({ object, x, y }) => `${object},${x},${y}`), ...deleted.map(String)]
  return items.length === 0 ? NO_EDITS : `${scene}:${items.join(';')}`
}

/** The changes of this scene. */
export function editsOf(text: string, scene: number): Edits {
  const edits = parseEdits(text)
  return edits.scene === scene ? edits : { ...none, scene }
}

/** With this object at another place. */
export function withMoved(edits: Edits, object: number, x: number, y: number): Edits {
  const others = edits.moved.filter((each) => each.object !== object)
  return { ...edits, moved: [...others, { object, x: Math.round(x), y: Math.round(y) }] }
}

/** Without this object. */
export function withDeleted(edits: Edits, object: number): Edits {
  const moved = edits.moved.filter((each) => each.object !== object)
  return { ...edits, moved, deleted: [...edits.deleted, object] }
}

/** A scene has no more objects. */
const MOST_OBJECTS = 12

const readNumber = (text: string): number => (/^\s*\d{1,3}\s*$/.test(text) ? Number(text) : NaN)
