import { SceneDataError } from './scene-data-error.js'

/** How far two files may be apart before they count as unordered. */
const FARTHEST = 10_000

/**
 * Joins the entries of two files with about the same order by id, in pairs or alone. Memory: the
 * entries by which one file is ahead of the other.
 */
export async function* joinById<L, R>(
  left: AsyncIterator<L>,
  right: AsyncIterator<R>,
  idOf: (item: L | R) => string | number,
): AsyncGenerator<readonly [L, R | undefined] | readonly [undefined, R]> {
  const [lefts, rights] = [new Map<string | number, L>(), new Map<string | number, R>()]
  let [leftDone, rightDone] = [false, false]
  while (!leftDone || !rightDone) {
    const [l, r] = [await left.next(), await right.next()]
    leftDone = l.done === true
    rightDone = r.done === true
    if (l.done !== true) lefts.set(idOf(l.value), l.value)
    if (r.done !== true) rights.set(idOf(r.value), r.value)
    for (const id of new Set([
      ...(l.done === true ? [] : [idOf(l.value)]),
      ...(r.done === true ? [] : [idOf(r.value)]),
    ])) {
      const [a, b] = [lefts.get(id), rights.get(id)]
      if (a === undefined || b === undefined) continue
      lefts.delete(id)
      rights.delete(id)
      yield [a, b]
    }
    // where one file has ended, what the other is ahead by has no partner
    if (rightDone)
      for (const [id, a] of lefts) {
        if (rights.has(id)) continue
        lefts.delete(id)
        yield [a, undefined]
      }
    if (leftDone)
      for (const [id, b] of rights) {
        if (lefts.has(id)) continue
        rights.delete(id)
        yield [undefined, b]
      }
    if (lefts.size > FARTHEST || rights.size > FARTHEST)
      throw new SceneDataError(
        {},
        `expected both files to list the images in about the same order, got ${FARTHEST} images in one file that are still missing in the other`,
      )
  }
}
