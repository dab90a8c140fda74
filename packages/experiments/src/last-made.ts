/**
 * Caches the last value: cells of one data set follow each other.
 *
 * @returns a function that recomputes the value for another key
 */
export function lastMade<T>(): (key: readonly unknown[], make: () => T) => T {
  let last: { readonly key: string; readonly made: T } | undefined
  return (parts, make) => {
    const key = JSON.stringify(parts)
    if (last?.key !== key) last = { key, made: make() }
    return last.made
  }
}
