/**
 * The known name that is closest to `name`, or undefined if none is close.
 *
 * A name that contains `name` or is contained in it is close, then one within an edit distance
 * (insert, delete, replace, swap of neighbors) of a third of its length, at least 1. Case is
 * ignored.
 *
 * Cost: O(known · length²).
 *
 * @example
 * import { nearest } from '@nonconvex/experiments'
 * console.log(nearest('overlpa', ['overlap', 'updates'])) // → overlap
 * console.log(nearest('xyz', ['overlap'])) // → undefined
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase().slice(0, 100)
  let best: string | undefined
  let least = Infinity
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance < least) {
      least = distance
      best = candidate
    }
  }
  if (least <= Math.max(1, Math.floor(wanted.length / 3))) return best
  return known.find((candidate) => contains(candidate.toLowerCase(), wanted))
}

/** "; did you mean k?" or "", to end a message with. */
export function didYouMean(name: string, known: readonly string[]): string {
  const match = nearest(name, known)
  return match === undefined ? '' : `; did you mean ${match}?`
}

/** whether one of the two holds the other, with at least three letters in common */
function contains(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a))
}

/** Optimal string alignment distance: each neighbor swap counts once. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(replace, last[j] + 1, row[j - 1] + 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    before = last
    last = row
  }
  return last[b.length]
}
